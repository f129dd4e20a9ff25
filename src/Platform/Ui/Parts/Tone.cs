namespace Platform.Ui.Parts;

/// <summary>How a state feels. Never shown by colour alone.</summary>
public enum Tone
{
    /// <summary>Nothing to say.</summary>
    Neutral,

    /// <summary>It went well.</summary>
    Success,

    /// <summary>Worth a look.</summary>
    Warning,

    /// <summary>It went wrong, or cannot be undone.</summary>
    Danger,

    /// <summary>Under way, or good to know.</summary>
    Info,

    /// <summary>Ours: chosen, planned.</summary>
    Accent,
}

/// <summary>Tones as css classes.</summary>
internal static class Tones
{
    /// <summary>The class of a tone.</summary>
    public static string Css(this Tone tone) => tone switch
    {
        Tone.Success => "success", Tone.Warning => "warning", Tone.Danger => "danger", Tone.Info => "info", Tone.Accent => "accent", _ => "",
    };
}
