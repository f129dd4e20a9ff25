using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A member of an organization.</summary>
public sealed record MemberView(string UserId, string Name, string Email, Role Role, DateTimeOffset JoinedAt)
{
    /// <summary>The channels they may act on; null: all.</summary>
    public IReadOnlyList<string>? Channels { get; init; }

    /// <summary>Whether their account has a second factor; null where it is not known, or not the reader's business.</summary>
    public bool? TwoFactor { get; init; }

    /// <summary>When they were last here, to a few minutes; null where it is not known, or not the reader's business.</summary>
    public DateTimeOffset? LastSeenAt { get; init; }
}

/// <summary>How many places the plan has, and how many are taken.</summary>
/// <param name="Members">Members.</param>
/// <param name="Invitations">Invitations that can still be accepted.</param>
/// <param name="Limit">What the plan allows; null: any number.</param>
/// <param name="Plan">The plan in force.</param>
public sealed record PlacesView(int Members, int Invitations, int? Limit, string Plan)
{
    /// <summary>How many more may be invited; null: any number.</summary>
    public int? Left => Limit is { } most ? Math.Max(0, most - Members - Invitations) : null;
}

/// <summary>Reads who is in an organization.</summary>
public sealed class ReadMembers(IOrganizations organizations, IAccounts accounts, IPeopleSecurity security, RosterChanges roster, IPlanLimits limits)
{
    /// <summary>The members of the active organization, oldest first.</summary>
    public async Task<Result<Page<MemberView>>> RunAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        if (caller.OrganizationId != id) { return Problem.NotFound("organization"); }
        var places = await organizations.MembersAsync(id, cancellationToken);
        List<string> ids = [.. places.Select(p => p.UserId)];
        var people = await accounts.FindAsync(ids, cancellationToken);
        var secured = caller.May(Permission.MembersManage) ? await security.FindAsync(ids, cancellationToken) : new Dictionary<string, PersonSecurity>();
        return new Page<MemberView>([.. places.Where(p => people.ContainsKey(p.UserId)).Select(p => View(p, people[p.UserId], secured.GetValueOrDefault(p.UserId)))], null);
    }

    /// <summary>The plan's places, for those who invite.</summary>
    public async Task<Result<PlacesView>> PlacesAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage)) { return Problem.Forbidden(); }
        if (caller.OrganizationId != id) { return Problem.NotFound("organization"); }
        var (state, plan) = (await roster.ReadAsync(id, cancellationToken), await limits.OfAsync(id, cancellationToken));
        return new PlacesView(state.Members.Count, state.Invitations.Count, plan.Members, plan.Plan);
    }

    private static MemberView View(MembershipView place, PersonView person, PersonSecurity? secured) => new(place.UserId, person.Name, person.Email, place.Role, place.JoinedAt)
    {
        Channels = place.Channels is null ? null : [.. place.Channels], TwoFactor = secured?.TwoFactor, LastSeenAt = secured?.LastSeenAt,
    };
}
