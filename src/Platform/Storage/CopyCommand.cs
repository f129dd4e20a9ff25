using Platform.Primitives;

namespace Platform.Storage;

/// <summary><c>copy-data --from=Sqlite --to=Mongo</c>, and back: copies all records between the engines, with every copy of the app stopped.</summary>
internal sealed class CopyCommand(Func<StorageEngine, CancellationToken, Task<ICopyEnd>> open, IEnumerable<ICollection> collections, IConfiguration settings) : ICommand
{
    private const string Usage = "Say: copy-data --from=Sqlite --to=Mongo (or back), with Storage:MongoUri set and every copy of the app stopped.";

    public string Name => "copy-data";

    public async Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken)
    {
        if (Ends(arguments, settings["from"], settings["to"]) is not var (source, target) || source == target) { output.Complain(Usage); return 2; }
        try
        {
            await using var from = await open(source, cancellationToken);
            await using var to = await open(target, cancellationToken);
            var differing = await new DataCopy(from, to, output.Say).RunAsync(collections, cancellationToken);
            if (differing.Count > 0)
            {
                output.Complain($"Not equal: {string.Join(", ", differing)}. The target holds records that the source does not have, or the app writes meanwhile. Stop the app, or take an empty target, and start again.");
                return 1;
            }
            output.Say($"All records are in {target}, and verified. Set Storage:Engine to {target}. Keep the data folder: keys and media stay there.");
            return 0;
        }
        catch (Exception failure) when (failure is StorageUnavailableException or DuplicateKeyException or InvalidOperationException)
        {
            output.Complain($"{failure.Message} What was copied is kept; the same command goes on from there.");
            return 1;
        }
    }

    /// <summary>The two ends, also where they are written with a blank, which configuration reads as a key and its neighbour.</summary>
    internal static (StorageEngine From, StorageEngine To)? Ends(IReadOnlyList<string> arguments, string? from, string? to)
    {
        if (arguments is [var first, var second]) { (from, to) = to == "--from" ? (second, first) : (first, second); }
        return Enum.TryParse<StorageEngine>(from, ignoreCase: true, out var source) && Enum.TryParse<StorageEngine>(to, ignoreCase: true, out var target) ? (source, target) : null;
    }
}
