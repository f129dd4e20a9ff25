using System.Collections.Frozen;
using static Platform.Tenancy.Permission;

namespace Platform.Tenancy;

/// <summary>A member's role in an organization, from most to least.</summary>
public enum Role
{
    /// <summary>Everything, billing included; an organization has at least one.</summary>
    Owner,

    /// <summary>Everything but billing.</summary>
    Admin,

    /// <summary>Approves and publishes.</summary>
    Manager,

    /// <summary>Writes.</summary>
    Editor,

    /// <summary>Looks.</summary>
    Viewer,

    /// <summary>An outside approver: sees only what is sent to them.</summary>
    Client,
}

/// <summary>A staff account's role.</summary>
public enum StaffRole
{
    /// <summary>Everything.</summary>
    SuperAdmin,

    /// <summary>Everything but staff accounts.</summary>
    Admin,

    /// <summary>Tenants and jobs.</summary>
    Support,

    /// <summary>Plans and revenue.</summary>
    Finance,

    /// <summary>Jobs and health.</summary>
    Technical,

    /// <summary>Content moderation.</summary>
    ContentModerator,
}

/// <summary>Which role may do what: the one table.</summary>
public static class Roles
{
    private static readonly Permission[] Viewing = [ContentRead, AnalyticsRead];
    private static readonly Permission[] Editing = [.. Viewing, ContentWrite, AgentsUse];
    private static readonly Permission[] Managing = [.. Editing, ContentApprove, ContentReview, ContentPublish];
    private static readonly Permission[] Administering = [.. Managing, ChannelsManage, MembersManage, OrganizationManage, AgentsManage, KeysManage, AuditRead];

    private static readonly FrozenDictionary<Role, FrozenSet<Permission>> Customers = new Dictionary<Role, Permission[]>
    {
        [Role.Owner] = [.. Administering, BillingManage],
        [Role.Admin] = Administering,
        [Role.Manager] = Managing,
        [Role.Editor] = Editing,
        [Role.Viewer] = Viewing,
        [Role.Client] = [ContentReview],
    }.ToFrozenDictionary(e => e.Key, e => e.Value.ToFrozenSet());

    private static readonly FrozenDictionary<StaffRole, FrozenSet<Permission>> Staff = new Dictionary<StaffRole, Permission[]>
    {
        [StaffRole.SuperAdmin] = [StaffOverview, StaffTenantsRead, StaffTenantsManage, StaffImpersonate, StaffJobsRead, StaffJobsManage, StaffAuditRead, StaffManage],
        [StaffRole.Admin] = [StaffOverview, StaffTenantsRead, StaffTenantsManage, StaffImpersonate, StaffJobsRead, StaffJobsManage, StaffAuditRead],
        [StaffRole.Support] = [StaffOverview, StaffTenantsRead, StaffTenantsManage, StaffImpersonate, StaffJobsRead, StaffJobsManage],
        [StaffRole.Finance] = [StaffOverview, StaffTenantsRead],
        [StaffRole.Technical] = [StaffOverview, StaffJobsRead, StaffJobsManage, StaffAuditRead],
        [StaffRole.ContentModerator] = [StaffOverview, StaffTenantsRead],
    }.ToFrozenDictionary(e => e.Key, e => e.Value.ToFrozenSet());

    /// <summary>What a member with this role may do.</summary>
    public static IReadOnlySet<Permission> Of(Role role) => Customers[role];

    /// <summary>What a staff account with this role may do.</summary>
    public static IReadOnlySet<Permission> Of(StaffRole role) => Staff[role];

    /// <summary>The roles of members that hold a permission; empty for staff permissions.</summary>
    public static IEnumerable<Role> With(Permission permission) => Customers.Where(e => e.Value.Contains(permission)).Select(e => e.Key);

    /// <summary>The staff roles that hold a permission; empty for customer permissions.</summary>
    public static IEnumerable<StaffRole> StaffWith(Permission permission) => Staff.Where(e => e.Value.Contains(permission)).Select(e => e.Key);
}
