namespace Platform.Primitives;

/// <summary>Makes ids: UUIDv7 as 32 lower-case hex digits, so that they sort by time of making.</summary>
public static class Ids
{
    /// <summary>A new id.</summary>
    public static string New() => Guid.CreateVersion7().ToString("n");

    /// <summary>A new id that sorts at the given moment.</summary>
    public static string New(DateTimeOffset at) => Guid.CreateVersion7(at).ToString("n");

    /// <summary>True for what <see cref="New()"/> makes. Anything else from outside is refused before it reaches the store.</summary>
    public static bool IsValid(string? id) => id is { Length: 32 } && id.All(char.IsAsciiHexDigitLower);
}
