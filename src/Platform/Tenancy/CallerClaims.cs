using System.Security.Claims;

namespace Platform.Tenancy;

/// <summary>How a signed-in <see cref="Caller"/> travels as claims: in a token, in a cookie, in a circuit. One identity for a customer, another for staff; never one for both.</summary>
public static class CallerClaims
{
    /// <summary>The claim with the person's or staff account's id.</summary>
    public const string Subject = "sub";

    /// <summary>The claim with the session's id.</summary>
    public const string Session = "sid";

    /// <summary>The claim with the active organization's id.</summary>
    public const string Organization = "org";

    /// <summary>The claim that says why a signed-in person may do nothing: email_not_verified, organization_suspended, two_factor_required; for staff two_factor_setup_required, address_not_allowed.</summary>
    public const string Restriction = "restriction";

    /// <summary>The claim with the id of the staff account that acts as the customer.</summary>
    public const string Impersonator = "impersonator";

    /// <summary>The claim with the address that the session is used from: an open page knows no request to ask.</summary>
    public const string Address = "address";

    private const string KindClaim = "kind";
    private const string NameClaim = "name";
    private const string RoleClaim = "role";
    private const string KeyClaim = "key";
    private const string ScopesClaim = "scopes";
    private const string ChannelsClaim = "channels";
    private const string ImpersonatorNameClaim = "impersonator_name";

    /// <summary>The identity of a signed-in caller.</summary>
    /// <param name="caller">A person or a staff account.</param>
    /// <param name="scheme">The authentication scheme that vouches for it.</param>
    public static ClaimsIdentity ToIdentity(Caller caller, string scheme)
    {
        if (caller.Kind is not (CallerKind.Person or CallerKind.Staff)) { throw new ArgumentException("only a person or a staff account can sign in", nameof(caller)); }
        var identity = new ClaimsIdentity(scheme, NameClaim, RoleClaim);
        Add(KindClaim, caller.Kind.ToString());
        Add(Subject, caller.UserId);
        Add(NameClaim, caller.Name);
        Add(Organization, caller.Organization?.Value);
        Add(RoleClaim, caller.Role?.ToString() ?? caller.StaffRole?.ToString());
        Add(Session, caller.SessionId);
        Add(KeyClaim, caller.ApiKeyId);
        AddSet(ScopesClaim, caller.Scopes?.Select(s => s.ToString()));
        AddSet(ChannelsClaim, caller.Channels);
        Add(Impersonator, caller.Impersonator?.StaffId);
        Add(ImpersonatorNameClaim, caller.Impersonator?.Name);
        Add(Address, caller.Address);
        return identity;

        void Add(string type, string? value) { if (!string.IsNullOrEmpty(value)) { identity.AddClaim(new Claim(type, value)); } }

        // An empty set is a limit too: nothing at all. Only a missing claim means "not limited".
        void AddSet(string type, IEnumerable<string>? values) { if (values is not null) { identity.AddClaim(new Claim(type, string.Join(' ', values.Order(StringComparer.Ordinal)))); } }
    }

    /// <summary>The customer or the staff account in a principal; null where that kind is not signed in.</summary>
    public static Caller? Read(ClaimsPrincipal principal, CallerKind kind)
    {
        var identity = principal.Identities.FirstOrDefault(i => i.IsAuthenticated && i.FindFirst(KindClaim)?.Value == kind.ToString());
        if (identity?.FindFirst(Subject)?.Value is not { } subject) { return null; }
        return new Caller
        {
            Kind = kind,
            UserId = subject,
            Name = identity.FindFirst(NameClaim)?.Value ?? "",
            Organization = kind == CallerKind.Person && identity.FindFirst(Restriction) is null && identity.FindFirst(Organization)?.Value is { } organization ? new OrganizationId(organization) : null,
            Role = kind == CallerKind.Person ? Parse<Role>(identity) : null,
            StaffRole = kind == CallerKind.Staff ? Parse<StaffRole>(identity) : null,
            SessionId = identity.FindFirst(Session)?.Value,
            ApiKeyId = identity.FindFirst(KeyClaim)?.Value,
            // A scope that is not known any more grants nothing.
            Scopes = ReadSet(identity, ScopesClaim)?.SelectMany(s => Enum.TryParse<Permission>(s, out var scope) ? [scope] : Array.Empty<Permission>()).ToHashSet(),
            Channels = ReadSet(identity, ChannelsClaim)?.ToHashSet(StringComparer.Ordinal),
            Address = identity.FindFirst(Address)?.Value,
            Impersonator = identity.FindFirst(Impersonator)?.Value is { } staff ? new Tenancy.Impersonator(staff, identity.FindFirst(ImpersonatorNameClaim)?.Value ?? "") : null,
        };
    }

    private static string[]? ReadSet(ClaimsIdentity identity, string type) => identity.FindFirst(type)?.Value.Split(' ', StringSplitOptions.RemoveEmptyEntries);

    private static T? Parse<T>(ClaimsIdentity identity) where T : struct, Enum => Enum.TryParse<T>(identity.FindFirst(RoleClaim)?.Value, out var role) ? role : null;
}
