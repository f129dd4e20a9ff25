using Microsoft.Data.Sqlite;
using Platform.Features.Content.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Storage;
using Platform.Storage.Sqlite;

namespace Platform.Benchmarks.Running;

/// <summary>The product's file, written and read beside the running product. Only a benchmark may: the product itself keeps other writers out.</summary>
internal sealed class PostFile : IDisposable
{
    private readonly SqliteConnection _connection;
    private long _since;

    public PostFile(string file)
    {
        _connection = new SqliteConnection($"Data Source={file};Pooling=False");
        _connection.Open();
        Run("PRAGMA busy_timeout=5000; PRAGMA synchronous=FULL");
    }

    /// <summary>Adds posts in one transaction; <see cref="States"/> and <see cref="Read"/> tell of the last ones added.</summary>
    public void Insert(IReadOnlyList<(Post Post, PublicationRecord Publication)> rows)
    {
        using var transaction = _connection.BeginTransaction();
        _since = Number("SELECT ifnull(max(rowid), 0) FROM publications");
        using var posts = Into(new Table(PostStore.Collection), transaction);
        using var publications = Into(new Table(PublicationStore.Collection), transaction);
        foreach (var (post, publication) in rows)
        {
            Insert(posts, post.OrganizationId, post);
            Insert(publications, publication.OrganizationId, publication);
        }
        transaction.Commit();
    }

    /// <summary>How many of the last added are in each state.</summary>
    public Dictionary<PublicationState, int> States()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT json_extract(body, '$.publication.state'), count(*) FROM publications WHERE rowid > $since GROUP BY 1";
        command.Parameters.AddWithValue("$since", _since);
        using var reader = command.ExecuteReader();
        var states = new Dictionary<PublicationState, int>();
        while (reader.Read()) { states[Enum.Parse<PublicationState>(reader.GetString(0))] = reader.GetInt32(1); }
        return states;
    }

    /// <summary>Waits until all that happened was told to the other features too: nothing of one burst may run into the next.</summary>
    public async Task ToldAsync()
    {
        while (Number("SELECT count(*) FROM publications WHERE json_extract(body, '$.publication.outboxAt') IS NOT NULL") > 0) { await Task.Delay(200); }
    }

    /// <summary>The last added.</summary>
    public IReadOnlyList<PublicationRecord> Read()
    {
        using var command = _connection.CreateCommand();
        command.CommandText = "SELECT CAST(body AS BLOB) FROM publications WHERE rowid > $since";
        command.Parameters.AddWithValue("$since", _since);
        using var reader = command.ExecuteReader();
        var records = new List<PublicationRecord>();
        while (reader.Read()) { records.Add(StoredJson.Read<PublicationRecord>((byte[])reader[0])); }
        return records;
    }

    public void Dispose() => _connection.Dispose();

    private static void Insert(SqliteCommand command, string owner, Document document)
    {
        (command.Parameters[0].Value, command.Parameters[1].Value) = (document.Id, owner);
        command.Parameters[2].Value = System.Text.Encoding.UTF8.GetString(StoredJson.Write(document with { Version = 1 }, document.GetType()));
        command.ExecuteNonQuery();
    }

    private SqliteCommand Into(Table table, SqliteTransaction transaction)
    {
        var command = _connection.CreateCommand();
        command.Transaction = transaction;
        command.CommandText = table.Insert;
        foreach (var name in new[] { "?1", "?2", "?3" }) { command.Parameters.Add(name, SqliteType.Text); }
        command.Prepare();
        return command;
    }

    private long Number(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        return (long)command.ExecuteScalar()!;
    }

    private void Run(string sql)
    {
        using var command = _connection.CreateCommand();
        command.CommandText = sql;
        command.ExecuteNonQuery();
    }
}
