using System.ComponentModel;

namespace Platform.Api;

/// <summary>The paging part of a list's query, taken as <c>[AsParameters] PageQuery page</c>; the answer is <c>{items, nextCursor}</c>.</summary>
/// <param name="Limit">How many; what is beyond 1 to 100 is put to the nearest.</param>
/// <param name="Cursor">The nextCursor of the page before.</param>
public sealed record PageQuery([property: Description("How many items, 1 to 100; 25 if not given.")] int? Limit, [property: Description("The nextCursor of the page before.")] string? Cursor)
{
    /// <summary>The limit within its bounds.</summary>
    public int Size => Math.Clamp(Limit ?? 25, 1, 100);
}
