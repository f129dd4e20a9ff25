namespace Platform.Features.Sandbox;

/// <summary>Settings under <c>Networks:Sandbox</c>, as the server of the practice network reads them.</summary>
public sealed class SandboxSettings
{
    /// <summary>Whether there is a practice network on this installation.</summary>
    public bool Enabled { get; set; } = true;

    /// <summary>Whether anyone may open an account at <c>/sandbox/api/accounts</c>; only where tests let another process use this one as the network.</summary>
    public bool OpenRegistration { get; set; }
}
