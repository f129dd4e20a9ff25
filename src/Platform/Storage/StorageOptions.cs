namespace Platform.Storage;

/// <summary>The engines that can stand behind the port.</summary>
public enum StorageEngine
{
    /// <summary>Embedded, one file in the data folder; for one copy of the app.</summary>
    Sqlite,

    /// <summary>MongoDB; for more than one copy of the app.</summary>
    Mongo,
}

/// <summary>Where and how records are kept (<c>Storage</c>, and <c>Platform:DataDirectory</c>).</summary>
public sealed class StorageOptions
{
    /// <summary><c>Storage:Engine</c>.</summary>
    public StorageEngine Engine { get; set; } = StorageEngine.Sqlite;

    /// <summary><c>Platform:DataDirectory</c>, as an absolute path.</summary>
    public string DataDirectory { get; set; } = "./data";

    /// <summary><c>Storage:MongoUri</c>; for the Mongo engine. Holds credentials: give it by environment or secret store, and log only its hosts.</summary>
    public string? MongoUri { get; set; }

    /// <summary><c>Storage:MongoDatabase</c>; for the Mongo engine.</summary>
    public string? MongoDatabase { get; set; } = "platform";
}
