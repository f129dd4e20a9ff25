using Platform.Tenancy;

namespace Platform.Features.Accounts.Domain;

/// <summary>
/// What a key can be made for. What needs a person (members, credentials, keys, the organization itself) is not offered: its routes refuse keys. Nor are approval and
/// review: an approval says that a person looked, and a key that approves what it wrote itself would be none.
/// </summary>
public static class ApiKeyScopes
{
    /// <summary>The scopes in groups, as a person chooses them; the group's name is a key of the texts.</summary>
    public static readonly IReadOnlyList<(string Group, IReadOnlyList<Permission> Scopes)> Groups =
    [
        ("Content", [Permission.ContentRead, Permission.ContentWrite, Permission.ContentPublish]),
        ("Channels", [Permission.ChannelsManage]),
        ("Numbers", [Permission.AnalyticsRead]),
        ("Agents", [Permission.AgentsUse, Permission.AgentsManage]),
        ("Log", [Permission.AuditRead]),
    ];

    /// <summary>All of them.</summary>
    public static readonly IReadOnlySet<Permission> Offered = Groups.SelectMany(g => g.Scopes).ToHashSet();
}
