using System.Linq.Expressions;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Audit.Store;

/// <summary>The audit records; there is no way to change or delete one.</summary>
public sealed class AuditStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<AuditRecord> Collection = new Collection<AuditRecord>("audit_records")
        .Index("by_time", Sort<AuditRecord>.ByDescending(r => r.At))
        .Index("by_organization", Sort<AuditRecord>.By(r => r.OrganizationId).ThenByDescending(r => r.At))
        .Index("by_action", Sort<AuditRecord>.By(r => r.Action).ThenByDescending(r => r.At))
        .Index("by_actor", Sort<AuditRecord>.By(r => r.ActorId).ThenByDescending(r => r.At))
        .Index("by_impersonator", Sort<AuditRecord>.By(r => r.ImpersonatorId).ThenByDescending(r => r.At))
        .Index("by_target", Sort<AuditRecord>.By(r => r.TargetId).ThenByDescending(r => r.At))
        .Index("by_address", Sort<AuditRecord>.By(r => r.Address).ThenByDescending(r => r.At))
        .Index("by_correlation", Sort<AuditRecord>.By(r => r.CorrelationId).ThenByDescending(r => r.At))
        .AppendOnly();

    private IDocuments<AuditRecord> All => store.ForPlatform<AuditRecord>(Caller.Platform);

    private IDocuments<AuditSeal> Seals => store.ForPlatform<AuditSeal>(Caller.Platform);

    /// <summary>Adds a record, with the note that it waits for its seal, to a batch.</summary>
    public static void Stage(WriteBatch batch, AuditRecord record) => batch.Insert(Caller.Platform, record).Insert(Caller.Platform, new AuditPending
    {
        Id = record.Id, At = record.At, Chain = record.OrganizationId ?? ChainHash.PlatformChain, RecordHash = ChainHash.OfRecord(CanonicalRecord.Write(record)),
    });

    /// <summary>Adds a record.</summary>
    public async Task AddAsync(AuditRecord record, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        Stage(batch, record);
        await store.CommitAsync(batch, cancellationToken);
    }

    /// <summary>One record with its seal; null where there is none, or not in the organization.</summary>
    public async Task<AuditView?> GetAsync(string id, string? organizationId, CancellationToken cancellationToken)
    {
        if (await All.GetAsync(id, cancellationToken) is not { } record || (organizationId is not null && record.OrganizationId != organizationId)) { return null; }
        return record.View(await Seals.GetAsync(id, cancellationToken));
    }

    /// <summary>Newest first, narrowed by the filter.</summary>
    public async Task<Page<AuditView>> ListAsync(AuditFilter filter, int limit, string? cursor, CancellationToken cancellationToken)
    {
        var page = await All.FindAsync(new Query<AuditRecord> { Filter = Of(filter), Sort = Sort<AuditRecord>.ByDescending(r => r.At), Limit = limit, Cursor = cursor }, cancellationToken);
        var seals = await SealsOfAsync([.. page.Items.Select(r => r.Id)], cancellationToken);
        return page.Map(r => r.View(seals.GetValueOrDefault(r.Id)));
    }

    /// <summary>The oldest first, in pages of 200, each record with its seal; for exports.</summary>
    public async IAsyncEnumerable<(AuditRecord Record, AuditSeal? Seal)> StreamAsync(AuditFilter filter, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var query = new Query<AuditRecord> { Filter = Of(filter), Sort = Sort<AuditRecord>.By(r => r.At), Limit = 200 };
        do
        {
            var page = await All.FindAsync(query, cancellationToken);
            var seals = await SealsOfAsync([.. page.Items.Select(r => r.Id)], cancellationToken);
            foreach (var record in page.Items) { yield return (record, seals.GetValueOrDefault(record.Id)); }
            query = query with { Cursor = page.NextCursor };
        }
        while (query.Cursor is not null);
    }

    private async Task<Dictionary<string, AuditSeal>> SealsOfAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) => ids.Count == 0
        ? []
        : (await Seals.FindAsync(new Query<AuditSeal> { Filter = s => ids.Contains(s.Id), Limit = 1000 }, cancellationToken)).Items.ToDictionary(s => s.Id);

    private static Expression<Func<AuditRecord, bool>>? Of(AuditFilter filter)
    {
        var parts = Parts(filter).ToList();
        return parts.Count == 0 ? null : parts.Aggregate(And);
    }

    private static IEnumerable<Expression<Func<AuditRecord, bool>>> Parts(AuditFilter filter)
    {
        if (filter.OrganizationId is { } organization) { yield return r => r.OrganizationId == organization; }
        if (filter.ActorId is { } actor) { yield return r => r.ActorId == actor || r.ImpersonatorId == actor; }
        if (filter.Action is { } action) { yield return ActionIs(action); }
        if (filter.TargetKind is { } kind) { yield return r => r.TargetKind == kind; }
        if (filter.TargetId is { } target) { yield return r => r.TargetId == target; }
        if (filter.From is { } from) { yield return r => r.At >= from; }
        if (filter.To is { } to) { yield return r => r.At < to; }
        if (filter.Search is { } text)
        {
            yield return r => r.Id == text || r.ActorId == text || r.ImpersonatorId == text || r.OrganizationId == text || r.TargetId == text || r.Address == text || r.CorrelationId == text;
        }
    }

    private static Expression<Func<AuditRecord, bool>> ActionIs(string action)
    {
        if (!action.EndsWith(".*", StringComparison.Ordinal)) { return r => r.Action == action; }
        var area = action[..^1];
        return r => r.Action.StartsWith(area);
    }

    private static Expression<Func<AuditRecord, bool>> And(Expression<Func<AuditRecord, bool>> left, Expression<Func<AuditRecord, bool>> right) =>
        Expression.Lambda<Func<AuditRecord, bool>>(Expression.AndAlso(left.Body, new Renamed(right.Parameters[0], left.Parameters[0]).Visit(right.Body)), left.Parameters);

    private sealed class Renamed(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}
