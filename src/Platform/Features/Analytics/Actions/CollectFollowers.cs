using Platform.Features.Analytics.Domain;
using Platform.Features.Analytics.Store;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Networks;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Actions;

/// <summary>Reads the numbers of every active channel's account. One channel's failure holds up no other.</summary>
public sealed class CollectFollowers(AnalyticsStore store, IOrganizations organizations, IChannels channels, TimeProvider time, ILogger<CollectFollowers> logger)
{
    /// <summary>Runs it; how many accounts were read.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        string? cursor = null;
        do
        {
            var page = (await organizations.ListAsync(Caller.Platform, null, false, 100, cursor, cancellationToken)).Unwrap();
            foreach (var organization in page.Items) { read += await OrganizationAsync(organization.Id, cancellationToken); }
            cursor = page.NextCursor;
        }
        while (cursor is not null);
        return read;
    }

    /// <summary>One organization's channels.</summary>
    public async Task<int> OrganizationAsync(string organizationId, CancellationToken cancellationToken)
    {
        var caller = Caller.System(organizationId, "analytics");
        var read = 0;
        foreach (var channel in (await channels.ListAsync(caller, cancellationToken)).Where(c => c.Status is not ChannelStatus.NeedsReconnect))
        {
            if (await TryAsync(caller, channel.Id, cancellationToken)) { read++; }
        }
        return read;
    }

    private async Task<bool> TryAsync(Caller caller, string channelId, CancellationToken cancellationToken)
    {
        try
        {
            if (await channels.OpenAsync(caller.OrganizationId, channelId, cancellationToken) is not { } channel || !channel.Network.Descriptor.Capabilities.HasFlag(NetworkCapabilities.Metrics)) { return false; }
            var numbers = await channel.Network.GetAccountMetricsAsync(channel.Connection, cancellationToken);
            if (numbers.Ok) { await store.SaveAccountAsync(caller, Snapshot(caller.OrganizationId, channelId, numbers.Value, time.GetUtcNow()), cancellationToken); }
            return numbers.Ok;
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(problem, "The account of channel {ChannelId} could not be read", channelId);
            return false;
        }
    }

    /// <summary>The snapshot of a day.</summary>
    public static AccountSnapshot Snapshot(string organizationId, string channelId, AccountMetrics numbers, DateTimeOffset at)
    {
        var day = DateOnly.FromDateTime(at.UtcDateTime);
        return new AccountSnapshot
        {
            Id = Keys.Of(channelId, day.ToString("yyyy-MM-dd", System.Globalization.CultureInfo.InvariantCulture)), OrganizationId = organizationId, ChannelId = channelId, Day = AnalyticsStore.Start(day),
            Followers = numbers.Followers, Following = numbers.Following, Posts = numbers.Posts,
        };
    }
}
