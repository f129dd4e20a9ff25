using Platform.Jobs;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>How a job's state looks: tone, icon and word together.</summary>
internal sealed record JobsLook(Tone Tone, string Icon, string Text)
{
    /// <summary>The look of a state.</summary>
    public static JobsLook Of(JobState state) => state switch
    {
        JobState.Scheduled => new(Tone.Accent, "schedule", "Scheduled"),
        JobState.Ready => new(Tone.Neutral, "inbox", "Ready"),
        JobState.Running => new(Tone.Info, "autorenew", "Running"),
        JobState.Retrying => new(Tone.Warning, "replay", "Retrying"),
        JobState.Succeeded => new(Tone.Success, "check_circle", "Succeeded"),
        JobState.Dead => new(Tone.Danger, "dangerous", "Dead letter"),
        _ => new(Tone.Neutral, "block", "Cancelled"),
    };
}
