using Platform.Features.Organizations.Actions;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Ui;

/// <summary>A role and channels while they are being chosen.</summary>
public sealed class RightsForm
{
    /// <summary>The role.</summary>
    public Role Role { get; set; } = Role.Editor;

    /// <summary>Whether all channels are meant, those to come too.</summary>
    public bool AllChannels { get; set; } = true;

    /// <summary>The chosen ones.</summary>
    public HashSet<string> Channels { get; } = new(StringComparer.Ordinal);

    /// <summary>Whether the role can be limited to channels.</summary>
    public bool MayBeLimited => ChannelChoice.Fits(Role);

    /// <summary>What the action is asked for.</summary>
    public IReadOnlyList<string>? Wanted => AllChannels || !MayBeLimited ? null : [.. Channels];

    /// <summary>Takes a channel in or out.</summary>
    public void Choose(string id, bool chosen)
    {
        if (chosen) { Channels.Add(id); } else { Channels.Remove(id); }
    }

    /// <summary>The roles that somebody may give.</summary>
    public static IReadOnlyList<Role> RolesFor(Role? giver) => [.. Enum.GetValues<Role>().Where(r => r != Role.Owner || giver == Role.Owner)];
}
