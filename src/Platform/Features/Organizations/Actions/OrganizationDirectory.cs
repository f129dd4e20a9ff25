using Platform.Coordination;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <inheritdoc cref="IOrganizations" />
public sealed class OrganizationDirectory(OrganizationStore store, IAudit audit, ICache cache, ISignals signals, TimeProvider time) : IOrganizations, IPlanLimits
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);

    /// <inheritdoc />
    public async Task<OrganizationView?> GetAsync(string organizationId, CancellationToken cancellationToken)
    {
        if (await cache.GetAsync<OrganizationView>(KeyOf(organizationId), cancellationToken) is { } known) { return known; }
        if (await store.GetAsync(organizationId, cancellationToken) is not { } found) { return null; }
        var view = View(found);
        await cache.SetAsync(KeyOf(organizationId), view, Fresh, cancellationToken);
        return view;
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<MembershipView>> OfUserAsync(string userId, CancellationToken cancellationToken)
    {
        var places = await store.OfUserAsync(userId, cancellationToken);
        var organizations = (await store.GetAsync([.. places.Select(p => p.OrganizationId)], cancellationToken)).ToDictionary(o => o.Id);
        return [.. places.Where(p => organizations.ContainsKey(p.OrganizationId)).Select(p => View(p, organizations[p.OrganizationId]))];
    }

    /// <inheritdoc />
    public async Task<IReadOnlyList<MembershipView>> MembersAsync(string organizationId, CancellationToken cancellationToken) =>
        await store.GetAsync(organizationId, cancellationToken) is { } organization ? [.. (await store.MembersAsync(organizationId, cancellationToken)).Select(m => View(m, organization))] : [];

    /// <inheritdoc />
    public string StageNew(WriteBatch batch, string name, string ownerUserId, string timeZone)
    {
        var now = time.GetUtcNow();
        var organization = new Organization
        {
            Name = name.Trim(), SearchName = name.Trim().ToLowerInvariant(), TimeZone = timeZone, Plan = Plans.Free, TrialEndsAt = now + Plans.TrialLength, CreatedAt = now,
        };
        batch.Insert(Caller.Platform, organization);
        batch.Insert(Caller.Platform, new Membership { OrganizationId = organization.Id, UserId = ownerUserId, Role = Role.Owner, JoinedAt = now });
        batch.Insert(Caller.Platform, new Roster { Id = organization.Id, OrganizationId = organization.Id });
        return organization.Id;
    }

    /// <inheritdoc />
    public Task<Result<Done>> SuspendAsync(Caller caller, string organizationId, string reason, CancellationToken cancellationToken) =>
        SwitchAsync(caller, organizationId, suspend: true, reason, cancellationToken);

    /// <inheritdoc />
    public Task<Result<Done>> ActivateAsync(Caller caller, string organizationId, CancellationToken cancellationToken) =>
        SwitchAsync(caller, organizationId, suspend: false, "", cancellationToken);

    /// <inheritdoc />
    public async Task<Result<Page<OrganizationView>>> ListAsync(Caller caller, string? search, bool? suspended, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsRead)) { return Problem.Forbidden(); }
        return (await store.ListAsync(search, suspended, Math.Clamp(limit, 1, 100), cursor, cancellationToken)).Map(View);
    }

    /// <inheritdoc />
    public async Task<Result<OrganizationCounts>> CountAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffOverview)) { return Problem.Forbidden(); }
        var now = time.GetUtcNow();
        return new OrganizationCounts(
            await store.CountAsync(_ => true, cancellationToken),
            await store.CountAsync(o => o.Suspended, cancellationToken),
            await store.CountAsync(o => o.Plan == Plans.Free && o.TrialEndsAt > now, cancellationToken));
    }

    /// <inheritdoc />
    public async Task<PlanLimits> OfAsync(string organizationId, CancellationToken cancellationToken) =>
        Plans.Of((await GetAsync(organizationId, cancellationToken) ?? throw new InvalidOperationException("no such organization")).Plan);

    /// <summary>Forgets what is cached of an organization and has its members' sessions looked at again.</summary>
    public async Task AnnounceAsync(string organizationId, CancellationToken cancellationToken)
    {
        await cache.RemoveAsync(KeyOf(organizationId), cancellationToken);
        foreach (var member in await store.MembersAsync(organizationId, cancellationToken)) { await signals.PublishAsync(Topics.SessionsChanged, member.UserId, cancellationToken); }
    }

    internal OrganizationView View(Organization o) =>
        new(o.Id, o.Name, o.TimeZone, Plans.InForce(o.Plan, o.TrialEndsAt, time.GetUtcNow()), o.TrialEndsAt, o.Suspended || o.ClosesAt is not null, o.CreatedAt)
        {
            WeekStart = o.WeekStart, RequiresTwoFactor = o.RequiresTwoFactor, ClosesAt = o.ClosesAt, LogoUrl = o.LogoUrl, Utm = o.Utm, Version = o.Version,
        };

    private async Task<Result<Done>> SwitchAsync(Caller caller, string organizationId, bool suspend, string reason, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffTenantsManage)) { return Problem.Forbidden(); }
        if (suspend && string.IsNullOrWhiteSpace(reason)) { return Problem.InvalidField("reason", "reason_missing", "Say why: the reason goes into the audit log."); }
        if (await store.GetAsync(organizationId, cancellationToken) is not { } organization) { return Problem.NotFound("organization"); }
        if (organization.Suspended == suspend) { return Problem.Conflict("state_unchanged", suspend ? "It is suspended already." : "It is not suspended."); }
        var batch = new WriteBatch().Replace(Caller.Platform, organization with { Suspended = suspend, SuspendedAt = suspend ? time.GetUtcNow() : null });
        audit.Record(batch, caller, new AuditEntry(suspend ? "organization.suspended" : "organization.activated", "organization", organizationId, reason, organizationId));
        if (!await store.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await AnnounceAsync(organizationId, cancellationToken);
        return Done.Ok;
    }

    private static MembershipView View(Membership place, Organization organization) =>
        new(organization.Id, organization.Name, place.UserId, place.Role, organization.Suspended || organization.ClosesAt is not null)
        {
            JoinedAt = place.JoinedAt, Channels = place.ChannelIds?.ToHashSet(StringComparer.Ordinal), RequiresTwoFactor = organization.RequiresTwoFactor, ClosesAt = organization.ClosesAt,
        };

    private static string KeyOf(string organizationId) => $"organization:{organizationId}";
}
