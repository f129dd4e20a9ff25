namespace Platform.Coordination;

/// <summary>Settings under <c>Coordination</c>.</summary>
public sealed class CoordinationOptions
{
    /// <summary>The Redis server that joins several copies; empty: this copy stands alone and coordinates in memory.</summary>
    public string? RedisUrl { get; set; }
}
