using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>One post to approve: what goes out, when, who was asked, what was said, and the reader's answer.</summary>
public sealed partial class ReviewDetail(AnswerReview answer, CallerProvider callers, Toasts toasts, ApprovalWords words)
{
    private Modal? _reason;
    private ReviewAnswerKind _kind;
    private string _comment = "";
    private Problem? _said;
    private bool _busy;

    /// <summary>The post and where it stands.</summary>
    [Parameter, EditorRequired] public required ReviewItem Item { get; set; }

    /// <summary>Whether the reader sees posts anyway; a reviewer from outside does not.</summary>
    [Parameter, EditorRequired] public required bool IsMember { get; set; }

    /// <summary>An answer was given.</summary>
    [Parameter, EditorRequired] public required EventCallback OnAnswered { get; set; }

    private IStringLocalizer<ApprovalTexts> T => words.T;

    private Task ApproveAsync() => AnswerAsync(ReviewAnswerKind.Approve, null, T["Approved"]);

    private Task AskReasonAsync(ReviewAnswerKind kind)
    {
        (_kind, _comment) = (kind, "");
        return _reason!.ShowAsync();
    }

    private async Task SendReasonAsync()
    {
        await _reason!.CloseAsync();
        await AnswerAsync(_kind, _comment, _kind is ReviewAnswerKind.Reject ? T["Rejected"] : T["ChangesAsked"]);
    }

    private async Task AnswerAsync(ReviewAnswerKind kind, string? comment, string done)
    {
        _busy = true;
        var result = await answer.RunAsync(await callers.GetAsync(), new(Item.Review.PostId, kind, Item.Review.Version, Item.Review.Stage, comment), CancellationToken.None);
        (_busy, _said) = (false, result.Problem);
        if (result.Ok) { toasts.Say(done); }
        await OnAnswered.InvokeAsync();
    }
}
