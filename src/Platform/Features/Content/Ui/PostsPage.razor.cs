using Microsoft.AspNetCore.Components;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>All posts, filtered and read page by page; a deletion can be undone.</summary>
public sealed partial class PostsPage(PostsPageActions actions, IChannels channels, INetworks networks, CallerProvider callers, Toasts toasts)
{
    private Result<Page<PostView>>? _posts;
    private IReadOnlyDictionary<string, ChannelView> _channels = new Dictionary<string, ChannelView>();
    private bool _mayWrite;
    private Problem? _said;

    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }

    [SupplyParameterFromQuery(Name = "channel")] private string? Channel { get; set; }

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    private IReadOnlyList<Tab> StateTabs =>
        [new("", T["Posts.All"]), .. new[] { PublicationState.Draft, PublicationState.Scheduled, PublicationState.Published, PublicationState.Unconfirmed, PublicationState.Held, PublicationState.Missed, PublicationState.Failed }
            .Select(s => new Tab(s.ToString(), PublicationLook.Of(s).Text))];

    private IReadOnlyList<Tab> ChannelOptions => [new("", T["Posts.All"]), .. _channels.Values.Select(c => new Tab(c.Id, c.DisplayName))];

    private bool IsFiltered => !string.IsNullOrEmpty(State) || !string.IsNullOrEmpty(Channel) || !string.IsNullOrEmpty(Search);

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        _mayWrite = caller.May(Permission.ContentWrite);
        _channels = (await channels.ListAsync(caller, CancellationToken.None)).ToDictionary(c => c.Id);
        _posts = await actions.List.RunAsync(caller, Request(null), CancellationToken.None);
    }

    private async Task MoreAsync(string cursor)
    {
        var next = await actions.List.RunAsync(await callers.GetAsync(), Request(cursor), CancellationToken.None);
        _posts = next.Map(n => new Page<PostView>([.. _posts!.Value!.Items, .. n.Items], n.NextCursor));
    }

    private ListPostsRequest Request(string? cursor) => new()
    {
        State = Enum.TryParse<PublicationState>(State, out var state) ? state : null, ChannelId = Channel, Search = Search, Limit = 50, Cursor = cursor,
    };

    private async Task DeleteAsync(PostView post)
    {
        _said = (await actions.Delete.RunAsync(await callers.GetAsync(), post.Id, CancellationToken.None)).Problem;
        if (_said is null) { toasts.OfferUndo(T["Posts.Deleted"], () => InvokeAsync(() => RestoreAsync(post.Id))); }
        await LoadAsync();
    }

    private async Task RestoreAsync(string id)
    {
        var restored = await actions.Restore.RunAsync(await callers.GetAsync(), id, CancellationToken.None);
        _said = restored.Problem;
        await LoadAsync();
        StateHasChanged();
    }

    private static string Target(PostView post) => post.State == PublicationState.Draft ? $"/compose/{post.Id}" : $"/posts/{post.Id}";

    private string Words(PostView post) => post.Text is { Length: > 0 } text ? text[..Math.Min(140, text.Length)] : T["Posts.NoText"];

    private static DateTimeOffset? When(PostView post) =>
        post.Publications.Select(p => p.PublishedAt ?? p.Due?.At).Where(t => t is not null).Min();
}

/// <summary>What the list of posts can do.</summary>
public sealed record PostsPageActions(ListPosts List, DeletePost Delete, RestorePost Restore);
