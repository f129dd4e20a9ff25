using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>A publication, its new time, and the version that the person saw (null: whatever it is).</summary>
public sealed record MovePublicationRequest(string PublicationId, WhenToPublish When, long? ExpectedVersion = null);

/// <summary>A moved publication, where it was (for undo), and what a switch of the clocks did to the time.</summary>
public sealed record MovedPublication(PublicationView Publication, DueTime Previous, string? Explanation);

/// <summary>Moves a scheduled publication in the calendar.</summary>
public sealed class MovePublication(OnePublication publications, TimeProvider clock)
{
    /// <summary>Conflict <c>already_sending</c>, <c>not_scheduled</c>, <c>version_mismatch</c>; Invalid <c>in_the_past</c>.</summary>
    public async Task<Result<MovedPublication>> RunAsync(Caller caller, MovePublicationRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentPublish)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        var due = DueTimes.Of(request.When, now);
        if (!due.Ok) { return due.Problem; }
        DueTime? previous = null;
        var moved = await publications.ChangeAsync(caller, request.PublicationId, "publication.moved", publication =>
        {
            if (request.ExpectedVersion is { } version && version != publication.Revision) { return Problem.VersionMismatch(); }
            previous = publication.Due;
            return publication.Move(due.Value, caller.Name, now);
        }, cancellationToken);
        return moved.Map(view => new MovedPublication(view, previous!, ScheduleClock.Resolve(request.When).Value?.Explanation));
    }
}
