namespace Platform.Storage.Mongo;

/// <summary>Where the server is: the connection string with what we rely on, and its hosts for people (never its credentials).</summary>
internal sealed class MongoAddress
{
    private static readonly (string Name, string Value)[] Defaults =
    [
        ("w", "majority"), ("readConcernLevel", "majority"), ("retryWrites", "true"), ("retryReads", "true"), ("serverSelectionTimeoutMS", "5000"), ("socketTimeoutMS", "120000"),
    ];

    private MongoAddress(string uri, string database) => (Uri, Database) = (uri, database);

    /// <summary>The connection string for the driver; holds the credentials.</summary>
    public string Uri { get; }

    /// <summary>The database.</summary>
    public string Database { get; }

    /// <summary>The hosts, for messages.</summary>
    public string Hosts => Authority(Uri).Split('@')[^1];

    /// <summary>As many as <c>maxPoolSize</c> allows: more threads would wait for a connection for ever.</summary>
    public int MostConnections => int.TryParse(Option(Uri, "maxPoolSize"), out var most) && most > 0 ? most : 100;

    /// <summary>How long the driver looks for a server.</summary>
    public TimeSpan Patience => TimeSpan.FromMilliseconds(int.TryParse(Option(Uri, "serverSelectionTimeoutMS"), out var most) && most > 0 ? most : 5000);

    /// <summary>The address in the settings; throws where <see cref="Mistakes"/> finds any.</summary>
    public static MongoAddress Of(StorageOptions options)
    {
        var mistakes = Mistakes(options).ToList();
        if (mistakes.Count > 0) { throw new InvalidOperationException(string.Join(" ", mistakes)); }
        return Of(options.MongoUri!, options.MongoDatabase!);
    }

    /// <summary>The address with what we rely on, where the text does not say it.</summary>
    public static MongoAddress Of(string uri, string database)
    {
        var missing = Defaults.Where(d => Option(uri, d.Name) is null).Select(d => $"{d.Name}={d.Value}").ToList();
        if (missing.Count == 0) { return new(uri, database); }
        var glue = uri.Contains('?', StringComparison.Ordinal) ? (uri[^1] is '?' or '&' ? "" : "&") : uri.IndexOf('/', uri.IndexOf("//", StringComparison.Ordinal) + 2) >= 0 ? "?" : "/?";
        return new(uri + glue + string.Join('&', missing), database);
    }

    /// <summary>What is wrong with the settings, one sentence each.</summary>
    public static IEnumerable<string> Mistakes(StorageOptions options)
    {
        var uri = options.MongoUri ?? "";
        if (!uri.StartsWith("mongodb://", StringComparison.Ordinal) && !uri.StartsWith("mongodb+srv://", StringComparison.Ordinal))
        {
            yield return "Storage:MongoUri must be a connection string (mongodb://… or mongodb+srv://…) where Storage:Engine is Mongo.";
            yield break;
        }
        if (Authority(uri).Split('@')[^1].Length == 0) { yield return "Storage:MongoUri names no host."; }
        if (Option(uri, "w") is { } concern && concern != "majority") { yield return "Storage:MongoUri sets w: leave it out, the app always writes with w=majority (a write that returned must survive an election)."; }
        if (options.MongoDatabase is not { Length: > 0 and <= 63 } name || !name.All(c => char.IsAsciiLetterOrDigit(c) || c is '_' or '-')) { yield return "Storage:MongoDatabase must be 1 to 63 letters, digits, '_' or '-'."; }
    }

    private static string Authority(string uri)
    {
        var rest = uri[(uri.IndexOf("//", StringComparison.Ordinal) + 2)..];
        var end = rest.IndexOfAny(['/', '?']);
        return end < 0 ? rest : rest[..end];
    }

    private static string? Option(string uri, string name) => !uri.Contains('?', StringComparison.Ordinal) ? null : uri[(uri.IndexOf('?', StringComparison.Ordinal) + 1)..].Split('&')
        .Select(o => o.Split('=', 2)).Where(o => o.Length == 2 && o[0].Equals(name, StringComparison.OrdinalIgnoreCase)).Select(o => o[1]).FirstOrDefault();
}
