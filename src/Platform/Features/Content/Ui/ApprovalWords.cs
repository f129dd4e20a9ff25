using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;

namespace Platform.Features.Content.Ui;

/// <summary>Sentences about approval that several pages say.</summary>
public sealed class ApprovalWords(IStringLocalizer<ApprovalTexts> words, TimeProvider clock)
{
    /// <summary>The words.</summary>
    public IStringLocalizer<ApprovalTexts> T => words;

    /// <summary>When it is due, with its zone and how much time is left.</summary>
    public string DueText(ReviewView review)
    {
        if (review.Due is not { } due) { return words["AsSoon"]; }
        if (review.State is not Domain.ReviewState.Pending) { return ReviewLook.Exact(due); }
        return ReviewLook.Left(due, clock.GetUtcNow()) is { } left ? $"{ReviewLook.Exact(due)}, {words["Left", left]}" : $"{ReviewLook.Exact(due)}, {words["Overdue"]}";
    }
}
