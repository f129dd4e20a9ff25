namespace Platform.Storage;

/// <summary>How the store is, for <c>/health/ready</c> and the staff pages.</summary>
public interface IStorageHealth
{
    /// <summary>Writes and reads one small row for real.</summary>
    Task<StorageHealth> CheckAsync(CancellationToken cancellationToken);
}

/// <summary>What a check found.</summary>
/// <param name="Engine">The engine's name.</param>
/// <param name="Available">Whether a durable write and a read went through.</param>
/// <param name="Bytes">How much the data takes on disk.</param>
/// <param name="WriteLatency">How long the durable write took; null where it failed.</param>
/// <param name="Error">Why it failed.</param>
public sealed record StorageHealth(string Engine, bool Available, long Bytes, TimeSpan? WriteLatency, string? Error);
