using Microsoft.Extensions.Localization;
using Platform.Features.Audit.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Audit.Ui;

/// <summary>Actions, areas and actors in words.</summary>
public static class AuditWords
{
    /// <summary>The areas that a reader can narrow the log to, as the first part of their actions.</summary>
    public static readonly IReadOnlyList<string> Areas =
        ["sign_in", "session", "account", "organization", "member", "post", "publication", "channel", "media", "agent", "api_key", "audit"];

    /// <summary>The areas that only staff meet.</summary>
    public static readonly IReadOnlyList<string> StaffAreas = ["staff", "job", "key"];

    /// <summary>An action in words: the resource's where there is one, else its own name spelled out.</summary>
    public static string Say(IStringLocalizer words, string action)
    {
        var known = words[$"Action.{action}"];
        if (!known.ResourceNotFound) { return known.Value; }
        var spelled = action.Replace('.', ' ').Replace('_', ' ').Replace('-', ' ');
        return spelled.Length == 0 ? action : char.ToUpperInvariant(spelled[0]) + spelled[1..];
    }

    /// <summary>An area in words.</summary>
    public static string SayArea(IStringLocalizer words, string area)
    {
        var known = words[$"Area.{area}"];
        return known.ResourceNotFound ? Say(words, area) : known.Value;
    }

    /// <summary>Who did it.</summary>
    public static string Actor(IStringLocalizer words, AuditView entry)
    {
        var name = entry.ActorName.Length > 0 ? entry.ActorName : words[entry.ActorKind == CallerKind.Anonymous ? "Nobody" : "Someone"].Value;
        return entry.ImpersonatorName is { } staff ? words["OnBehalf", staff, name].Value : name;
    }

    /// <summary>An icon for the kind of actor.</summary>
    public static string Icon(AuditView entry) => entry switch
    {
        { ImpersonatorId: not null } => "supervised_user_circle",
        { ApiKeyId: not null } => "vpn_key",
        { ActorKind: CallerKind.Staff } => "shield_person",
        { ActorKind: CallerKind.System } => "smart_toy",
        { ActorKind: CallerKind.Anonymous } => "question_mark",
        _ => "person",
    };
}
