namespace Platform.Coordination.InMemory;

/// <summary>One copy needs nobody to hear of.</summary>
internal sealed class SingleCopy : ICoordinationHealth
{
    /// <inheritdoc />
    public bool IsShared => false;

    /// <inheritdoc />
    public bool IsAlone => false;
}
