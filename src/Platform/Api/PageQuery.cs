using System.ComponentModel;

namespace Platform.Api;

/// <summary>The paging part of a list's query, taken as <c>[AsParameters] PageQuery page</c>; the answer is <c>{items, nextCursor}</c>.</summary>
public sealed record PageQuery
{
    /// <summary>How many; what is beyond 1 to 100 is put to the nearest.</summary>
    [Description("How many items, 1 to 100; 25 if not given.")]
    public int? Limit { get; init; }

    /// <summary>The nextCursor of the page before.</summary>
    [Description("The nextCursor of the page before.")]
    public string? Cursor { get; init; }

    /// <summary>The limit within its bounds.</summary>
    public int Size => Math.Clamp(Limit ?? 25, 1, 100);
}
