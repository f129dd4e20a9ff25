using Platform.Tenancy;

namespace Platform.Ui.Live;

/// <summary>Something changed that an open page may show.</summary>
/// <param name="Kind">post-status, notification, inbox, analytics, agent-run, alert, system, jobs, channel.</param>
/// <param name="Id">What changed; empty where the whole kind did.</param>
public sealed record LiveChange(string Kind, string Id)
{
    /// <summary>Whether a page that shows this should read again: this changed, or the whole kind did.</summary>
    public bool IsAbout(string? id) => Id.Length == 0 || Id == id;
}

/// <summary>
/// Tells open pages of changes in the caller's organization (or, for staff, on the platform). A hint: it may be lost or doubled, so a page reads
/// again what it shows. Pages use the part <see cref="LiveUpdates"/> rather than this.
/// </summary>
public interface ILiveEvents
{
    /// <summary>Hears changes of the given kinds until disposed. Handlers run off the renderer: call <c>InvokeAsync</c>.</summary>
    IDisposable Subscribe(Caller caller, IReadOnlyCollection<string> kinds, Func<LiveChange, Task> handler);
}
