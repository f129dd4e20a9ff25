using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>Which runs, and which page of them.</summary>
public sealed record ListRunsRequest(AgentName? Agent = null, RunKind? Kind = null, RunState? State = null, int Limit = 25, string? Cursor = null);

/// <summary>Shows runs. Whoever may see content may see what agents did.</summary>
public sealed class ReadRuns(RunStore runs)
{
    /// <summary>A page of runs, newest first.</summary>
    public async Task<Result<Page<RunView>>> ListAsync(Caller caller, ListRunsRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var page = await runs.ListAsync(caller, new(request.Agent, request.Kind, request.State), Math.Clamp(request.Limit, 1, 100), request.Cursor, cancellationToken);
        return page.Map(r => r.ToView());
    }

    /// <summary>One run.</summary>
    public async Task<Result<RunView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return Ids.IsValid(id) && await runs.GetAsync(caller, id, cancellationToken) is { } run ? run.ToView() : Problem.NotFound("run");
    }
}
