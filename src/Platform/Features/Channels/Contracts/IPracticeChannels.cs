using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Contracts;

/// <summary>Connects accounts of the practice network, for which nothing need be given: for the demo and for first steps.</summary>
public interface IPracticeChannels
{
    /// <summary>Connects one under a name; the same action as the page's and the API's.</summary>
    Task<Result<ChannelView>> ConnectAsync(Caller caller, string displayName, CancellationToken cancellationToken);
}
