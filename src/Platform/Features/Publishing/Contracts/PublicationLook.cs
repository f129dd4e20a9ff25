using Platform.Ui.Parts;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Features.Publishing.Contracts;

/// <summary>How a state is shown everywhere: icon, word and colour together.</summary>
/// <param name="Tone">The colour.</param>
/// <param name="Icon">The icon.</param>
/// <param name="Text">The word.</param>
/// <param name="Meaning">What it means for the person, in a sentence.</param>
public sealed record PublicationLook(Tone Tone, string Icon, string Text, string Meaning)
{
    /// <summary>The look of a state.</summary>
    public static PublicationLook Of(PublicationState state) => state switch
    {
        Draft => new(Tone.Neutral, "edit_note", "Draft", "It has no time yet."),
        AwaitingApproval => new(Tone.Warning, "rate_review", "Awaiting approval", "Someone must approve it before it can go out."),
        Scheduled => new(Tone.Accent, "schedule", "Scheduled", "It goes out at its time."),
        PublicationState.Publishing => new(Tone.Info, "sync", "Publishing", "It is being sent at this moment."),
        Published => new(Tone.Success, "check_circle", "Published", "It is out."),
        Unconfirmed => new(Tone.Warning, "help", "Needs a check", "It was sent and the answer was lost: it may be out. Look on the network before it is sent again."),
        Held => new(Tone.Warning, "pause_circle", "On hold", "It waits for its channel to work again."),
        Missed => new(Tone.Warning, "event_busy", "Missed", "Its time passed while nothing could be sent. Choose a new time, or send it now."),
        Failed => new(Tone.Danger, "error", "Failed", "It was refused, or could not be sent after several attempts."),
        _ => new(Tone.Neutral, "block", "Cancelled", "It was taken back before it was sent."),
    };
}
