using System.Linq.Expressions;

namespace Platform.Storage;

/// <summary>What an <see cref="Update{T}"/> does to a member.</summary>
public enum UpdateKind
{
    /// <summary>Gives it a value (null included).</summary>
    Set,

    /// <summary>Adds to a number.</summary>
    Increment,

    /// <summary>Appends to a list.</summary>
    Push,

    /// <summary>Removes equal elements from a list of strings, numbers or enums.</summary>
    Pull,
}

/// <summary>One change.</summary>
/// <param name="Kind">What to do.</param>
/// <param name="Member">To which member.</param>
/// <param name="Value">With what.</param>
public sealed record Change(UpdateKind Kind, LambdaExpression Member, object? Value);

/// <summary>Changes that the engine applies atomically to a record; the version grows by one by itself.</summary>
/// <typeparam name="T">The record.</typeparam>
public sealed class Update<T>
{
    private readonly List<Change> _changes = [];

    /// <summary>The changes, in order.</summary>
    public IReadOnlyList<Change> Changes => _changes;

    /// <summary>Gives a member a value.</summary>
    public Update<T> Set<TValue>(Expression<Func<T, TValue>> member, TValue value) => Add(UpdateKind.Set, member, value);

    /// <summary>Adds to a whole number.</summary>
    public Update<T> Increment(Expression<Func<T, long>> member, long by = 1) => Add(UpdateKind.Increment, member, by);

    /// <summary>Adds to a whole number.</summary>
    public Update<T> Increment(Expression<Func<T, int>> member, int by = 1) => Add(UpdateKind.Increment, member, by);

    /// <summary>Appends to a list.</summary>
    public Update<T> Push<TItem>(Expression<Func<T, IReadOnlyList<TItem>>> list, TItem item) => Add(UpdateKind.Push, list, item);

    /// <summary>Removes equal elements from a list.</summary>
    public Update<T> Pull<TItem>(Expression<Func<T, IReadOnlyList<TItem>>> list, TItem item) => Add(UpdateKind.Pull, list, item);

    private Update<T> Add(UpdateKind kind, LambdaExpression member, object? value) { _changes.Add(new Change(kind, member, value)); return this; }
}
