using System.Globalization;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Features.Audit.Domain;
using Platform.Storage;

namespace Platform.Features.Audit.Store;

/// <summary>A head of the chain as it was kept outside the store.</summary>
/// <param name="Sequence">Its number.</param>
/// <param name="Hash">Its hash.</param>
public sealed record Checkpoint(long Sequence, string Hash);

/// <summary>
/// Keeps the chain's head in files beside the store, so that entries cut off at its end are missed: <c>audit/head</c> after every sealing, and a line of <c>audit/checkpoints.log</c>
/// (and of the app's log, which may be shipped elsewhere) now and then. Each line carries a proof; one that is not ours counts as a fault, not as a checkpoint.
/// </summary>
public sealed class AuditCheckpoints(IOptions<StorageOptions> storage, TimeProvider time, ILogger<AuditCheckpoints> logger)
{
    private const int EveryEntries = 1000;
    private static readonly TimeSpan Every = TimeSpan.FromHours(1);
    private readonly Lock _lock = new();
    private DateTimeOffset _loggedAt = DateTimeOffset.MinValue;
    private long _loggedSequence;

    private string Folder => Path.Combine(storage.Value.DataDirectory, "audit");

    private string HeadFile => Path.Combine(Folder, "head");

    private string LogFile => Path.Combine(Folder, "checkpoints.log");

    /// <summary>Keeps a new head.</summary>
    public void Keep(byte[] key, AuditSeal head)
    {
        lock (_lock) { Write(key, head); }
    }

    /// <summary>The head as it is kept; null where none is, or where the file is not ours.</summary>
    public Checkpoint? ReadHead(byte[] key) => File.Exists(HeadFile) ? Parse(key, File.ReadAllText(HeadFile).Trim()) : null;

    /// <summary>Takes the store's head as it is, after somebody has looked at the difference (a restored backup).</summary>
    public void Accept(byte[] key, AuditSeal? head)
    {
        lock (_lock)
        {
            File.Delete(HeadFile);
            if (File.Exists(LogFile)) { File.Move(LogFile, $"{LogFile}.before-{time.GetUtcNow():yyyyMMddHHmmss}", overwrite: true); }
            if (head is not null) { Write(key, head); }
        }
    }

    /// <summary>All that is kept; and whether a line is there that this installation did not write.</summary>
    public (IReadOnlyList<Checkpoint> All, bool Foreign) Read(byte[] key)
    {
        string[] files = [LogFile, HeadFile];
        var lines = files.Where(File.Exists).SelectMany(File.ReadAllLines).Where(l => l.Length > 0).Select(l => Parse(key, l)).ToList();
        return ([.. lines.OfType<Checkpoint>().Distinct()], lines.Contains(null));
    }

    private void Write(byte[] key, AuditSeal head)
    {
        Directory.CreateDirectory(Folder);
        var line = $"{head.Sequence.ToString(CultureInfo.InvariantCulture)} {head.Hash} {ChainHash.Mac(key, Said(head.Sequence, head.Hash))}";
        var temporary = $"{HeadFile}.{Environment.ProcessId}";
        File.WriteAllText(temporary, line + "\n");
        File.Move(temporary, HeadFile, overwrite: true);
        var now = time.GetUtcNow();
        if (now - _loggedAt < Every && head.Sequence - _loggedSequence < EveryEntries) { return; }
        (_loggedAt, _loggedSequence) = (now, head.Sequence);
        File.AppendAllText(LogFile, line + "\n", Encoding.ASCII);
        logger.LogInformation("Audit checkpoint: entry {Sequence} has hash {Hash}", head.Sequence, head.Hash);
    }

    private static Checkpoint? Parse(byte[] key, string line) =>
        line.Split(' ') is [var number, { Length: 64 } hash, { Length: 64 } mac] && long.TryParse(number, CultureInfo.InvariantCulture, out var sequence) && ChainHash.IsMac(key, Said(sequence, hash), mac)
            ? new Checkpoint(sequence, hash) : null;

    private static string Said(long sequence, string hash) => $"checkpoint {sequence.ToString(CultureInfo.InvariantCulture)} {hash}";
}
