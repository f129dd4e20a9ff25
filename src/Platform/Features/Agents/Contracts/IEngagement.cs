using Platform.Tenancy;

namespace Platform.Features.Agents.Contracts;

/// <summary>How a post did.</summary>
/// <param name="ChannelId">The channel.</param>
/// <param name="PublishedAt">When it went out.</param>
/// <param name="Engagement">Likes, comments and shares together.</param>
public sealed record PostEngagement(string ChannelId, DateTimeOffset PublishedAt, long Engagement);

/// <summary>Where the Scheduler agent gets numbers from. A post whose network gives no numbers is left out: no data is not zero.</summary>
public interface IEngagement
{
    /// <summary>The posts of channels that went out since a moment.</summary>
    Task<IReadOnlyList<PostEngagement>> SinceAsync(Caller caller, IReadOnlyCollection<string> channelIds, DateTimeOffset since, CancellationToken cancellationToken);
}
