namespace Platform.Networks;

/// <inheritdoc />
internal sealed class RegisteredNetworks(IEnumerable<ISocialNetwork> networks) : INetworks
{
    private readonly Dictionary<string, ISocialNetwork> _byKey = networks.ToDictionary(n => n.Descriptor.Key, StringComparer.Ordinal);

    /// <inheritdoc />
    public IReadOnlyList<ISocialNetwork> All { get; } = [.. networks];

    /// <inheritdoc />
    public ISocialNetwork? Find(string key) => _byKey.GetValueOrDefault(key);
}
