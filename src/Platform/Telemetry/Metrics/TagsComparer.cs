namespace Platform.Telemetry.Metrics;

/// <summary>Compares the tags of a measurement, so that its series is found without a copy of them. The order counts: each place in the code that measures gives its tags in one order.</summary>
internal sealed class TagsComparer : IEqualityComparer<KeyValuePair<string, object?>[]>, IAlternateEqualityComparer<ReadOnlySpan<KeyValuePair<string, object?>>, KeyValuePair<string, object?>[]>
{
    public static readonly TagsComparer Instance = new();

    public bool Equals(KeyValuePair<string, object?>[]? one, KeyValuePair<string, object?>[]? other) => one is null ? other is null : other is not null && Equals(one.AsSpan(), other);

    public int GetHashCode(KeyValuePair<string, object?>[] tags) => GetHashCode(tags.AsSpan());

    public KeyValuePair<string, object?>[] Create(ReadOnlySpan<KeyValuePair<string, object?>> alternate) => alternate.ToArray();

    public bool Equals(ReadOnlySpan<KeyValuePair<string, object?>> alternate, KeyValuePair<string, object?>[] other)
    {
        if (alternate.Length != other.Length) { return false; }
        for (var at = 0; at < other.Length; at++)
        {
            if (alternate[at].Key != other[at].Key || !Equals(alternate[at].Value, other[at].Value)) { return false; }
        }
        return true;
    }

    // By the values alone: the keys are those of the instrument, hardly ever others.
    public int GetHashCode(ReadOnlySpan<KeyValuePair<string, object?>> alternate)
    {
        var hash = default(HashCode);
        foreach (var tag in alternate) { hash.Add(tag.Value); }
        return hash.ToHashCode();
    }
}
