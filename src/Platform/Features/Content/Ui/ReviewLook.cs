using System.Globalization;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>How approval is shown everywhere: icon, word and colour together; times with their zone.</summary>
public static class ReviewLook
{
    /// <summary>The tone and icon of a state.</summary>
    public static (Tone Tone, string Icon) Of(ReviewState state) => state switch
    {
        ReviewState.Pending => (Tone.Warning, "rate_review"),
        ReviewState.Approved => (Tone.Success, "verified"),
        ReviewState.ChangesRequested => (Tone.Info, "edit_note"),
        ReviewState.Rejected => (Tone.Danger, "block"),
        ReviewState.Expired => (Tone.Warning, "event_busy"),
        _ => (Tone.Neutral, "undo"),
    };

    /// <summary>The icon of a step.</summary>
    public static string IconOf(ReviewStageView stage) => stage.State switch { "done" => "check_circle", "current" => "pending", _ => "radio_button_unchecked" };

    /// <summary>A due time in words, with its zone.</summary>
    public static string Exact(DueTime due) =>
        $"{DateTime.Parse(due.LocalTime, CultureInfo.InvariantCulture).ToString("ddd d MMM yyyy, HH:mm", CultureInfo.CurrentCulture)} {due.TimeZone.Replace('_', ' ')}";

    /// <summary>How much time is left; null where none is.</summary>
    public static string? Left(DueTime due, DateTimeOffset now) => (due.At - now) switch
    {
        { Ticks: <= 0 } => null,
        { TotalMinutes: < 60 } left => $"{Math.Max(1, (int)left.TotalMinutes)} min",
        { TotalHours: < 48 } left => $"{(int)left.TotalHours} h {left.Minutes} min",
        var left => $"{(int)left.TotalDays} d",
    };
}
