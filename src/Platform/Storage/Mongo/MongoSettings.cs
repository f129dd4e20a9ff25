using Microsoft.Extensions.Options;
using Platform.Primitives;

namespace Platform.Storage.Mongo;

/// <summary>Looks at the settings of this engine where it is chosen; every mistake at once.</summary>
internal sealed class MongoSettings : IValidateOptions<StorageOptions>
{
    public ValidateOptionsResult Validate(string? name, StorageOptions options)
    {
        if (options.Engine != StorageEngine.Mongo) { return ValidateOptionsResult.Success; }
        var mistakes = MongoAddress.Mistakes(options).ToList();
        return mistakes.Count == 0 ? ValidateOptionsResult.Success : ValidateOptionsResult.Fail(mistakes);
    }
}

/// <summary><c>backup</c> and <c>restore</c> with this engine: MongoDB has tools of its own for that.</summary>
internal sealed class MongoBackupCommand(string name, IOptions<StorageOptions> options) : ICommand
{
    public string Name => name;

    public Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken)
    {
        var database = options.Value.MongoDatabase;
        output.Complain("The records are in MongoDB (Storage:Engine), which this command does not save. Use MongoDB's own tools, or your provider's snapshots:");
        output.Complain(name == "backup"
            ? $"  mongodump --uri \"$Storage__MongoUri\" --db {database} --archive=platform.archive --gzip"
            : $"  mongorestore --uri \"$Storage__MongoUri\" --nsInclude '{database}.*' --drop --archive=platform.archive --gzip   (with every copy of the app stopped)");
        output.Complain("Keep the data folder (keys, media) with it. To bring the records into one file of the embedded engine instead: copy-data --from Mongo --to Sqlite.");
        return Task.FromResult(1);
    }
}
