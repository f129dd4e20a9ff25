namespace Platform.Networks.Outbound;

/// <summary>Settings under <c>Outbound</c>.</summary>
public sealed class OutboundOptions
{
    /// <summary>Lets calls go to private, loopback and link-local addresses: for tests and for networks that live beside the app. Never in a hosted product.</summary>
    public bool AllowPrivateNetworks { get; set; }

    /// <summary>Seconds to reach a server before giving up, 1 to 60.</summary>
    public int ConnectTimeoutSeconds { get; set; } = 10;
}
