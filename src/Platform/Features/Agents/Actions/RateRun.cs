using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>1 to 5 stars and a note.</summary>
public sealed record RateRunRequest(int Stars, string? Note = null);

/// <summary>Stores what a person thinks of a run; a later rating takes the place of an earlier one.</summary>
public sealed class RateRun(RunStore runs, TimeProvider time)
{
    /// <summary>Stores it.</summary>
    public async Task<Result<RunView>> RunAsync(Caller caller, string id, RateRunRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.AgentsUse)) { return Problem.Forbidden(); }
        if (request.Stars is < 1 or > 5) { return Problem.InvalidField("stars", "stars_invalid", "Give 1 to 5 stars."); }
        var rating = new RunRating(request.Stars, PlainText.From(request.Note, 1_000), caller.UserId ?? "", time.GetUtcNow());
        return Ids.IsValid(id) && await runs.RateAsync(caller, id, rating, cancellationToken) is { } run ? run.ToView() : Problem.NotFound("run");
    }
}
