using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Primitives;

namespace Platform.Features.Content.Ui;

/// <summary>Where a mailed link leads: shows one post to one person, and takes an answer by a button alone. Mail scanners follow links; they press nothing.</summary>
public sealed partial class ReviewLinkPage(ReviewByLink links, ApprovalWords words)
{
    private Result<LinkedReview>? _shown;
    private Problem? _problem;
    private ReviewState? _done;
    private bool _renewed;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>The link's token.</summary>
    [Parameter, EditorRequired] public required string Token { get; set; }

    /// <summary>What was answered.</summary>
    [SupplyParameterFromForm(FormName = "answer")] public ReviewAnswerForm? Answer { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => _shown = await links.ShowAsync(Token, Http.RequestAborted);

    private async Task AnswerAsync()
    {
        if (Answer?.Verb is not ("approve" or "changes")) { return; }
        var kind = Answer.Verb == "approve" ? ReviewAnswerKind.Approve : ReviewAnswerKind.RequestChanges;
        var result = await links.AnswerAsync(new(Token, kind, Answer.Comment), Http.GetCaller().Address, Http.RequestAborted);
        (_problem, _done) = (result.Problem, result.Value?.State);
        if (!result.Ok) { _shown = await links.ShowAsync(Token, Http.RequestAborted); }
    }

    private async Task RenewAsync()
    {
        var result = await links.RenewAsync(Token, Http.RequestAborted);
        (_renewed, _problem) = (result.Ok, result.Problem);
    }
}

/// <summary>An answer, as a form sends it.</summary>
public sealed class ReviewAnswerForm
{
    /// <summary>approve or changes: which button was pressed.</summary>
    public string? Verb { get; set; }

    /// <summary>In words.</summary>
    public string? Comment { get; set; }
}
