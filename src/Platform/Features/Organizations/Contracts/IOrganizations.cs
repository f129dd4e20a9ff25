using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Contracts;

/// <summary>An organization as others see it.</summary>
public sealed record OrganizationView(string Id, string Name, string TimeZone, string Plan, DateTimeOffset? TrialEndsAt, bool Suspended, DateTimeOffset CreatedAt)
{
    /// <summary>The first day of its week.</summary>
    public DayOfWeek WeekStart { get; init; } = DayOfWeek.Monday;

    /// <summary>Whether every member must have signed in with two factors to act in it.</summary>
    public bool RequiresTwoFactor { get; init; }

    /// <summary>When everything of it goes for good; null: it is not being closed. Until then nobody acts in it, as when it is suspended.</summary>
    public DateTimeOffset? ClosesAt { get; init; }

    /// <summary>Where its logo is shown from; null: it has none.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>What links in its new posts are tagged with.</summary>
    public UtmDefaults Utm { get; init; } = new();

    /// <summary>The version, for If-Match.</summary>
    public long Version { get; init; }
}

/// <summary>A person's place in an organization.</summary>
public sealed record MembershipView(string OrganizationId, string OrganizationName, string UserId, Role Role, bool Suspended)
{
    /// <summary>Since when.</summary>
    public DateTimeOffset JoinedAt { get; init; }

    /// <summary>The channels they may act on; null: all.</summary>
    public IReadOnlySet<string>? Channels { get; init; }

    /// <summary>Whether the organization demands two factors.</summary>
    public bool RequiresTwoFactor { get; init; }

    /// <summary>When the organization goes for good; null: it is not being closed. Until then it is suspended.</summary>
    public DateTimeOffset? ClosesAt { get; init; }
}

/// <summary>The door to organizations.</summary>
public interface IOrganizations
{
    /// <summary>The organization; null where there is none. Cached for seconds.</summary>
    Task<OrganizationView?> GetAsync(string organizationId, CancellationToken cancellationToken);

    /// <summary>The organizations of a person, oldest membership first.</summary>
    Task<IReadOnlyList<MembershipView>> OfUserAsync(string userId, CancellationToken cancellationToken);

    /// <summary>The members of an organization.</summary>
    Task<IReadOnlyList<MembershipView>> MembersAsync(string organizationId, CancellationToken cancellationToken);

    /// <summary>Adds a new organization on trial, with its owner, to the batch; returns its id.</summary>
    string StageNew(WriteBatch batch, string name, string ownerUserId, string timeZone);

    /// <summary>Suspends, with its audit record: nobody can act in the organization and nothing of it is published until it is activated. Staff with <see cref="Permission.StaffTenantsManage"/> only.</summary>
    Task<Result<Done>> SuspendAsync(Caller caller, string organizationId, string reason, CancellationToken cancellationToken);

    /// <summary>Ends the suspension. Staff with <see cref="Permission.StaffTenantsManage"/> only.</summary>
    Task<Result<Done>> ActivateAsync(Caller caller, string organizationId, CancellationToken cancellationToken);

    /// <summary>A page of all organizations, newest first; staff with <see cref="Permission.StaffTenantsRead"/> only.</summary>
    /// <param name="caller">Who asks.</param>
    /// <param name="search">Part of the name, in any case; null for all.</param>
    /// <param name="suspended">Only those that are, or are not; null for all.</param>
    /// <param name="limit">1 to 100.</param>
    /// <param name="cursor">Of the page before.</param>
    /// <param name="cancellationToken">Gives up.</param>
    Task<Result<Page<OrganizationView>>> ListAsync(Caller caller, string? search, bool? suspended, int limit, string? cursor, CancellationToken cancellationToken);

    /// <summary>How many organizations there are, and how many of them are suspended; staff only.</summary>
    Task<Result<OrganizationCounts>> CountAsync(Caller caller, CancellationToken cancellationToken);
}

/// <summary>Counts for the staff's overview.</summary>
public sealed record OrganizationCounts(long All, long Suspended, long OnTrial);
