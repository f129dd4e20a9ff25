namespace Platform.Storage;

/// <summary>
/// The store cannot do it now: the disk is full, the file is locked or read-only, the server is gone. Nothing of the write was
/// kept, unless the engine's server took it and its answer was lost again and again (networks do that): then a write that must not
/// happen twice has to be made so that it cannot, by an id, a version or a unique key. The engine recovers by itself when the condition ends.
/// </summary>
public sealed class StorageUnavailableException : Exception
{
    /// <summary>With the standard text.</summary>
    public StorageUnavailableException() : base("the storage is not available now; try again") { }

    /// <summary>With a text.</summary>
    public StorageUnavailableException(string message) : base(message) { }

    /// <summary>With a text and a cause.</summary>
    public StorageUnavailableException(string message, Exception? innerException) : base(message, innerException) { }
}
