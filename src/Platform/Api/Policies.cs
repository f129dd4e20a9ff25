using Microsoft.AspNetCore.Authorization;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>
/// The names of the authorization policies: one for each <see cref="Permission"/>, plus "any customer" and "any staff account".
/// A customer's token or cookie never satisfies a staff policy, nor the other way round: each policy reads only its own kind of identity.
/// </summary>
public static class Policies
{
    /// <summary>Any signed-in customer, with or without an organization; not an API key.</summary>
    public const string SignedIn = nameof(SignedIn);

    /// <summary>A signed-in customer in person: not an API key, and not staff acting as them. For credentials and security settings.</summary>
    public const string InPerson = nameof(InPerson);

    /// <summary>Any staff account.</summary>
    public const string AnyStaff = nameof(AnyStaff);

    /// <summary>Any staff account, also one that has still to set up its second factor: for the set-up itself and for signing out.</summary>
    public const string StaffSetup = nameof(StaffSetup);

    /// <inheritdoc cref="Permission.ContentRead" />
    public const string ContentRead = nameof(Permission.ContentRead);

    /// <inheritdoc cref="Permission.ContentWrite" />
    public const string ContentWrite = nameof(Permission.ContentWrite);

    /// <inheritdoc cref="Permission.ContentApprove" />
    public const string ContentApprove = nameof(Permission.ContentApprove);

    /// <inheritdoc cref="Permission.ContentReview" />
    public const string ContentReview = nameof(Permission.ContentReview);

    /// <inheritdoc cref="Permission.ContentPublish" />
    public const string ContentPublish = nameof(Permission.ContentPublish);

    /// <inheritdoc cref="Permission.ChannelsManage" />
    public const string ChannelsManage = nameof(Permission.ChannelsManage);

    /// <inheritdoc cref="Permission.AnalyticsRead" />
    public const string AnalyticsRead = nameof(Permission.AnalyticsRead);

    /// <inheritdoc cref="Permission.AgentsUse" />
    public const string AgentsUse = nameof(Permission.AgentsUse);

    /// <inheritdoc cref="Permission.AgentsManage" />
    public const string AgentsManage = nameof(Permission.AgentsManage);

    /// <inheritdoc cref="Permission.KeysManage" />
    public const string KeysManage = nameof(Permission.KeysManage);

    /// <inheritdoc cref="Permission.MembersManage" />
    public const string MembersManage = nameof(Permission.MembersManage);

    /// <inheritdoc cref="Permission.OrganizationManage" />
    public const string OrganizationManage = nameof(Permission.OrganizationManage);

    /// <inheritdoc cref="Permission.AuditRead" />
    public const string AuditRead = nameof(Permission.AuditRead);

    /// <inheritdoc cref="Permission.BillingManage" />
    public const string BillingManage = nameof(Permission.BillingManage);

    /// <inheritdoc cref="Permission.StaffOverview" />
    public const string StaffOverview = nameof(Permission.StaffOverview);

    /// <inheritdoc cref="Permission.StaffTenantsRead" />
    public const string StaffTenantsRead = nameof(Permission.StaffTenantsRead);

    /// <inheritdoc cref="Permission.StaffTenantsManage" />
    public const string StaffTenantsManage = nameof(Permission.StaffTenantsManage);

    /// <inheritdoc cref="Permission.StaffImpersonate" />
    public const string StaffImpersonate = nameof(Permission.StaffImpersonate);

    /// <inheritdoc cref="Permission.StaffJobsRead" />
    public const string StaffJobsRead = nameof(Permission.StaffJobsRead);

    /// <inheritdoc cref="Permission.StaffJobsManage" />
    public const string StaffJobsManage = nameof(Permission.StaffJobsManage);

    /// <inheritdoc cref="Permission.StaffAuditRead" />
    public const string StaffAuditRead = nameof(Permission.StaffAuditRead);

    /// <inheritdoc cref="Permission.StaffManage" />
    public const string StaffManage = nameof(Permission.StaffManage);

    /// <summary>The policy of a permission.</summary>
    public static string Of(Permission permission) => permission.ToString();

    /// <summary>Whether a policy is for staff.</summary>
    public static bool IsStaff(string policy) => policy is AnyStaff or StaffSetup || (Enum.TryParse<Permission>(policy, out var permission) && permission >= Permission.StaffOverview);

    /// <summary>Registers all policies and denies anonymous visitors wherever nothing else is said.</summary>
    internal static void Register(AuthorizationOptions options)
    {
        foreach (var permission in Enum.GetValues<Permission>()) { options.AddPolicy(Of(permission), Require(c => c.May(permission), IsStaff(Of(permission)))); }
        options.AddPolicy(SignedIn, Require(c => c.ApiKeyId is null, staff: false));
        options.AddPolicy(InPerson, Require(c => c.IsInPerson, staff: false));
        options.AddPolicy(AnyStaff, Require(c => c.StaffRole is not null, staff: true));
        options.AddPolicy(StaffSetup, new AuthorizationPolicyBuilder().RequireAssertion(context => MaySetUp(context.User)).Build());
        options.FallbackPolicy = new AuthorizationPolicyBuilder().RequireAssertion(context => context.User.Identities.Any(i => i.IsAuthenticated) || IsRoutersAnswer(context.Resource)).Build();
    }

    // A restricted staff session holds no role; the one restriction that this policy lets through is the one that the set-up lifts.
    private static bool MaySetUp(System.Security.Claims.ClaimsPrincipal user) => CallerClaims.Read(user, CallerKind.Staff) is { } staff
        && (staff.StaffRole is not null || user.FindFirst(CallerClaims.Restriction)?.Value == "two_factor_setup_required");

    // The router answers a wrong method or media type with an endpoint of its own, which only sets the status: 405 and 415 need no sign-in.
    private static bool IsRoutersAnswer(object? resource) => resource is HttpContext context && context.GetEndpoint() is { } endpoint and not RouteEndpoint && endpoint.Metadata.Count == 0;

    private static AuthorizationPolicy Require(Func<Caller, bool> may, bool staff) => new AuthorizationPolicyBuilder()
        .RequireAssertion(context => CallerClaims.Read(context.User, staff ? CallerKind.Staff : CallerKind.Person) is { } caller && may(caller))
        .Build();
}
