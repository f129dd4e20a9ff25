using System.Globalization;
using Platform.Features.Agents.Contracts;
using Platform.Ui.Parts;

namespace Platform.Features.Agents.Ui;

/// <summary>How runs and suggestions look: icon, word and tone together.</summary>
internal static class AgentWords
{
    /// <summary>What a run does.</summary>
    public static string Of(RunKind kind) => kind switch
    {
        RunKind.DraftPost => "Draft",
        RunKind.ImprovePost => "Improve",
        RunKind.ShortenPost => "Shorten",
        RunKind.MakeVariants => "Variants",
        RunKind.SuggestHashtags => "Hashtags",
        RunKind.SuggestTimes => "Times",
        _ => "Week plan",
    };

    /// <summary>Where a run stands.</summary>
    public static (Tone Tone, string Icon, string Text) Of(RunState state) => state switch
    {
        RunState.Queued => (Tone.Neutral, "schedule", "Waiting"),
        RunState.Running => (Tone.Info, "hourglass_top", "At work"),
        RunState.Succeeded => (Tone.Success, "check_circle", "Done"),
        RunState.Failed => (Tone.Danger, "error", "Failed"),
        _ => (Tone.Neutral, "block", "Cancelled"),
    };

    /// <summary>What became of a suggestion.</summary>
    public static (Tone Tone, string Icon, string Text) Of(SuggestionState state) => state switch
    {
        SuggestionState.Open => (Tone.Accent, "lightbulb", "To decide"),
        SuggestionState.Accepted => (Tone.Success, "check_circle", "Accepted"),
        SuggestionState.Edited => (Tone.Success, "edit", "Accepted with changes"),
        _ => (Tone.Neutral, "close", "Rejected"),
    };

    /// <summary>What a suggestion offers.</summary>
    public static string Of(SuggestionKind kind) => kind switch
    {
        SuggestionKind.Variants => "A text per channel",
        SuggestionKind.Hashtags => "Hashtags",
        SuggestionKind.Times => "Times",
        SuggestionKind.Post => "A planned post",
        _ => "A text",
    };

    /// <summary>A cost in dollars; unknown is said, not shown as nothing.</summary>
    public static string Cost(long? microUsd) => microUsd is not { } amount ? "Unknown price"
        : amount == 0 ? "None"
        : "$" + (amount / 1_000_000m).ToString(amount < 10_000 ? "0.0000" : "0.00", CultureInfo.CurrentCulture);

    /// <summary>What answered.</summary>
    public static string Model(RunModel? model) => model is null ? "No model" : model.Offline ? "Offline engine" : $"{model.Provider} {model.Model}";

    /// <summary>How long it took.</summary>
    public static string Duration(long? ms) => ms is not { } time ? "—" : time < 1_000 ? $"{time} ms" : (time / 1_000m).ToString("0.0", CultureInfo.CurrentCulture) + " s";
}
