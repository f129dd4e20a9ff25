namespace Platform.Primitives;

/// <summary>One page of a list.</summary>
/// <param name="Items">The items, in the order asked for.</param>
/// <param name="NextCursor">Opaque; give it back to get the next page. Null on the last page.</param>
/// <typeparam name="T">What is listed.</typeparam>
public sealed record Page<T>(IReadOnlyList<T> Items, string? NextCursor)
{
    /// <summary>The same page with other items.</summary>
    public Page<TOther> Map<TOther>(Func<T, TOther> make) => new([.. Items.Select(make)], NextCursor);
}
