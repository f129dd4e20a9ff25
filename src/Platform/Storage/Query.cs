using System.Linq.Expressions;

namespace Platform.Storage;

/// <summary>
/// What to find. Filters are a checked subset of C#: <c>== != &lt; &lt;= &gt; &gt;= &amp;&amp; || !</c>, null checks, bool members,
/// nested members (<c>p.Schedule.ZoneId</c>), <c>text.StartsWith(x)</c>, <c>text.Contains(x)</c> (both ordinal, case-insensitive for ASCII is the
/// field's own business: store a normalised field), <c>values.Contains(p.X)</c> (one of), <c>p.List.Contains(x)</c>, <c>p.List.Any(e =&gt; …)</c>.
/// Anything else throws <see cref="NotSupportedException"/> at once.
/// </summary>
/// <typeparam name="T">The record.</typeparam>
public sealed record Query<T> where T : Document
{
    /// <summary>Which records; all where null.</summary>
    public Expression<Func<T, bool>>? Filter { get; init; }

    /// <summary>The order; by id where null. The id is always the last key, so that cursors are exact.</summary>
    public Sort<T>? Sort { get; init; }

    /// <summary>How many, 1 to 1,000.</summary>
    public int Limit { get; init; } = 50;

    /// <summary><see cref="Primitives.Page{T}.NextCursor"/> of the page before; <see cref="InvalidCursorException"/> where it is not one of this query.</summary>
    public string? Cursor { get; init; }
}

/// <summary>A cursor that this query did not make.</summary>
public sealed class InvalidCursorException : Exception
{
    /// <summary>With the standard text.</summary>
    public InvalidCursorException() : base("the cursor does not belong to this list") { }

    /// <summary>With a text.</summary>
    public InvalidCursorException(string message) : base(message) { }

    /// <summary>With a text and a cause.</summary>
    public InvalidCursorException(string message, Exception innerException) : base(message, innerException) { }
}

/// <summary>An order: one or more members, each up or down.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class Sort<T>
{
    private readonly List<(LambdaExpression Member, bool Descending)> _keys = [];

    /// <summary>The keys, first to last.</summary>
    public IReadOnlyList<(LambdaExpression Member, bool Descending)> Keys => _keys;

    /// <summary>Upwards by a member.</summary>
    public static Sort<T> By<TValue>(Expression<Func<T, TValue>> member) => new Sort<T>().ThenBy(member);

    /// <summary>Downwards by a member.</summary>
    public static Sort<T> ByDescending<TValue>(Expression<Func<T, TValue>> member) => new Sort<T>().ThenByDescending(member);

    /// <summary>Then upwards by a member.</summary>
    public Sort<T> ThenBy<TValue>(Expression<Func<T, TValue>> member) { _keys.Add((member, false)); return this; }

    /// <summary>Then downwards by a member.</summary>
    public Sort<T> ThenByDescending<TValue>(Expression<Func<T, TValue>> member) { _keys.Add((member, true)); return this; }
}
