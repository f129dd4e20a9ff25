using Platform.Features.Sandbox.Domain;

namespace Platform.Features.Sandbox.Ui;

/// <summary>A behaviour while it is being typed.</summary>
public sealed class PracticeForm
{
    /// <summary>See <see cref="SandboxBehavior.Fault"/>.</summary>
    public SandboxFault Fault { get; set; }

    /// <summary>See <see cref="SandboxBehavior.Count"/>.</summary>
    public int Count { get; set; } = 1;

    /// <summary>See <see cref="SandboxBehavior.DelayMs"/>.</summary>
    public int DelayMs { get; set; }

    /// <summary>See <see cref="SandboxBehavior.RetryAfterSeconds"/>.</summary>
    public int? RetryAfterSeconds { get; set; }

    /// <summary>See <see cref="SandboxBehavior.RejectCode"/>.</summary>
    public string RejectCode { get; set; } = "content_refused";

    /// <summary>See <see cref="SandboxBehavior.RejectMessage"/>.</summary>
    public string RejectMessage { get; set; } = "";

    /// <summary>See <see cref="SandboxBehavior.TokenExpired"/>.</summary>
    public bool TokenExpired { get; set; }

    /// <summary>See <see cref="SandboxBehavior.Refresh"/>.</summary>
    public SandboxRefresh Refresh { get; set; }

    /// <summary>See <see cref="SandboxBehavior.Lookup"/>.</summary>
    public bool Lookup { get; set; } = true;

    /// <summary>See <see cref="SandboxBehavior.SafeRepeat"/>.</summary>
    public bool SafeRepeat { get; set; }

    /// <summary>The form of a behaviour.</summary>
    public static PracticeForm Of(SandboxBehavior behavior) => new()
    {
        Fault = behavior.Fault, Count = Math.Max(1, behavior.Count), DelayMs = behavior.DelayMs, RetryAfterSeconds = behavior.RetryAfterSeconds, RejectCode = behavior.RejectCode,
        RejectMessage = behavior.RejectMessage, TokenExpired = behavior.TokenExpired, Refresh = behavior.Refresh, Lookup = behavior.Lookup, SafeRepeat = behavior.SafeRepeat,
    };

    /// <summary>The behaviour typed.</summary>
    public SandboxBehavior ToBehavior() => new()
    {
        Fault = Fault, Count = Fault == SandboxFault.None ? 0 : Count, DelayMs = DelayMs, RetryAfterSeconds = RetryAfterSeconds, RejectCode = RejectCode,
        RejectMessage = RejectMessage, TokenExpired = TokenExpired, Refresh = Refresh, Lookup = Lookup, SafeRepeat = SafeRepeat,
    };
}
