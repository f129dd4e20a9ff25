using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Content.Ui;

/// <summary>What was said of a post, and a place to say more.</summary>
public sealed partial class CommentThread(Conversation talk, CallerProvider callers, IStringLocalizer<ApprovalTexts> T)
{
    private Result<IReadOnlyList<CommentView>>? _comments;
    private IReadOnlyList<Mentionable> _members = [];
    private Problem? _said;
    private string _text = "";
    private string _edited = "";
    private string? _editing;
    private string? _shown;
    private bool _internal;
    private bool _isMember;
    private bool _maySay;
    private bool _mayWrite;
    private bool _busy;

    /// <summary>The post.</summary>
    [Parameter, EditorRequired] public required string PostId { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == PostId) { return; }
        _shown = PostId;
        var caller = await callers.GetAsync();
        (_isMember, _mayWrite) = (caller.May(Permission.ContentRead), caller.May(Permission.ContentWrite));
        _maySay = _mayWrite || caller.May(Permission.ContentReview);
        _members = await talk.MentionableAsync(caller, CancellationToken.None);
        await LoadAsync();
    }

    private async Task LoadAsync()
    {
        var found = await talk.List.RunAsync(await callers.GetAsync(), PostId, CancellationToken.None);
        // A reviewer from outside who has just answered no longer sees the post; what they saw stays until they leave.
        if (found.Ok || _comments is null) { _comments = found; }
    }

    private async Task SayAsync()
    {
        _busy = true;
        var named = _members.Where(m => _text.Contains($"@{m.Name}", StringComparison.Ordinal)).Select(m => m.Id).ToArray();
        var result = await talk.Add.RunAsync(await callers.GetAsync(), new(PostId, _text, named, _internal), CancellationToken.None);
        (_busy, _said) = (false, result.Problem);
        if (result.Ok) { _text = ""; }
        await LoadAsync();
    }

    private void Mention(ChangeEventArgs e)
    {
        if (_members.FirstOrDefault(m => m.Id == (string?)e.Value) is { } member) { _text = $"{_text.TrimEnd()} @{member.Name} ".TrimStart(); }
    }

    private void Edit(CommentView comment) => (_editing, _edited) = (comment.Id, comment.Text);

    private async Task SaveAsync(CommentView comment)
    {
        if (await DoAsync(new(PostId, comment.Id, Text: _edited))) { _editing = null; }
    }

    private Task ResolveAsync(CommentView comment) => DoAsync(new(PostId, comment.Id, Resolved: comment.ResolvedAt is null));

    private async Task DeleteAsync(CommentView comment)
    {
        _said = (await talk.Change.DeleteAsync(await callers.GetAsync(), PostId, comment.Id, CancellationToken.None)).Problem;
        await LoadAsync();
    }

    private async Task<bool> DoAsync(ChangeCommentRequest request)
    {
        _said = (await talk.Change.RunAsync(await callers.GetAsync(), request, CancellationToken.None)).Problem;
        await LoadAsync();
        return _said is null;
    }
}
