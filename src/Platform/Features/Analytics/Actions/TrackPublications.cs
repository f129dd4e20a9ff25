using Platform.Features.Analytics.Domain;
using Platform.Features.Analytics.Store;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Actions;

/// <summary>Begins to collect the numbers of what goes out. Follows publications through the outbox; safe to run twice.</summary>
public sealed class TrackPublications(AnalyticsStore store, IServiceProvider services) : IPublicationObserver
{
    /// <inheritdoc />
    public async Task OnChangedAsync(PublicationChanged change, CancellationToken cancellationToken)
    {
        if (change.To is PublicationState.Published) { await RunAsync(Caller.System(change.OrganizationId, "analytics"), change.PostId, cancellationToken); }
    }

    /// <summary>Tracks all publications of a post that are out.</summary>
    public async Task RunAsync(Caller caller, string postId, CancellationToken cancellationToken)
    {
        // Asked for late: publishing itself holds its observers.
        var posts = await services.GetRequiredService<IPublishing>().OfPostsAsync(caller, [postId], cancellationToken);
        foreach (var publication in posts.GetValueOrDefault(postId, []).Where(p => p.State is PublicationState.Published && p.Remote.Count > 0))
        {
            var published = publication.PublishedAt ?? publication.Due?.At ?? default;
            await store.AddAsync(caller, new TrackedPublication
            {
                Id = publication.Id, OrganizationId = caller.OrganizationId, PostId = postId, ChannelId = publication.ChannelId, Network = publication.Network,
                PublishedAt = published, Remote = publication.Remote, NextAt = published,
            }, cancellationToken);
        }
    }
}
