using System.Globalization;

namespace Platform.Storage.Mongo.Bson;

/// <summary>System.Decimal as IEEE 754 decimal128 in binary integer form, and back; the number of decimals is kept. Source: BSON's decimal128 specification.</summary>
internal static class BsonDecimal
{
    private const int Bias = 6176;

    public static (ulong Low, ulong High) Write(decimal value)
    {
        Span<int> bits = stackalloc int[4];
        decimal.GetBits(value, bits);
        var scale = (bits[3] >> 16) & 0xFF;
        var low = (uint)bits[0] | ((ulong)(uint)bits[1] << 32);
        var high = (uint)bits[2] | ((ulong)(Bias - scale) << 49) | (bits[3] < 0 ? 1UL << 63 : 0);
        return (low, high);
    }

    public static decimal Read(ulong low, ulong high)
    {
        var scale = Bias - (int)((high >> 49) & 0x3FFF);
        var top = high & 0x1_FFFF_FFFF_FFFF;
        if (((high >> 61) & 3) == 3 || scale is < 0 or > 28 || top > uint.MaxValue) { throw new InvalidDataException(string.Create(CultureInfo.InvariantCulture, $"a stored number is out of our range (decimal128 {high:x16}{low:x16})")); }
        return new decimal((int)(uint)low, (int)(uint)(low >> 32), (int)(uint)top, high >> 63 == 1, (byte)scale);
    }
}
