using Microsoft.Extensions.AI;

namespace Platform.Ai.Offline;

/// <summary>The local engine as a provider: needs no key and no network, costs nothing, gives the same answer every time.</summary>
public sealed class OfflineProvider : IModelProvider
{
    /// <inheritdoc />
    public ModelStatus Status { get; } = new("Offline", "offline-1", true, null);

    /// <inheritdoc />
    public IChatClient Client { get; } = new OfflineChatClient();
}
