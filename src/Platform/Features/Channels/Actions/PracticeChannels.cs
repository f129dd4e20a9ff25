using Platform.Features.Channels.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Actions;

/// <inheritdoc />
public sealed class PracticeChannels(ConnectChannel connect) : IPracticeChannels
{
    /// <inheritdoc />
    public async Task<Result<ChannelView>> ConnectAsync(Caller caller, string displayName, CancellationToken cancellationToken) =>
        (await connect.RunAsync(caller, new() { Network = "sandbox", DisplayName = displayName }, "", null, cancellationToken)).Map(done => done.Channel!);
}
