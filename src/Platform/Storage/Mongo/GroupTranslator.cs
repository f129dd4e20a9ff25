using System.Globalization;
using System.Linq.Expressions;
using Platform.Storage.Mongo.Bson;

namespace Platform.Storage.Mongo;

/// <summary>Turns keys and aggregates of a <see cref="GroupQuery{T}"/> into a pipeline, and its answers back into groups.</summary>
internal sealed class GroupTranslator
{
    private readonly List<object?> _keys;
    private readonly List<(string Name, string Function, Field Field)> _values;

    public GroupTranslator(Shelf shelf, IReadOnlyList<(LambdaExpression Member, DateBucket? Bucket)> keys, IReadOnlyList<(string Name, string Function, LambdaExpression Member)> values)
    {
        if (keys.Count > 2) { throw new NotSupportedException("records are grouped by at most two keys"); }
        _keys = [.. keys.Select(k => Key(Fields.Of(shelf, k.Member), k.Bucket))];
        _values = [.. values.Select(v => (v.Name, v.Function, Number(Fields.Of(shelf, v.Member))))];
    }

    public BsonList Pipeline(BsonMap where, int most)
    {
        var id = new BsonMap();
        for (var i = 0; i < _keys.Count; i++) { id.Add($"k{i}", _keys[i]); }
        var group = new BsonMap("_id", _keys.Count == 0 ? null : id).Add("n", new BsonMap("$sum", 1L));
        for (var i = 0; i < _values.Count; i++)
        {
            var (_, function, field) = _values[i];
            group.Add($"v{i}", new BsonMap("$" + function, field.Dollar));
            // A sum of nothing is 0 to MongoDB and null to us.
            group.Add($"c{i}", new BsonMap("$sum", new BsonMap("$cond", BsonList.Of(new BsonMap("$gt", BsonList.Of(field.Value, null)), 1L, 0L))));
        }
        return BsonList.Of(new BsonMap("$match", where), new BsonMap("$group", group), new BsonMap("$limit", (long)most));
    }

    public Group Read(ReadOnlySpan<byte> answer)
    {
        var map = BsonReader.Read(answer);
        var id = map["_id"] as BsonMap;
        var keys = Enumerable.Range(0, _keys.Count).Select(i => Text(id?[$"k{i}"])).ToList();
        var values = _values.Select((v, i) => (v.Name, Value: ToDouble(map[$"c{i}"]) is > 0 ? ToDouble(map[$"v{i}"]) : null)).ToDictionary(v => v.Name, v => v.Value);
        return new Group(keys, Convert.ToInt64(map["n"], CultureInfo.InvariantCulture), values);
    }

    /// <summary>As the embedded engine answers: by the text of the keys, null first; without keys always one group.</summary>
    public IReadOnlyList<Group> Arrange(List<Group> groups)
    {
        if (_keys.Count == 0 && groups.Count == 0) { return [new Group([], 0, _values.ToDictionary(v => v.Name, _ => (double?)null))]; }
        return [.. groups.OrderBy(g => g.Keys.ElementAtOrDefault(0), StringComparer.Ordinal).ThenBy(g => g.Keys.ElementAtOrDefault(1), StringComparer.Ordinal)];
    }

    private static object? Key(Field field, DateBucket? bucket) => bucket switch
    {
        // $dateToString, not $dateTrunc: the servers disagree about the latter's days.
        DateBucket.Hour => Bucket(field, "%Y-%m-%dT%H:00:00Z"),
        DateBucket.Day => Bucket(field, "%Y-%m-%dT00:00:00Z"),
        DateBucket.Month => Bucket(field, "%Y-%m-01T00:00:00Z"),
        _ => field.IsScalar ? field.Value : throw new NotSupportedException($"records cannot be grouped by '{field.Path}'"),
    };

    private static BsonMap Bucket(Field field, string format) =>
        new("$dateToString", new BsonMap("date", $"{field.Dollar}.{BsonType.InstantDate}").Add("format", format).Add("timezone", "UTC").Add("onNull", null));

    private static Field Number(Field field) => Type.GetTypeCode(field.Core) is >= TypeCode.SByte and <= TypeCode.Decimal && !field.Core.IsEnum
        ? field
        : throw new NotSupportedException($"'{field.Path}' is no number");

    private static double? ToDouble(object? value) => value is null ? null : Convert.ToDouble(value, CultureInfo.InvariantCulture);

    private static string? Text(object? key) => key switch
    {
        null => null,
        bool flag => flag ? "true" : "false",
        DateTimeOffset instant => instant.UtcDateTime.ToString("yyyy-MM-dd'T'HH:mm:ss.fffffff'Z'", CultureInfo.InvariantCulture),
        _ => Convert.ToString(key, CultureInfo.InvariantCulture),
    };
}
