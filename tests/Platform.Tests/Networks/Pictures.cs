using Platform.Networks;

namespace Platform.Tests.Networks;

/// <summary>Small real pictures.</summary>
internal static class Pictures
{
    // A PNG of one pixel.
    private static readonly byte[] Png = Convert.FromBase64String("iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAYAAAAfFcSJAAAADUlEQVR42mNk+M9QDwADhgGAWjR9awAAAABJRU5ErkJggg==");

    /// <summary>A picture with an alternative text.</summary>
    public static MediaFile One(string altText) => new()
    {
        Id = altText, ContentType = "image/png", Size = Png.Length, Width = 1, Height = 1, AltText = altText, OpenAsync = _ => Task.FromResult<Stream>(new MemoryStream(Png)),
    };
}
