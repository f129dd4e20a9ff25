using System.Linq.Expressions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Store;

/// <summary>A tenant. Platform-owned: it is what everything else is owned by.</summary>
public sealed record Organization : Document, IPlatformOwned
{
    /// <summary>Its name.</summary>
    public required string Name { get; init; }

    /// <summary>The name as it is searched.</summary>
    public required string SearchName { get; init; }

    /// <summary>IANA zone of its calendar.</summary>
    public required string TimeZone { get; init; }

    /// <summary>The first day of its week.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>The plan that is paid for; a trial comes on top.</summary>
    public required string Plan { get; init; }

    /// <summary>When the trial ends or ended.</summary>
    public DateTimeOffset? TrialEndsAt { get; init; }

    /// <summary>When staff suspended it.</summary>
    public DateTimeOffset? SuspendedAt { get; init; }

    /// <summary>Whether staff suspended it.</summary>
    public bool Suspended { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When everything of it goes for good; null: it is not being closed.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>Whether every member must have signed in with two factors.</summary>
    public bool RequiresTwoFactor { get; init; }

    /// <summary>The mail domains that members' addresses must have; empty: any.</summary>
    public IReadOnlyList<string> AllowedDomains { get; init; } = [];

    /// <summary>The media asset of its logo.</summary>
    public string? LogoMediaId { get; init; }

    /// <summary>Where the logo is shown from.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>What it does and for whom.</summary>
    public BusinessProfile Business { get; init; } = new();

    /// <summary>What links in new posts are tagged with.</summary>
    public UtmDefaults Utm { get; init; } = new();
}

/// <summary>A person's place in an organization.</summary>
public sealed record Membership : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The person.</summary>
    public required string UserId { get; init; }

    /// <summary>What they may do.</summary>
    public required Role Role { get; init; }

    /// <summary>Since when.</summary>
    public required DateTimeOffset JoinedAt { get; init; }

    /// <summary>The channels they may act on; null: all.</summary>
    public IReadOnlyList<string>? ChannelIds { get; init; }
}

/// <summary>Organizations and memberships.</summary>
public sealed class OrganizationStore(IDocumentStore store)
{
    /// <summary>The organizations.</summary>
    public static readonly Collection<Organization> Organizations = new Collection<Organization>("organizations")
        .Index("by_creation", Sort<Organization>.ByDescending(o => o.CreatedAt))
        .Index("by_closing", Sort<Organization>.By(o => o.ClosesAt))
        .Index("by_suspension", Sort<Organization>.By(o => o.Suspended).ThenByDescending(o => o.CreatedAt));

    /// <summary>The memberships.</summary>
    public static readonly Collection<Membership> Memberships = new Collection<Membership>("memberships")
        .Unique("one_each", Sort<Membership>.By(m => m.OrganizationId).ThenBy(m => m.UserId))
        .Index("by_user", Sort<Membership>.By(m => m.UserId).ThenBy(m => m.JoinedAt));

    private IDocuments<Organization> All => store.ForPlatform<Organization>(Caller.Platform);

    private IDocuments<Membership> Places => store.ForPlatform<Membership>(Caller.Platform);

    /// <summary>One by id.</summary>
    public Task<Organization?> GetAsync(string id, CancellationToken cancellationToken) => All.GetAsync(id, cancellationToken);

    /// <summary>Several by id.</summary>
    public async Task<IReadOnlyList<Organization>> GetAsync(IReadOnlyList<string> ids, CancellationToken cancellationToken) =>
        ids.Count == 0 ? [] : (await All.FindAsync(new Query<Organization> { Filter = o => ids.Contains(o.Id), Limit = 1000 }, cancellationToken)).Items;

    /// <summary>Where a person is a member, oldest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<Membership>> OfUserAsync(string userId, CancellationToken cancellationToken) =>
        (await Places.FindAsync(new Query<Membership> { Filter = m => m.UserId == userId, Sort = Sort<Membership>.By(m => m.JoinedAt), Limit = 1000 }, cancellationToken)).Items;

    /// <summary>The members of an organization, oldest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<Membership>> MembersAsync(string organizationId, CancellationToken cancellationToken) =>
        (await Places.FindAsync(new Query<Membership> { Filter = m => m.OrganizationId == organizationId, Sort = Sort<Membership>.By(m => m.JoinedAt), Limit = 1000 }, cancellationToken)).Items;

    /// <summary>A page of all, newest first.</summary>
    public Task<Page<Organization>> ListAsync(string? search, bool? suspended, int limit, string? cursor, CancellationToken cancellationToken) =>
        All.FindAsync(new Query<Organization> { Filter = Filter(search?.Trim().ToLowerInvariant(), suspended), Sort = Sort<Organization>.ByDescending(o => o.CreatedAt), Limit = limit, Cursor = cursor }, cancellationToken);

    /// <summary>Those whose days of grace are over, longest first; at most 50.</summary>
    public async Task<IReadOnlyList<Organization>> DueToGoAsync(DateTimeOffset now, CancellationToken cancellationToken) =>
        (await All.FindAsync(new Query<Organization> { Filter = o => o.ClosesAt != null && o.ClosesAt <= now, Sort = Sort<Organization>.By(o => o.ClosesAt), Limit = 50 }, cancellationToken)).Items;

    /// <summary>Writes a changed organization; null where it changed meanwhile.</summary>
    public Task<Organization?> ReplaceAsync(Organization organization, CancellationToken cancellationToken) => All.TryReplaceAsync(organization, cancellationToken);

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    /// <summary>How many match.</summary>
    public Task<long> CountAsync(Expression<Func<Organization, bool>> filter, CancellationToken cancellationToken) => All.CountAsync(filter, cancellationToken);

    private static Expression<Func<Organization, bool>>? Filter(string? search, bool? suspended) => (search, suspended) switch
    {
        (null or "", null) => null,
        (null or "", { } is_) => o => o.Suspended == is_,
        (_, null) => o => o.SearchName.Contains(search),
        (_, { } is_) => o => o.Suspended == is_ && o.SearchName.Contains(search),
    };
}
