using System.Linq.Expressions;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Store;

/// <summary>The lists of publications that pages and the API show; each is one query on an index.</summary>
public sealed class PublicationLists(IDocumentStore store)
{
    /// <summary>Publications with a due time in a range, soonest first, up to the limit.</summary>
    public async Task<Page<PublicationRecord>> DueBetweenAsync(Caller caller, DateTimeOffset from, DateTimeOffset to, ListFilter filter, int limit, CancellationToken cancellationToken)
    {
        var query = new Query<PublicationRecord> { Filter = Where(filter with { From = from, To = to }), Sort = Sort<PublicationRecord>.By(r => r.Publication.Due!.At), Limit = limit };
        return await store.For<PublicationRecord>(caller).FindAsync(query, cancellationToken);
    }

    /// <summary>Publications that match, by due time, latest first.</summary>
    public Task<Page<PublicationRecord>> ListAsync(Caller caller, ListFilter filter, int limit, string? cursor, CancellationToken cancellationToken) =>
        store.For<PublicationRecord>(caller).FindAsync(
            new() { Filter = Where(filter), Sort = Sort<PublicationRecord>.ByDescending(r => r.Publication.Due!.At), Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>How many other posts have a publication in one of the states with a due time in a range.</summary>
    public async Task<long> CountPostsAsync(Caller caller, IReadOnlyList<PublicationState> states, DateTimeOffset from, DateTimeOffset to, string exceptPostId, CancellationToken cancellationToken)
    {
        var wanted = states.ToList();
        var query = new GroupQuery<PublicationRecord> { Filter = r => r.Publication.Due!.At >= from && r.Publication.Due!.At < to && wanted.Contains(r.Publication.State) && r.Publication.PostId != exceptPostId };
        return (await store.For<PublicationRecord>(caller).GroupAsync(query.By(r => r.Publication.PostId), cancellationToken)).Count;
    }

    /// <summary>How many publications in a state were due on each UTC day of a range; days without any are left out. Keys are <c>2026-11-22T00:00:00Z</c>.</summary>
    public async Task<IReadOnlyDictionary<string, long>> CountByDayAsync(Caller caller, PublicationState state, DateTimeOffset from, DateTimeOffset to, CancellationToken cancellationToken)
    {
        var query = new GroupQuery<PublicationRecord> { Filter = r => r.Publication.Due!.At >= from && r.Publication.Due!.At < to && r.Publication.State == state };
        var groups = await store.For<PublicationRecord>(caller).GroupAsync(query.By(r => r.Publication.Due!.At, DateBucket.Day), cancellationToken);
        return groups.Where(g => g.Keys[0] is not null).ToDictionary(g => g.Keys[0]!, g => g.Count);
    }

    /// <summary>How many publications in a state are due at a moment or later.</summary>
    public Task<long> CountDueAsync(Caller caller, PublicationState state, DateTimeOffset from, CancellationToken cancellationToken) =>
        store.For<PublicationRecord>(caller).CountAsync(r => r.Publication.State == state && r.Publication.Due!.At >= from, cancellationToken);

    private static Expression<Func<PublicationRecord, bool>>? Where(ListFilter filter)
    {
        var conditions = new List<Expression<Func<PublicationRecord, bool>>>();
        if (filter.States is { Count: > 0 }) { var states = filter.States.ToList(); conditions.Add(r => states.Contains(r.Publication.State)); }
        if (filter.ChannelIds is { Count: > 0 }) { var channels = filter.ChannelIds.ToList(); conditions.Add(r => channels.Contains(r.Publication.ChannelId)); }
        if (filter.Network is { } network) { conditions.Add(r => r.Publication.Network == network); }
        if (filter.From is { } from) { conditions.Add(r => r.Publication.Due!.At >= from); }
        if (filter.To is { } to) { conditions.Add(r => r.Publication.Due!.At < to); }
        return conditions.Count == 0 ? null : conditions.Aggregate(And);
    }

    private static Expression<Func<PublicationRecord, bool>> And(Expression<Func<PublicationRecord, bool>> left, Expression<Func<PublicationRecord, bool>> right)
    {
        var body = new Rename(right.Parameters[0], left.Parameters[0]).Visit(right.Body);
        return Expression.Lambda<Func<PublicationRecord, bool>>(Expression.AndAlso(left.Body, body), left.Parameters);
    }

    private sealed class Rename(ParameterExpression from, ParameterExpression to) : ExpressionVisitor
    {
        protected override Expression VisitParameter(ParameterExpression node) => node == from ? to : node;
    }
}

/// <summary>Which publications; null or empty: all.</summary>
public sealed record ListFilter(IReadOnlyList<PublicationState>? States = null, IReadOnlyList<string>? ChannelIds = null, string? Network = null, DateTimeOffset? From = null, DateTimeOffset? To = null);
