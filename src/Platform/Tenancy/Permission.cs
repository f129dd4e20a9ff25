namespace Platform.Tenancy;

/// <summary>What a caller may do. Customer permissions come from the role in the organization, staff permissions from the staff role.</summary>
public enum Permission
{
    /// <summary>See posts, channels, calendar and numbers.</summary>
    ContentRead,

    /// <summary>Write and edit posts, upload media.</summary>
    ContentWrite,

    /// <summary>Approve or reject posts of others.</summary>
    ContentApprove,

    /// <summary>See what one is asked to approve, and answer. All that a Client has.</summary>
    ContentReview,

    /// <summary>Schedule, publish, cancel and retry.</summary>
    ContentPublish,

    /// <summary>Connect, pause and remove channels.</summary>
    ChannelsManage,

    /// <summary>See analytics.</summary>
    AnalyticsRead,

    /// <summary>Ask agents to work.</summary>
    AgentsUse,

    /// <summary>Configure agents and their budgets.</summary>
    AgentsManage,

    /// <summary>Invite, change and remove members.</summary>
    MembersManage,

    /// <summary>Change the organization's settings.</summary>
    OrganizationManage,

    /// <summary>Make and revoke API keys.</summary>
    KeysManage,

    /// <summary>Read the organization's audit log.</summary>
    AuditRead,

    /// <summary>See and change plan and payment.</summary>
    BillingManage,

    /// <summary>Staff: see the platform's overview and health.</summary>
    StaffOverview,

    /// <summary>Staff: see users and organizations.</summary>
    StaffTenantsRead,

    /// <summary>Staff: suspend, activate and change users and organizations.</summary>
    StaffTenantsManage,

    /// <summary>Staff: act as a customer, for a stated reason and a short time.</summary>
    StaffImpersonate,

    /// <summary>Staff: see the jobs dashboard.</summary>
    StaffJobsRead,

    /// <summary>Staff: requeue, delete and trigger jobs.</summary>
    StaffJobsManage,

    /// <summary>Staff: read the audit log.</summary>
    StaffAuditRead,

    /// <summary>Staff: manage staff accounts and platform settings.</summary>
    StaffManage,
}
