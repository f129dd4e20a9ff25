using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Contracts;

/// <summary>Holds a member to the channels they were given. Reading is not limited by channel.</summary>
public static class ChannelAccess
{
    /// <summary>Forbidden <c>channel_not_allowed</c> where one of the channels is not the caller's to use; null where all are.</summary>
    public static Problem? Refuse(Caller caller, IEnumerable<string> channelIds) => channelIds.All(caller.MayUse)
        ? null
        : new(ProblemKind.Forbidden, "channel_not_allowed", "You may not use one of the channels. Ask an owner or admin of your organization to give it to you.");
}
