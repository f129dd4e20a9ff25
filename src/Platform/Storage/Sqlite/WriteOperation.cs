namespace Platform.Storage.Sqlite;

/// <summary>A write that waits for its group's commit.</summary>
internal abstract class WriteOperation(bool compound, CancellationToken cancellationToken)
{
    /// <summary>More than one statement: a failure must take back those before.</summary>
    public bool Compound { get; } = compound;

    /// <summary>Given up before it began.</summary>
    public bool IsCancelled => cancellationToken.IsCancellationRequested;

    /// <summary>Does it, inside the group's transaction.</summary>
    public abstract void Run(Session session);

    /// <summary>Tells the caller, after the commit.</summary>
    public abstract void Succeed();

    /// <summary>Tells the caller that nothing of it is stored.</summary>
    public abstract void Fail(Exception exception);
}

/// <inheritdoc />
internal sealed class WriteOperation<T>(Func<Session, T> work, bool compound, CancellationToken cancellationToken) : WriteOperation(compound, cancellationToken)
{
    private readonly TaskCompletionSource<T> _done = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private T? _result;

    public Task<T> Done => _done.Task;

    public override void Run(Session session) => _result = work(session);

    public override void Succeed() => _done.TrySetResult(_result!);

    public override void Fail(Exception exception) => _done.TrySetException(exception);
}
