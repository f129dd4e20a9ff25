using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>What was done, by whom, to what. Written once, never changed. Platform-owned: staff act outside organizations, and an organization's part is read by its id.</summary>
public sealed record AuditRecord : Document, IPlatformOwned
{
    /// <summary>When.</summary>
    public required DateTimeOffset At { get; init; }

    /// <summary>What kind of caller did it.</summary>
    public required CallerKind ActorKind { get; init; }

    /// <summary>The person's or staff account's id; null for the product itself and for nobody.</summary>
    public string? ActorId { get; init; }

    /// <summary>The actor's name at the time.</summary>
    public required string ActorName { get; init; }

    /// <summary>The organization it concerns.</summary>
    public string? OrganizationId { get; init; }

    /// <summary>Dotted verb.</summary>
    public required string Action { get; init; }

    /// <summary>What it was done to.</summary>
    public required string TargetKind { get; init; }

    /// <summary>Its id.</summary>
    public required string TargetId { get; init; }

    /// <summary>A few words.</summary>
    public required string Detail { get; init; }

    /// <summary>Where the request came from.</summary>
    public string? Address { get; init; }

    /// <summary>Joins it to log lines and jobs.</summary>
    public string? CorrelationId { get; init; }
}

/// <summary>The audit records; there is no way to change or delete one.</summary>
public sealed class AuditStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<AuditRecord> Collection = new Collection<AuditRecord>("audit_records")
        .Index("by_time", Sort<AuditRecord>.ByDescending(r => r.At))
        .Index("by_organization", Sort<AuditRecord>.By(r => r.OrganizationId).ThenByDescending(r => r.At))
        .Index("by_action", Sort<AuditRecord>.By(r => r.Action).ThenByDescending(r => r.At))
        .Index("by_actor", Sort<AuditRecord>.By(r => r.ActorId).ThenByDescending(r => r.At));

    private IDocuments<AuditRecord> All => store.ForPlatform<AuditRecord>(Caller.Platform);

    /// <summary>Adds a record.</summary>
    public Task AddAsync(AuditRecord record, CancellationToken cancellationToken) => All.InsertAsync(record, cancellationToken);

    /// <summary>Newest first, narrowed by what is given; the narrowest of organization, actor and action leads.</summary>
    public async Task<Page<AuditView>> ListAsync(string? organizationId, string? actorId, string? action, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = await All.FindAsync(
            new Query<AuditRecord> { Filter = Filter(organizationId, actorId, action), Sort = Sort<AuditRecord>.ByDescending(r => r.At), Limit = limit, Cursor = cursor }, cancellationToken);
        return page.Map(View);
    }

    private static System.Linq.Expressions.Expression<Func<AuditRecord, bool>>? Filter(string? organizationId, string? actorId, string? action) => (organizationId, actorId, action) switch
    {
        (null, null, null) => null,
        (null, null, _) => r => r.Action == action,
        (null, _, null) => r => r.ActorId == actorId,
        (null, _, _) => r => r.ActorId == actorId && r.Action == action,
        (_, null, null) => r => r.OrganizationId == organizationId,
        (_, null, _) => r => r.OrganizationId == organizationId && r.Action == action,
        (_, _, null) => r => r.OrganizationId == organizationId && r.ActorId == actorId,
        _ => r => r.OrganizationId == organizationId && r.ActorId == actorId && r.Action == action,
    };

    private static AuditView View(AuditRecord r) =>
        new(r.Id, r.At, r.ActorKind, r.ActorId, r.ActorName, r.OrganizationId, r.Action, r.TargetKind, r.TargetId, r.Detail) { Address = r.Address, CorrelationId = r.CorrelationId };
}
