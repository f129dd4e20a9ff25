using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Ui;

/// <summary>A post with everything that happened to it: each publication's state, attempts and ledger, and what a person can do about it.</summary>
public sealed partial class PostPage(PostPageServices services, CallerProvider callers, NavigationManager navigation, Toasts toasts, IEnumerable<PostPanel> panels, IStringLocalizer<PublishingTexts> T)
{
    private Result<PostView>? _post;
    private IReadOnlyDictionary<string, ChannelView> _channels = new Dictionary<string, ChannelView>();
    private IReadOnlyList<MediaView> _media = [];
    private bool _mayPublish;
    private Problem? _said;

    /// <summary>The post's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _mayPublish = caller.May(Permission.ContentPublish);
        var post = await services.Posts.GetAsync(caller, Id, CancellationToken.None);
        if (post.Ok)
        {
            _channels = (await services.Channels.ListAsync(caller, CancellationToken.None)).ToDictionary(c => c.Id);
            var ids = post.Value.MediaIds.Concat(post.Value.Parts.SelectMany(p => p.MediaIds)).Distinct().ToList();
            _media = ids.Count == 0 ? [] : await services.Media.FindAsync(caller, ids, CancellationToken.None);
        }
        _post = post;
    }

    private static bool CanEdit(PostView post) => post.Publications.All(p => p.State is Draft or AwaitingApproval or Scheduled or Held or Missed or Failed or Cancelled);

    private bool CanCancel(PostView post) => _mayPublish && post.Publications.Any(p => p.State is Scheduled or AwaitingApproval or Held or Missed);

    private string NetworkName(PublicationView publication) => services.Networks.Find(publication.Network)?.Descriptor.Name ?? publication.Network;

    private string NetworkColor(PublicationView publication) => services.Networks.Find(publication.Network)?.Descriptor.Color ?? "currentcolor";

    private Task RetryAsync(PublicationView publication) => ActAsync(async caller =>
        (await services.Retry.RunAsync(caller, new(Id, publication.Id), CancellationToken.None)).Problem, T["Post.Again"]);

    private Task ConfirmAsync(PublicationView publication, bool isThere, string? url) => ActAsync(async caller =>
        (await services.Confirm.RunAsync(caller, new(Id, publication.Id, isThere, url), CancellationToken.None)).Problem, isThere ? T["Post.Noted"] : T["Post.Again"]);

    private Task CancelOneAsync(PublicationView publication) => ActAsync(async caller =>
        (await services.Cancel.RunAsync(caller, new(Id, publication.Id), CancellationToken.None)).Problem, T["Post.CancelledOne"]);

    private Task CancelAsync() => ActAsync(async caller => (await services.Cancel.RunAsync(caller, new(Id), CancellationToken.None)).Problem, T["Post.CancelledAll"]);

    private async Task<Problem?> EditAsync(PublicationView publication, int part, string text)
    {
        var edited = await services.Edit.RunAsync(await callers.GetAsync(), new(Id, publication.Id, text, part, publication.Version), CancellationToken.None);
        if (edited.Ok) { toasts.Say(T["Post.Edited", NetworkName(publication)]); }
        await LoadAsync();
        StateHasChanged();
        return edited.Problem;
    }

    private async Task DuplicateAsync()
    {
        if (_post is not { Ok: true } post) { return; }
        var copy = new NewPost
        {
            Text = post.Value.Text, ChannelIds = [.. post.Value.ChannelIds.Where(_channels.ContainsKey)], Variants = post.Value.Variants, Parts = post.Value.Parts,
            MediaIds = post.Value.MediaIds, CampaignId = post.Value.CampaignId, Labels = post.Value.Labels,
        };
        var made = await services.Posts.CreateAsync(await callers.GetAsync(), copy, CancellationToken.None);
        if (made.Ok) { navigation.NavigateTo($"/compose/{made.Value.Id}"); } else { _said = made.Problem; }
    }

    private async Task ActAsync(Func<Caller, Task<Problem?>> act, string done)
    {
        _said = await act(await callers.GetAsync());
        if (_said is null) { toasts.Say(done); }
        await LoadAsync();
    }
}
