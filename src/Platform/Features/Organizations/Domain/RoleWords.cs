using Platform.Tenancy;

namespace Platform.Features.Organizations.Domain;

/// <summary>Roles in sentences.</summary>
public static class RoleWords
{
    /// <summary>Such as "an editor".</summary>
    public static string WithArticle(Role role) => role switch
    {
        Role.Owner => "an owner",
        Role.Admin => "an admin",
        Role.Manager => "a manager",
        Role.Editor => "an editor",
        Role.Viewer => "a viewer",
        _ => "a client who approves posts",
    };
}
