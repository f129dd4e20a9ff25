using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>What waits for the reader's approval, what they sent, and what is over; one post beside the list.</summary>
public sealed partial class ApprovalsPage(ListReviews list, AnswerReview answer, CallerProvider callers, NavigationManager navigation, Toasts toasts, ApprovalWords words)
{
    private readonly HashSet<string> _selected = [];
    private Result<Page<ReviewItem>>? _items;
    private ReviewItem? _outside;
    private Problem? _said;
    private bool _isMember;
    private bool _mayManage;
    private bool _busy;
    private string? _shown;

    /// <summary>waiting (or nothing), sent, pending, done.</summary>
    [SupplyParameterFromQuery] public string? List { get; set; }

    /// <summary>The post shown.</summary>
    [SupplyParameterFromQuery] public string? Post { get; set; }

    private IStringLocalizer<ApprovalTexts> T => words.T;

    private ReviewList Which => Enum.TryParse<ReviewList>(List, ignoreCase: true, out var which) && Enum.IsDefined(which) ? which : ReviewList.Waiting;

    private IReadOnlyList<Tab> Choices => [new("", T["Waiting"]), new("sent", T["Sent"]), new("pending", T["Pending"]), new("done", T["Done"])];

    private IReadOnlyList<ReviewItem> Items => _items is { Ok: true } found ? found.Value.Items : [];

    // Where none is named the first is shown beside the list; on a phone the list comes first.
    private ReviewItem? Chosen => Post is null ? (Items.Count > 0 ? Items[0] : null) : Items.FirstOrDefault(i => i.Review.PostId == Post) ?? _outside;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync()
    {
        if (_shown == $"{List}|" && Items.Any(i => i.Review.PostId == Post || Post is null)) { return Task.CompletedTask; }
        if (_shown != $"{List}|") { _selected.Clear(); }
        _shown = $"{List}|";
        return LoadAsync();
    }

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        (_isMember, _mayManage) = (caller.May(Permission.ContentRead), caller.May(Permission.OrganizationManage));
        _items = await list.RunAsync(caller, new(Which, Math.Max(25, Items.Count)), CancellationToken.None);
        _selected.RemoveWhere(id => Items.All(i => i.Review.PostId != id || !i.Review.AsksMe));
        // A link may lead to a post that is not in the list: it was answered meanwhile, say.
        _outside = Post is { } id && Items.All(i => i.Review.PostId != id) ? (await list.GetAsync(caller, id, CancellationToken.None)).Value : null;
    }

    private async Task MoreAsync(string cursor)
    {
        var more = await list.RunAsync(await callers.GetAsync(), new(Which, 25, cursor), CancellationToken.None);
        _items = more.Ok ? new Page<ReviewItem>([.. Items, .. more.Value.Items], more.Value.NextCursor) : more;
    }

    private void Select(ReviewItem item, bool on) { if (on) { _selected.Add(item.Review.PostId); } else { _selected.Remove(item.Review.PostId); } }

    private void Step(int by)
    {
        if (Items.Count == 0) { return; }
        var at = Items.Select((item, index) => (item, index)).FirstOrDefault(p => p.item == Chosen).index + by;
        navigation.NavigateTo(LinkTo(Items[Math.Clamp(at, 0, Items.Count - 1)]), replace: true);
    }

    private async Task ApproveSelectedAsync()
    {
        _busy = true;
        var caller = await callers.GetAsync();
        var (done, problems) = (0, new List<string>());
        foreach (var item in Items.Where(i => _selected.Contains(i.Review.PostId)).ToList())
        {
            var result = await answer.RunAsync(caller, new(item.Review.PostId, ReviewAnswerKind.Approve, item.Review.Version, item.Review.Stage), CancellationToken.None);
            if (result.Ok) { done++; } else { problems.Add(result.Problem.Message); }
        }
        _selected.Clear();
        _busy = false;
        _said = problems.Count == 0 ? null : Problem.Conflict("some_not_approved", T["SelectedSome", done, problems.Count, problems[0]]);
        if (done > 0 && problems.Count == 0) { toasts.Say(T["SelectedDone", done]); }
        await LoadAsync();
    }

    private string LinkTo(ReviewItem? item) => navigation.GetUriWithQueryParameter("post", item?.Review.PostId);

    private string DueText(ReviewView review) => words.DueText(review);

    private static string Short(string text) => text.Length <= 60 ? text : text[..60] + "…";
}
