using Platform.Features.Content.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Ui;

/// <summary>Where the saving of a draft stands.</summary>
public enum SaveState
{
    /// <summary>Nothing to save.</summary>
    Idle,

    /// <summary>Something changed; the save comes after a pause in typing.</summary>
    Waiting,

    /// <summary>A save is on its way.</summary>
    Saving,

    /// <summary>All is stored.</summary>
    Saved,

    /// <summary>It did not work; <see cref="ComposerSaver.Problem"/> says why. Tried again with the next change.</summary>
    Failed,

    /// <summary>Somebody else changed the post meanwhile; a person decides which text stays.</summary>
    Conflict,
}

/// <summary>
/// Saves a draft a pause after the last change, one save at a time, and never over a change that somebody else made. Lives as long as its page.
/// </summary>
public sealed class ComposerSaver(IPosts posts, ComposerDraft draft, TimeProvider clock, Func<Task<Caller>> caller, Func<Task> changed) : IAsyncDisposable
{
    /// <summary>How long a pause in typing lasts before it is saved.</summary>
    public static readonly TimeSpan Pause = TimeSpan.FromSeconds(1.5);

    private readonly SemaphoreSlim _one = new(1, 1);
    private ITimer? _timer;
    private long _stored;

    /// <summary>Where it stands.</summary>
    public SaveState State { get; private set; }

    /// <summary>Why the last save failed.</summary>
    public Problem? Problem { get; private set; }

    /// <summary>When the last save was stored.</summary>
    public DateTimeOffset? SavedAt { get; private set; }

    /// <summary>Whether something is not stored yet.</summary>
    public bool IsBehind => draft.Revision != _stored;

    /// <summary>A person changed the draft: save it after a pause.</summary>
    public void Touch()
    {
        if (State != SaveState.Conflict) { State = SaveState.Waiting; }
        _timer ??= clock.CreateTimer(_ => _ = SaveQuietlyAsync(), null, Timeout.InfiniteTimeSpan, Timeout.InfiniteTimeSpan);
        _timer.Change(Pause, Timeout.InfiniteTimeSpan);
    }

    /// <summary>Saves now what is not stored; true where all is stored after it. A blank draft that was never stored stays unsaved.</summary>
    public async Task<bool> SaveAsync(CancellationToken cancellationToken)
    {
        await _one.WaitAsync(cancellationToken);
        try
        {
            if (State == SaveState.Conflict) { return false; }
            if (!IsBehind || (draft.PostId is null && draft.IsBlank)) { return true; }
            await StoreAsync(cancellationToken);
            return Problem is null;
        }
        finally
        {
            _one.Release();
            await changed();
        }
    }

    /// <summary>Takes the stored post in place of the screen's ("take theirs"): the page loads it, nothing is behind any more.</summary>
    public void TakeTheirs() => (State, Problem, _stored) = (draft.PostId is null ? SaveState.Idle : SaveState.Saved, null, draft.Revision);

    /// <summary>Stores the screen's over the other's ("keep mine").</summary>
    public Task<bool> KeepMineAsync(PostView theirs, CancellationToken cancellationToken)
    {
        draft.Overrule(theirs);
        (State, Problem) = (SaveState.Waiting, null);
        return SaveAsync(cancellationToken);
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_timer is not null) { await _timer.DisposeAsync(); }
        _one.Dispose();
    }

    private async Task StoreAsync(CancellationToken cancellationToken)
    {
        State = SaveState.Saving;
        await changed();
        var revision = draft.Revision;
        var result = draft.PostId is { } id
            ? await posts.UpdateAsync(await caller(), id, draft.ToPost(), draft.Version, cancellationToken)
            : await posts.CreateAsync(await caller(), draft.ToPost(), cancellationToken);
        Problem = result.Problem;
        if (!result.Ok)
        {
            State = result.Problem.Code == "version_mismatch" ? SaveState.Conflict : SaveState.Failed;
            return;
        }
        draft.Saved(result.Value);
        (_stored, SavedAt) = (revision, clock.GetUtcNow());
        State = IsBehind ? SaveState.Waiting : SaveState.Saved;
    }

    private async Task SaveQuietlyAsync()
    {
        try
        {
            await SaveAsync(CancellationToken.None);
        }
        catch (ObjectDisposedException)
        {
            // The page was left while the pause ran; it saved what was behind when it was left.
        }
        catch (Exception failed) when (failed is not OutOfMemoryException)
        {
            (State, Problem) = (SaveState.Failed, new Problem(ProblemKind.UpstreamFailed, "not_saved", "Your text could not be saved just now. It stays here; it is saved with your next change."));
            await changed();
        }
    }
}
