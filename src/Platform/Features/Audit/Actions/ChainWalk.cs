using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Features.Audit.Store;

namespace Platform.Features.Audit.Actions;

/// <summary>One walk along a chain, entry by entry: what was expected, what is there, what is wrong.</summary>
/// <param name="key">What proves hashes; null where it is gone.</param>
/// <param name="whole">The platform's chain, or one organization's.</param>
internal sealed class ChainWalk(byte[]? key, bool whole)
{
    private const int MostNamed = 100;
    private readonly List<AuditFault> _faults = [];

    public IReadOnlyList<AuditFault> Faults => _faults;

    public long FaultCount { get; private set; }

    public long Entries { get; private set; }

    /// <summary>The number of the last entry.</summary>
    public long Sequence { get; private set; }

    /// <summary>Its hash.</summary>
    public string Hash { get; private set; } = ChainHash.Nothing;

    /// <summary>Checks the next entry against the one before and against its record.</summary>
    public void Step(AuditSeal seal, AuditRecord? record)
    {
        var sequence = whole ? seal.Sequence : seal.ChainSequence;
        var gap = sequence != Sequence + 1;
        if (gap) { Add("deleted", Sequence + 1, null, sequence - Sequence == 2 ? $"Entry {Sequence + 1} is missing." : $"Entries {Sequence + 1} to {sequence - 1} are missing."); }
        CheckPlace(seal, sequence, gap);
        CheckRecord(seal, sequence, record);
        (Sequence, Hash, Entries) = (sequence, whole ? seal.Hash : seal.ChainHash, Entries + 1);
    }

    /// <summary>Notes a fault.</summary>
    public void Add(string kind, long? sequence, string? recordId, string message)
    {
        FaultCount++;
        if (_faults.Count < MostNamed) { _faults.Add(new AuditFault(kind, sequence, recordId, message)); }
    }

    private void CheckPlace(AuditSeal seal, long sequence, bool gap)
    {
        var fits = seal.ChainHash == ChainHash.OfChain(seal.Chain, seal.ChainSequence, seal.ChainPrevious, seal.RecordHash) && seal.Hash == ChainHash.OfPlatform(seal.Sequence, seal.Previous, seal.ChainHash);
        var ours = key is not null && ChainHash.IsMac(key, seal.Hash, seal.Mac);
        if (!ours) { Add("forged", sequence, seal.Id, $"Entry {sequence} was not sealed by this installation."); return; }
        if (!fits) { Add("reordered", sequence, seal.Id, $"Entry {sequence} does not fit its place: it was moved, or its seal was changed."); return; }
        if (!gap && (whole ? seal.Previous : seal.ChainPrevious) != Hash) { Add("reordered", sequence, seal.Id, $"Entry {sequence} does not follow entry {sequence - 1}."); }
    }

    private void CheckRecord(AuditSeal seal, long sequence, AuditRecord? record)
    {
        if (record is null) { Add("deleted", sequence, seal.Id, $"The record of entry {sequence} is missing."); return; }
        if (ChainHash.OfRecord(CanonicalRecord.Write(record)) != seal.RecordHash || (record.OrganizationId ?? ChainHash.PlatformChain) != seal.Chain)
        {
            Add("changed", sequence, seal.Id, $"The record of entry {sequence} ({record.Action}) was changed after it was written.");
        }
    }
}
