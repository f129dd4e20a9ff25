using Platform.Features.Audit.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>A record's place in the chains, under the record's own id. Written once, never changed.</summary>
public sealed record AuditSeal : Document, IPlatformOwned
{
    /// <summary>The collection: no number is given twice, so of several copies that seal at once one wins and the others look again.</summary>
    public static readonly Collection<AuditSeal> Collection = new Collection<AuditSeal>("audit_seals")
        .Unique("by_sequence", Sort<AuditSeal>.By(s => s.Sequence))
        .Unique("by_chain", Sort<AuditSeal>.By(s => s.Chain).ThenBy(s => s.ChainSequence))
        .AppendOnly();

    /// <summary>The number in the platform's chain, from 1.</summary>
    public required long Sequence { get; init; }

    /// <summary>The platform's hash of the entry before.</summary>
    public required string Previous { get; init; }

    /// <summary>The organization's id, or <c>platform</c>.</summary>
    public required string Chain { get; init; }

    /// <summary>The number in that chain, from 1.</summary>
    public required long ChainSequence { get; init; }

    /// <summary>That chain's hash of its entry before.</summary>
    public required string ChainPrevious { get; init; }

    /// <summary>The hash of the record.</summary>
    public required string RecordHash { get; init; }

    /// <summary>The hash in that chain.</summary>
    public required string ChainHash { get; init; }

    /// <summary>The hash in the platform's chain.</summary>
    public required string Hash { get; init; }

    /// <summary>The proof that this installation made <see cref="Hash"/>.</summary>
    public required string Mac { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SealedAt { get; init; }

    /// <summary>As people see it.</summary>
    public AuditSealView View() => new(Chain, ChainSequence, RecordHash, ChainPrevious, ChainHash, SealedAt);
}

/// <summary>Says that a record waits for its seal; written with the record, deleted with the seal.</summary>
public sealed record AuditPending : Document, IPlatformOwned
{
    /// <summary>The collection.</summary>
    public static readonly Collection<AuditPending> Collection = new("audit_pending");

    /// <summary>When the record was written.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>The record's chain.</summary>
    public required string Chain { get; init; }

    /// <summary>The record's hash when it was written: a change before the seal shows.</summary>
    public required string RecordHash { get; init; }
}

/// <summary>What the last verification of the whole log found.</summary>
public sealed record AuditCheck : Document, IPlatformOwned
{
    /// <summary>The only id.</summary>
    public const string TheId = "whole-log";

    /// <summary>The collection.</summary>
    public static readonly Collection<AuditCheck> Collection = new("audit_checks");

    /// <summary>The finding.</summary>
    public required AuditVerdict Verdict { get; init; }
}

/// <summary>The key that proves hashes, sealed with the master key.</summary>
public sealed record AuditKey : Document, IPlatformOwned
{
    /// <summary>The only id.</summary>
    public const string TheId = "mac-1";

    /// <summary>The collection.</summary>
    public static readonly Collection<AuditKey> Collection = new("audit_keys");

    /// <summary>256 bits in base64, sealed.</summary>
    public required string SealedKey { get; init; }

    /// <summary>What the sealed key is bound to.</summary>
    public static string AadOf(string id) => $"audit-key:{id}";
}
