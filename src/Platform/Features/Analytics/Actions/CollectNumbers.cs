using System.Text.Json;
using Platform.Coordination;
using Platform.Features.Analytics.Domain;
using Platform.Features.Analytics.Store;
using Platform.Features.Channels.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Actions;

/// <summary>Reads the numbers that are due, channel by channel, at most 25 posts a call. A channel that fails is read again later and holds up no other.</summary>
public sealed class CollectNumbers(AnalyticsStore store, IChannels channels, ISignals signals, TimeProvider time, ILogger<CollectNumbers> logger)
{
    private const int Batch = 200, Batches = 10, PostsACall = 25;
    private static readonly TimeSpan Taken = TimeSpan.FromMinutes(10);

    /// <summary>Runs it; how many publications were read.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var read = 0;
        for (var batch = 0; batch < Batches; batch++)
        {
            var due = await store.TakeDueAsync(time.GetUtcNow(), time.GetUtcNow() + Taken, Batch, cancellationToken);
            foreach (var channel in due.GroupBy(t => (t.OrganizationId, t.ChannelId))) { read += await ChannelAsync(channel.Key.OrganizationId, channel.Key.ChannelId, [.. channel], cancellationToken); }
            if (due.Count < Batch) { break; }
        }
        return read;
    }

    private async Task<int> ChannelAsync(string organizationId, string channelId, List<TrackedPublication> due, CancellationToken cancellationToken)
    {
        try
        {
            if (await channels.OpenAsync(organizationId, channelId, cancellationToken) is not { } channel) { return await StopAsync(due, "The channel was removed.", cancellationToken); }
            if (channel.Status is ChannelStatus.NeedsReconnect) { return await LaterAsync(due, "The channel must be reconnected.", cancellationToken); }
            if (!channel.Network.Descriptor.Capabilities.HasFlag(NetworkCapabilities.Metrics)) { return await StopAsync(due, "The network shows no numbers.", cancellationToken); }
            return await ReadAsync(channel, due, cancellationToken);
        }
        catch (Exception problem) when (!cancellationToken.IsCancellationRequested)
        {
            logger.LogWarning(problem, "The numbers of channel {ChannelId} could not be read", channelId);
            return await LaterAsync(due, "The numbers could not be read this time.", cancellationToken);
        }
    }

    private async Task<int> ReadAsync(OpenChannel channel, List<TrackedPublication> due, CancellationToken cancellationToken)
    {
        var metrics = new Dictionary<string, PostMetrics>();
        foreach (var call in due.SelectMany(t => t.Remote).Chunk(PostsACall))
        {
            var answer = await channel.Network.GetMetricsAsync(channel.Connection, call, cancellationToken);
            if (!answer.Ok) { return await FailedAsync(channel, due, answer.Problem, cancellationToken); }
            foreach (var m in answer.Value) { metrics[m.RemoteId] = m; }
        }
        foreach (var publication in due) { await KeepAsync(channel, publication, [.. publication.Remote.Select(r => metrics.GetValueOrDefault(r.Id)).OfType<PostMetrics>()], cancellationToken); }
        foreach (var post in due.Select(t => t.PostId).Distinct())
        {
            await signals.PublishAsync(Topics.Live(channel.Connection.OrganizationId), JsonSerializer.Serialize(new LiveEvent("analytics", post), JsonSerializerOptions.Web), cancellationToken);
        }
        return due.Count;
    }

    private async Task KeepAsync(OpenChannel channel, TrackedPublication publication, List<PostMetrics> parts, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        var next = TrackedPublication.Next(publication.PublishedAt, now);
        if (parts.Count == 0)
        {
            await store.NoteAsync(publication, null, true, "The post is no longer on the network.", cancellationToken);
            return;
        }
        var numbers = Arithmetic.Sum(parts);
        var repliesDue = numbers.Comments is null || numbers.Comments != publication.RepliesRead;
        var read = repliesDue && await RepliesAsync(channel, publication, cancellationToken) ? publication with { RepliesRead = numbers.Comments } : publication;
        await store.RecordAsync(read, numbers, now, next, cancellationToken);
    }

    private async Task<bool> RepliesAsync(OpenChannel channel, TrackedPublication publication, CancellationToken cancellationToken)
    {
        if (!channel.Network.Descriptor.Capabilities.HasFlag(NetworkCapabilities.Replies)) { return true; }
        var caller = Caller.System(publication.OrganizationId, "analytics");
        var replies = await channel.Network.GetRepliesAsync(channel.Connection, publication.Remote[0], cancellationToken);
        // What could not be read now is read with the next numbers.
        if (!replies.Ok)
        {
            logger.LogInformation("Replies of publication {PublicationId} were not read: {Code}", publication.Id, replies.Problem.Code);
            return false;
        }
        var fresh = await store.AddRepliesAsync(caller, [.. replies.Value.Select(r => new StoredReply
        {
            Id = Keys.Of(publication.Id, r.Id), OrganizationId = publication.OrganizationId, PublicationId = publication.Id, PostId = publication.PostId, ChannelId = publication.ChannelId, Reply = r,
        })], cancellationToken);
        if (fresh > 0) { await signals.PublishAsync(Topics.Live(publication.OrganizationId), JsonSerializer.Serialize(new LiveEvent("inbox", publication.PostId), JsonSerializerOptions.Web), cancellationToken); }
        return true;
    }

    private async Task<int> FailedAsync(OpenChannel channel, List<TrackedPublication> due, Problem problem, CancellationToken cancellationToken)
    {
        if (problem.Code == "auth_expired") { await channels.RefreshAsync(channel.Connection.OrganizationId, channel.Connection.ChannelId, channel.Connection.Secrets.AccessToken, cancellationToken); }
        return await LaterAsync(due, problem.Message, cancellationToken);
    }

    private async Task<int> LaterAsync(List<TrackedPublication> due, string why, CancellationToken cancellationToken)
    {
        foreach (var publication in due) { await store.NoteAsync(publication, TrackedPublication.Next(publication.PublishedAt, time.GetUtcNow()), false, why, cancellationToken); }
        return 0;
    }

    private async Task<int> StopAsync(List<TrackedPublication> due, string why, CancellationToken cancellationToken)
    {
        foreach (var publication in due) { await store.NoteAsync(publication, null, false, why, cancellationToken); }
        return 0;
    }
}
