using System.Buffers.Binary;

namespace Platform.Pictures;

/// <summary>
/// An ICC profile (ICC.1:2022) of three primaries and their curves, read for one purpose: to compute sRGB from its numbers. Everything else in it is passed over;
/// a profile of tables, of other colours than RGB, or with an error in it is none.
/// </summary>
internal sealed class ColourProfile
{
    private const int Head = 128, Most = 64, Steps = 4096;

    // XYZ at D50 → linear sRGB (Bradford).
    private static readonly double[] ToSrgb = [3.1338561, -1.6168667, -0.4906146, -0.9787684, 1.9161415, 0.0334540, 0.0719453, -0.2289914, 1.4052427];
    private static readonly byte[] Encoded = [.. Enumerable.Range(0, Steps + 1).Select(i => (byte)Math.Round(255 * Gamma(i / (double)Steps)))];

    private readonly double[] _matrix;
    private readonly float[][] _curves;

    private ColourProfile(double[] matrix, float[][] curves) => (_matrix, _curves) = (matrix, curves);

    /// <summary>Whether what it says is what sRGB says, but for what nobody sees.</summary>
    public bool IsSrgb => Samples().All(s => Near(s, ToRgb(s)));

    /// <summary>Reads one; null where it is none that can be computed.</summary>
    public static ColourProfile? Read(byte[]? bytes)
    {
        try { return bytes is { Length: > Head + 4 } && Is(bytes, 16, "RGB ") && Is(bytes, 20, "XYZ ") && Is(bytes, 36, "acsp") ? Parse(bytes) : null; }
        catch (Exception e) when (e is ArgumentException or OverflowException or IndexOutOfRangeException) { return null; }
    }

    /// <summary>A colour (0xRRGGBB) in sRGB.</summary>
    public int ToRgb(int colour)
    {
        var (r, g, b) = (_curves[0][(colour >> 16) & 255], _curves[1][(colour >> 8) & 255], _curves[2][colour & 255]);
        return (Byte((_matrix[0] * r) + (_matrix[1] * g) + (_matrix[2] * b)) << 16)
            | (Byte((_matrix[3] * r) + (_matrix[4] * g) + (_matrix[5] * b)) << 8)
            | Byte((_matrix[6] * r) + (_matrix[7] * g) + (_matrix[8] * b));
    }

    private static ColourProfile? Parse(byte[] bytes)
    {
        var tags = new Dictionary<string, ArraySegment<byte>>(StringComparer.Ordinal);
        var count = Math.Min(U32(bytes, Head), Most);
        for (var at = Head + 4; count-- > 0; at += 12) { tags.TryAdd(Text(bytes, at), new ArraySegment<byte>(bytes, (int)U32(bytes, at + 4), (int)U32(bytes, at + 8))); }
        string[] names = ["rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"];
        if (!names.All(tags.ContainsKey)) { return null; }
        var primaries = names[..3].Select(n => Primary(tags[n])).ToArray();
        var matrix = new double[9];
        for (var row = 0; row < 3; row++)
        {
            for (var column = 0; column < 3; column++) { matrix[(row * 3) + column] = Enumerable.Range(0, 3).Sum(k => ToSrgb[(row * 3) + k] * primaries[column][k]); }
        }
        return new ColourProfile(matrix, [.. names[3..].Select(n => Curve(tags[n]))]);
    }

    private static double[] Primary(ArraySegment<byte> tag) => Is(tag, 0, "XYZ ") ? [Fixed(tag, 8), Fixed(tag, 12), Fixed(tag, 16)] : throw new ArgumentException("no colour");

    private static float[] Curve(ArraySegment<byte> tag)
    {
        var at = Is(tag, 0, "curv") ? Points(tag) : Is(tag, 0, "para") ? Formula(tag) : throw new ArgumentException("no curve");
        return [.. Enumerable.Range(0, 256).Select(i => (float)Math.Clamp(at(i / 255.0), 0, 1))];
    }

    private static Func<double, double> Points(ArraySegment<byte> tag)
    {
        var count = (int)Math.Min(U32(tag, 8), 65_536);
        if (count == 0) { return x => x; }
        if (count == 1) { var gamma = U16(tag, 12) / 256.0; return x => Math.Pow(x, gamma); }
        var points = Enumerable.Range(0, count).Select(i => U16(tag, 12 + (2 * i)) / 65535.0).ToArray();
        return x =>
        {
            var at = x * (count - 1);
            var low = Math.Min((int)at, count - 2);
            return points[low] + ((points[low + 1] - points[low]) * (at - low));
        };
    }

    private static Func<double, double> Formula(ArraySegment<byte> tag)
    {
        var kind = U16(tag, 8);
        var p = Enumerable.Range(0, kind switch { 0 => 1, 1 => 3, 2 => 4, 3 => 5, 4 => 7, _ => throw new ArgumentException("no formula") }).Select(i => Fixed(tag, 12 + (4 * i))).ToArray();
        double Power(double x) => Math.Pow(Math.Max(0, (p[1] * x) + p[2]), p[0]);
        return kind switch
        {
            0 => x => Math.Pow(x, p[0]),
            1 => x => (p[1] * x) + p[2] >= 0 ? Power(x) : 0,
            2 => x => ((p[1] * x) + p[2] >= 0 ? Power(x) : 0) + p[3],
            3 => x => x >= p[4] ? Power(x) : p[3] * x,
            _ => x => x >= p[4] ? Power(x) + p[5] : (p[3] * x) + p[6],
        };
    }

    private static IEnumerable<int> Samples()
    {
        int[] steps = [0, 64, 128, 192, 255];
        return from r in steps from g in steps from b in steps select (r << 16) | (g << 8) | b;
    }

    private static bool Near(int one, int other) => Enumerable.Range(0, 3).All(i => Math.Abs(((one >> (8 * i)) & 255) - ((other >> (8 * i)) & 255)) <= 3);

    private static byte Byte(double linear) => Encoded[(int)(Math.Clamp(linear, 0, 1) * Steps)];

    private static double Gamma(double linear) => linear <= 0.0031308 ? 12.92 * linear : (1.055 * Math.Pow(linear, 1 / 2.4)) - 0.055;

    private static bool Is(ReadOnlySpan<byte> bytes, int at, string text) => Text(bytes, at) == text;

    private static string Text(ReadOnlySpan<byte> bytes, int at) => System.Text.Encoding.Latin1.GetString(bytes.Slice(at, 4));

    private static uint U32(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt32BigEndian(bytes[at..]);

    private static int U16(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadUInt16BigEndian(bytes[at..]);

    private static double Fixed(ReadOnlySpan<byte> bytes, int at) => BinaryPrimitives.ReadInt32BigEndian(bytes[at..]) / 65536.0;
}
