using System.Linq.Expressions;

namespace Platform.Storage;

/// <summary>A length of time that dates are put into, in UTC.</summary>
public enum DateBucket
{
    /// <summary>Hours.</summary>
    Hour,

    /// <summary>Days.</summary>
    Day,

    /// <summary>Months.</summary>
    Month,
}

/// <summary>Counts, sums and averages by up to two keys (a member, or a member's date bucket).</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class GroupQuery<T> where T : Document
{
    private readonly List<(LambdaExpression Member, DateBucket? Bucket)> _keys = [];
    private readonly List<(string Name, string Function, LambdaExpression Member)> _values = [];

    /// <summary>Which records; all where null.</summary>
    public Expression<Func<T, bool>>? Filter { get; init; }

    /// <summary>The keys.</summary>
    public IReadOnlyList<(LambdaExpression Member, DateBucket? Bucket)> Keys => _keys;

    /// <summary>The aggregates besides the count: name, <c>sum</c>, <c>avg</c>, <c>min</c> or <c>max</c>, member.</summary>
    public IReadOnlyList<(string Name, string Function, LambdaExpression Member)> Values => _values;

    /// <summary>Groups by a member's value.</summary>
    public GroupQuery<T> By<TValue>(Expression<Func<T, TValue>> member) { _keys.Add((member, null)); return this; }

    /// <summary>Groups by a date's bucket.</summary>
    public GroupQuery<T> By(Expression<Func<T, DateTimeOffset>> member, DateBucket bucket) { _keys.Add((member, bucket)); return this; }

    /// <summary>Groups by a date's bucket; records without the date make the group with a null key.</summary>
    public GroupQuery<T> By(Expression<Func<T, DateTimeOffset?>> member, DateBucket bucket) { _keys.Add((member, bucket)); return this; }

    /// <summary>Sums a number; missing ones do not count.</summary>
    public GroupQuery<T> Sum<TValue>(string name, Expression<Func<T, TValue>> member) { _values.Add((name, "sum", member)); return this; }

    /// <summary>Averages a number; missing ones do not count.</summary>
    public GroupQuery<T> Average<TValue>(string name, Expression<Func<T, TValue>> member) { _values.Add((name, "avg", member)); return this; }

    /// <summary>The smallest number.</summary>
    public GroupQuery<T> Min<TValue>(string name, Expression<Func<T, TValue>> member) { _values.Add((name, "min", member)); return this; }

    /// <summary>The largest number.</summary>
    public GroupQuery<T> Max<TValue>(string name, Expression<Func<T, TValue>> member) { _values.Add((name, "max", member)); return this; }
}

/// <summary>One group.</summary>
/// <param name="Keys">The keys' values, in order: text for strings and enums, ISO 8601 (UTC, start of the bucket, as <c>2026-11-22T00:00:00Z</c>) for date buckets, null where the member is missing.</param>
/// <param name="Count">How many records.</param>
/// <param name="Values">The aggregates by name; null where no record had the number.</param>
public sealed record Group(IReadOnlyList<string?> Keys, long Count, IReadOnlyDictionary<string, double?> Values);
