using Platform.Features.Content.Contracts;
using Platform.Features.Content.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>Keeps what a post said: every save, those of one author within minutes taken together, and always what was submitted.</summary>
public sealed class PinVersion(PostVersionStore store)
{
    private static readonly TimeSpan Together = TimeSpan.FromMinutes(5);

    /// <summary>The post's content, as a version keeps it.</summary>
    public static NewPost ContentOf(Post post) => new()
    {
        Text = post.Text, ChannelIds = post.ChannelIds, Variants = post.Variants, Parts = post.Parts, MediaIds = post.MediaIds, CampaignId = post.CampaignId, Labels = post.Labels,
    };

    /// <summary>Adds the version that a save makes to its batch.</summary>
    public async Task StageSaveAsync(WriteBatch batch, Caller caller, Post post, CancellationToken cancellationToken)
    {
        if (post.Version == 0) { batch.Insert(caller, Make(caller, post)); return; }
        var kept = await store.ListAsync(caller, post.Id, cancellationToken);
        if (kept.Count > 0 && kept[0] is { Pinned: false } last && last.By == post.UpdatedBy && post.UpdatedAt - last.Since < Together)
        {
            batch.Replace(caller, last with { Number = post.Edition, At = post.UpdatedAt, Content = ContentOf(post) });
            return;
        }
        batch.Insert(caller, Make(caller, post));
        if (kept.Count >= PostVersionStore.Most) { batch.Delete<PostVersion>(caller, kept[^1].Id); }
    }

    /// <summary>Adds to the batch of a submission that this version stays as it is.</summary>
    public async Task StageAsync(WriteBatch batch, Caller caller, Post post, CancellationToken cancellationToken)
    {
        if (await store.FindAsync(caller, post.Id, post.Edition, cancellationToken) is { } version)
        {
            if (!version.Pinned) { batch.Replace(caller, version with { Pinned = true }); }
            return;
        }
        batch.Insert(caller, Make(caller, post) with { Pinned = true });
    }

    private static PostVersion Make(Caller caller, Post post) => new()
    {
        Id = Ids.New(post.UpdatedAt), OrganizationId = caller.OrganizationId, PostId = post.Id, Number = post.Edition, By = post.UpdatedBy, Since = post.UpdatedAt, At = post.UpdatedAt, Content = ContentOf(post),
    };
}
