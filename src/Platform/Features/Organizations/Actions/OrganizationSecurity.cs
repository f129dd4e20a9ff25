using Platform.Features.Accounts.Contracts;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A member whom a rule concerns.</summary>
public sealed record ConcernedMember(string UserId, string Name, string Email);

/// <summary>An organization's rules for its members.</summary>
/// <param name="RequiresTwoFactor">Whether every member must have signed in with two factors.</param>
/// <param name="AllowedDomains">The mail domains that new members' addresses must have; empty: any. Clients are not held to it.</param>
/// <param name="WithoutTwoFactor">The members who would be, or are, locked out by the first rule until they add a second factor.</param>
/// <param name="OutsideDomains">The members who were there before the second rule; they stay.</param>
/// <param name="Version">For If-Match.</param>
public sealed record SecurityView(bool RequiresTwoFactor, IReadOnlyList<string> AllowedDomains, IReadOnlyList<ConcernedMember> WithoutTwoFactor, IReadOnlyList<ConcernedMember> OutsideDomains, long Version);

/// <summary>The rules as they shall be.</summary>
public sealed record SetSecurityRequest(bool RequiresTwoFactor, IReadOnlyList<string> AllowedDomains);

/// <summary>The rules for an organization's members: two factors, mail domains.</summary>
public sealed class OrganizationSecurity(OrganizationChanges changes, RosterChanges roster, IAccounts accounts, IPeopleSecurity security)
{
    /// <summary>Reads them, with whom they concern.</summary>
    public async Task<Result<SecurityView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        var found = await changes.ReadAsync(caller, id, cancellationToken);
        return found.Ok ? await ViewAsync(found.Value, cancellationToken) : found.Problem;
    }

    /// <summary>Changes them. Only an owner who has a second factor demands one of others.</summary>
    public async Task<Result<SecurityView>> SetAsync(Caller caller, string id, SetSecurityRequest request, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage) || !caller.IsInPerson) { return Problem.Forbidden(); }
        var domains = MailDomains.Clean(request.AllowedDomains ?? []);
        if (!domains.Ok) { return domains.Problem; }
        var found = await changes.ReadAsync(caller, id, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        if (found.Value.RequiresTwoFactor != request.RequiresTwoFactor && await CheckTwoFactorAsync(caller, request.RequiresTwoFactor, cancellationToken) is { } refused) { return refused; }
        var result = await changes.WriteAsync(caller, id, version, o => new ChangedOrganization(
            o with { RequiresTwoFactor = request.RequiresTwoFactor, AllowedDomains = domains.Value },
            new AuditEntry("organization.security_changed", "organization", id)
            {
                Changes = OrganizationChanges.Differences(
                    ("requiresTwoFactor", o.RequiresTwoFactor.ToString(), request.RequiresTwoFactor.ToString()), ("allowedDomains", string.Join(' ', o.AllowedDomains), string.Join(' ', domains.Value))),
            }), cancellationToken);
        return result.Ok ? await ViewAsync(result.Value, cancellationToken) : result.Problem;
    }

    private async Task<Problem?> CheckTwoFactorAsync(Caller caller, bool demanded, CancellationToken cancellationToken)
    {
        if (caller.Role != Role.Owner) { return new Problem(ProblemKind.Forbidden, "owner_only", "Only an owner decides whether two factors are demanded."); }
        if (!demanded) { return null; }
        var own = await security.FindAsync([caller.UserId!], cancellationToken);
        return own.GetValueOrDefault(caller.UserId!)?.TwoFactor == true
            ? null
            : Problem.Invalid("own_two_factor_missing", "Add a second factor to your own account first, or you would lock yourself out.");
    }

    private async Task<SecurityView> ViewAsync(Organization o, CancellationToken cancellationToken)
    {
        var members = (await roster.ReadAsync(o.Id, cancellationToken)).Members;
        List<string> ids = [.. members.Select(m => m.UserId)];
        var (people, secured) = (await accounts.FindAsync(ids, cancellationToken), await security.FindAsync(ids, cancellationToken));
        var known = members.Where(m => people.ContainsKey(m.UserId)).ToList();
        return new SecurityView(
            o.RequiresTwoFactor, o.AllowedDomains,
            [.. known.Where(m => secured.GetValueOrDefault(m.UserId)?.TwoFactor != true).Select(Concerned)],
            [.. known.Where(m => MailDomains.Check(o.AllowedDomains, people[m.UserId].Email, m.Role) is not null).Select(Concerned)],
            o.Version);

        ConcernedMember Concerned(Membership m) => new(m.UserId, people[m.UserId].Name, people[m.UserId].Email);
    }
}
