namespace Platform.Features.Audit.Contracts;

/// <summary>What is wrong with one entry of the chain.</summary>
/// <param name="Kind">changed, deleted, inserted, reordered, truncated, forged, unsealed.</param>
/// <param name="Sequence">The entry's number; null where it has none.</param>
/// <param name="RecordId">The record; null where it is not known.</param>
/// <param name="Message">In words.</param>
public sealed record AuditFault(string Kind, long? Sequence, string? RecordId, string Message);

/// <summary>What a verification of the chain found.</summary>
/// <param name="Sound">True where nothing is wrong.</param>
/// <param name="Entries">How many sealed entries were checked.</param>
/// <param name="Waiting">How many entries wait for their seal.</param>
/// <param name="HeadSequence">The number of the last entry; 0 where there is none.</param>
/// <param name="HeadHash">Its hash: keep it, and a later verification can show that nothing before it was touched.</param>
/// <param name="CheckedAt">When.</param>
/// <param name="Faults">What is wrong, in the chain's order; at most 100 are named.</param>
/// <param name="FaultCount">How many things are wrong.</param>
public sealed record AuditVerdict(
    bool Sound, long Entries, long Waiting, long HeadSequence, string HeadHash, DateTimeOffset CheckedAt, IReadOnlyList<AuditFault> Faults, long FaultCount);

/// <summary>How the chain stands, without reading all of it.</summary>
/// <param name="Entries">Sealed entries.</param>
/// <param name="HeadHash">The last entry's hash.</param>
/// <param name="SealedAt">When the last entry was sealed.</param>
/// <param name="Waiting">Entries that wait for their seal.</param>
/// <param name="OldestWaiting">Since when the oldest of them waits.</param>
/// <param name="Late">Whether one waits for longer than a minute: something is wrong.</param>
/// <param name="LastCheck">What the last verification of the whole log found; null where there was none yet.</param>
public sealed record AuditChainState(long Entries, string HeadHash, DateTimeOffset? SealedAt, long Waiting, DateTimeOffset? OldestWaiting, bool Late, AuditCheckView? LastCheck);

/// <summary>The outcome of a verification of the whole log.</summary>
public sealed record AuditCheckView(DateTimeOffset CheckedAt, bool Sound, long Entries, long FaultCount);
