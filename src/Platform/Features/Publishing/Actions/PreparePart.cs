using Platform.Features.Channels.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;

namespace Platform.Features.Publishing.Actions;

/// <summary>A part ready to go, or the transition that stands in its way.</summary>
public sealed record PreparedPart(OpenChannel? Channel, PublishRequest? Request, Func<Publication, Publication>? Instead);

/// <summary>Everything that is checked and fetched before the intent is stored: approval, organization, channel, token, limits, media.</summary>
public sealed class PreparePart(IChannels channels, IOrganizations organizations, IMedia media, IDraftRules rules, PublishingPolicy policy, TimeProvider clock)
{
    private static readonly TimeSpan LookAgain = TimeSpan.FromMinutes(5);
    private static readonly TimeSpan TokenMargin = TimeSpan.FromMinutes(1);

    /// <summary>Prepares the next part that is not out.</summary>
    /// <param name="work">The publication.</param>
    /// <param name="maySend">The gate that the network asks right before the bytes leave.</param>
    /// <param name="cancellationToken">Gives up.</param>
    public async Task<PreparedPart> RunAsync(ClaimedPublication work, Func<bool> maySend, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        // The claim asks for what is cleared, so this is never met; were it, the content must not leave all the same.
        if (!work.It.IsClearedNow) { return Instead(p => p.Stopped(now)); }
        if (await organizations.GetAsync(work.OrganizationId, cancellationToken) is null or { Suspended: true })
        {
            return Instead(p => p.Hold(new("organization_suspended", "The organization is suspended.", "Ask an owner of the organization to settle it with support."), "dispatcher", now, LookAgain));
        }
        if (await channels.OpenAsync(work.OrganizationId, work.ChannelId, cancellationToken) is not { } channel)
        {
            return Instead(p => p.Refused(new("channel_gone", "The channel was removed.", "Connect the channel again and make a new post."), now));
        }
        if (DraftCheck.Unusable(channel.Status) is { } unusable) { return Instead(p => p.Hold(unusable, "dispatcher", now)); }
        if (DraftCheck.Problems(rules, channel.Network.Descriptor, channel.Connection.Limits, work.It.Content).FirstOrDefault() is { } problem && work.It.Sent.Count == 0)
        {
            return Instead(p => p.Refused(new(problem.Code, problem.Message, "Edit the post and send it again."), now));
        }
        return await WithTokenAsync(work, channel, maySend, cancellationToken);
    }

    /// <summary>The request for a part of a publication; null where a medium of it is gone.</summary>
    public async Task<PublishRequest?> RequestAsync(ClaimedPublication work, int part, Func<bool> maySend, CancellationToken cancellationToken)
    {
        var (content, files) = (work.It.Content, new List<MediaFile>());
        foreach (var medium in content.Parts[part].Media)
        {
            if (await media.OpenAsync(work.OrganizationId, medium.MediaId, medium.AltText, cancellationToken) is not { } file) { return null; }
            files.Add(file);
        }
        return new()
        {
            IdempotencyKey = $"{work.Id}-{part}",
            Text = content.Parts[part].Text,
            Media = files,
            Root = part == 0 ? null : Remote(work.It.Sent[0]),
            Parent = part == 0 ? null : Remote(work.It.Sent[part - 1]),
            Visibility = content.Visibility,
            ContentWarning = content.ContentWarning,
            MaySend = maySend,
        };
    }

    // A token that ends within the minute is renewed ahead, so that the send itself is not spent on learning it.
    private async Task<PreparedPart> WithTokenAsync(ClaimedPublication work, OpenChannel channel, Func<bool> maySend, CancellationToken cancellationToken)
    {
        var now = clock.GetUtcNow();
        if (channel.Connection.Secrets.ExpiresAt is { } ends && ends <= now + TokenMargin && channel.Connection.Secrets.RefreshToken is not null)
        {
            switch (await channels.RefreshAsync(work.OrganizationId, work.ChannelId, channel.Connection.Secrets.AccessToken, cancellationToken))
            {
                case RefreshOutcome.Refreshed fresh: channel = channel with { Connection = channel.Connection with { Secrets = fresh.Secrets } }; break;
                case RefreshOutcome.NeedsReconnect gone: return Instead(p => p.Hold(Outcomes.Reconnect(gone.Detail), "dispatcher", now));
                case RefreshOutcome.Transient transient when ends <= now: return Instead(p => p.Postponed($"The channel's token could not be renewed: {transient.Detail}", policy, Outcomes.Jitter(), now));
            }
        }
        return await RequestAsync(work, work.It.Sent.Count, maySend, cancellationToken) is { } request
            ? new(channel, request, null)
            : Instead(p => p.Refused(new("media_missing", "An image or video of the post is no longer there.", "Add it again and send again."), now));
    }

    private static PreparedPart Instead(Func<Publication, Publication> transition) => new(null, null, transition);

    private static RemotePost Remote(SentPart part) => new(part.Id, part.Url, part.Revision);
}
