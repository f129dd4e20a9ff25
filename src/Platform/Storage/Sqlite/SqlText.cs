using System.Globalization;
using System.Text;

namespace Platform.Storage.Sqlite;

/// <summary>A statement in the making: its text, and the values of its <c>?</c> in order. Values never become text, but for those a developer's code fixes (names of enums, true, false, null, whole-number constants).</summary>
internal sealed class SqlText
{
    private readonly StringBuilder _text = new();

    /// <summary>In index definitions there are no parameters.</summary>
    public bool LiteralsOnly { get; init; }

    public List<object?> Values { get; } = [];

    /// <summary>Positions in <see cref="Values"/> that hold an instant; they move with the clock and do not make another query.</summary>
    public HashSet<int> Instants { get; } = [];

    public SqlText Add(string sql) { _text.Append(sql); return this; }

    /// <summary>A column value (see <see cref="StoredJson.ToColumn"/>) as a parameter.</summary>
    public SqlText Value(object? column, bool instant = false)
    {
        if (LiteralsOnly) { throw new NotSupportedException("the condition of an index may compare with names of enums, true, false, null and whole-number constants only"); }
        if (instant) { Instants.Add(Values.Count); }
        Values.Add(column);
        _text.Append('?');
        return this;
    }

    /// <summary>A whole number, as text.</summary>
    public SqlText Literal(long number) { _text.Append(number.ToString(CultureInfo.InvariantCulture)); return this; }

    /// <summary>The name of an enum's value, as text; names are C# identifiers.</summary>
    public SqlText Literal(Enum value)
    {
        if (StoredJson.ToColumn(value) is long number) { return Literal(number); }
        _text.Append('\'').Append(value.ToString()).Append('\'');
        return this;
    }

    public SqlText Join<T>(string separator, IEnumerable<T> items, Action<T> add)
    {
        var first = true;
        foreach (var item in items)
        {
            if (!first) { _text.Append(separator); }
            first = false;
            add(item);
        }
        return this;
    }

    public override string ToString() => _text.ToString();
}
