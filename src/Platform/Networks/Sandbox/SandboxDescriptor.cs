namespace Platform.Networks.Sandbox;

/// <summary>Settings under <c>Networks:Sandbox</c>.</summary>
public sealed class SandboxOptions
{
    /// <summary>Whether the practice network can be connected.</summary>
    public bool Enabled { get; set; } = true;
}

/// <summary>What the practice network is.</summary>
internal static class SandboxDescriptor
{
    /// <summary>The descriptor.</summary>
    public static NetworkDescriptor Of(bool enabled) => new()
    {
        Key = "sandbox",
        Name = "Sandbox",
        Color = "#6b5bd2",
        Connect = ConnectKind.None,
        Capabilities = NetworkCapabilities.Images | NetworkCapabilities.Video | NetworkCapabilities.AltText | NetworkCapabilities.Threads | NetworkCapabilities.Edit | NetworkCapabilities.Delete
            | NetworkCapabilities.Metrics | NetworkCapabilities.Replies | NetworkCapabilities.Lookup | NetworkCapabilities.ContentWarning,
        Available = enabled,
        Readiness = enabled ? null : "The practice network is switched off on this installation (Networks:Sandbox:Enabled).",
        Limits = new NetworkLimits
        {
            MaxText = 500, Unit = TextUnit.Graphemes, MaxImages = 4, MaxImageBytes = 8_000_000, MaxVideos = 1, MaxVideoBytes = 100_000_000,
            MediaTypes = ["image/png", "image/jpeg", "image/gif", "image/webp", "video/mp4"], MaxAltText = 1500, MaxParts = 25,
        },
    };
}
