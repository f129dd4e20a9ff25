using System.Buffers;
using System.Text;
using System.Text.Json;
using Microsoft.Data.Sqlite;
using Microsoft.Extensions.DependencyInjection;
using Platform.Storage;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;
using Platform.Storage.Sqlite;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>A record as it lies in the file.</summary>
public sealed record StoredRow(string Collection, string Id, long Version, string? Organization, string Body);

/// <summary>Reads the app's database past the app, on either engine.</summary>
public sealed class StoredRows(PlatformApp app)
{
    private readonly string _connection = new SqliteConnectionStringBuilder { DataSource = Path.Combine(app.DataDirectory, "platform.db"), Mode = SqliteOpenMode.ReadOnly, Pooling = false }.ToString();

    /// <summary>All rows, or those of an organization.</summary>
    public IReadOnlyList<StoredRow> Read(string? organizationId = null)
    {
        if (!app.KeepsRecordsInItsFolder) { return [.. InMongo(app.Services.GetRequiredService<MongoDocumentStore>()).Where(r => organizationId is null || r.Organization == organizationId)]; }
        using var connection = new SqliteConnection(_connection);
        connection.Open();
        var rows = new List<StoredRow>();
        foreach (var table in Tables(connection))
        {
            using var command = connection.CreateCommand();
#pragma warning disable CA2100 // the name comes from the database's own list
            command.CommandText = organizationId is null ? $"SELECT id, version, org, body FROM \"{table}\"" : $"SELECT id, version, org, body FROM \"{table}\" WHERE org = $org";
#pragma warning restore CA2100
            if (organizationId is not null) { command.Parameters.AddWithValue("$org", organizationId); }
            using var reader = command.ExecuteReader();
            while (reader.Read()) { rows.Add(new StoredRow(table, reader.GetString(0), reader.GetInt64(1), reader.IsDBNull(2) ? null : reader.GetString(2), reader.GetString(3))); }
        }
        return rows;
    }

    /// <summary>All that is an organization's: its own rows, and the platform's rows that name it (its own record, audit entries).</summary>
    public IReadOnlyList<StoredRow> About(string organizationId) => [.. Read().Where(r => r.Organization == organizationId || (r.Organization is null && (r.Id == organizationId || r.Body.Contains($"\"organizationId\":\"{organizationId}\"", StringComparison.Ordinal))))];

    /// <summary>Every text value in a record, at any depth.</summary>
    public static IEnumerable<string> Texts(string json)
    {
        using var document = JsonDocument.Parse(json);
        return [.. Texts(document.RootElement)];
    }

    private static IEnumerable<string> Texts(JsonElement element) => element.ValueKind switch
    {
        JsonValueKind.String => [element.GetString()!],
        JsonValueKind.Array => element.EnumerateArray().SelectMany(Texts),
        JsonValueKind.Object => element.EnumerateObject().SelectMany(p => Texts(p.Value).Prepend(p.Name)),
        _ => [],
    };

    private static IEnumerable<StoredRow> InMongo(MongoDocumentStore store) =>
        from shelf in store.Shelves
        from stored in store.Database.RunAsync(shelf.Name, connection => connection.Find(shelf.Name, [], new BsonMap(Shelf.Id, 1), 100_000), CancellationToken.None).GetAwaiter().GetResult()
        let record = (Document)StoredBson.Read(stored, shelf.Type)
        select new StoredRow(shelf.Name, record.Id, record.Version, Shelf.OwnerOf(record), Encoding.UTF8.GetString(StoredJson.Write(record, shelf.Type)));

    private static List<string> Tables(SqliteConnection connection)
    {
        using var command = connection.CreateCommand();
        command.CommandText = "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE '\\_%' ESCAPE '\\' AND name NOT LIKE 'sqlite%'";
        using var reader = command.ExecuteReader();
        var names = new List<string>();
        while (reader.Read()) { names.Add(reader.GetString(0)); }
        return names;
    }
}

/// <summary>All that one organization knows and another must not see: the ids and the texts of its records.</summary>
public sealed class ForeignBytes
{
    /// <summary>Shorter texts are words that anyone may say.</summary>
    public const int Shortest = 12;

    private readonly SearchValues<string> _search;
    private readonly HashSet<string> _all;

    /// <summary>What is in the one's rows and not in the other's.</summary>
    public ForeignBytes(IEnumerable<StoredRow> theirs, IEnumerable<StoredRow> ours)
    {
        var known = ours.SelectMany(r => StoredRows.Texts(r.Body).Append(r.Id)).ToHashSet(StringComparer.Ordinal);
        _all = theirs.SelectMany(r => StoredRows.Texts(r.Body).Append(r.Id)).Where(t => t.Length >= Shortest && !IsDate(t) && !IsName(t) && !IsZone(t) && !known.Contains(t)).ToHashSet(StringComparer.Ordinal);
        _search = SearchValues.Create([.. _all], StringComparison.Ordinal);
    }

    /// <summary>How many there are.</summary>
    public int Count => _all.Count;

    /// <summary>The first one in an answer that was not sent in the request; null where it is clean.</summary>
    public string? In(string answer, params string[] sent)
    {
        var text = answer.Length > 0 && answer[0] is '{' or '[' ? string.Join('\n', StoredRows.Texts(answer)) : System.Net.WebUtility.HtmlDecode(answer);
        foreach (var mine in sent.Where(s => s.Length > 0)) { text = text.Replace(mine, "", StringComparison.OrdinalIgnoreCase); }
        var at = text.AsSpan().IndexOfAny(_search);
        return at < 0 ? null : _all.First(s => text.AsSpan(at).StartsWith(s, StringComparison.Ordinal));
    }

    private static bool IsDate(string text) => text.Length >= 10 && char.IsAsciiDigit(text[0]) && text[4] == '-' && text[7] == '-';

    // Every page with a time zone to choose lists them all.
    private static bool IsZone(string text) => text.Contains('/', StringComparison.Ordinal) && TimeZoneInfo.TryFindSystemTimeZoneById(text, out _);

    // Names of members and enum words (connectedBy, publicationState) are the same for everyone.
    private static bool IsName(string text) => text.All(c => char.IsAsciiLetter(c) || c is '_' or '-' or '.') ;
}
