using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>Which suggestions, and which page of them.</summary>
public sealed record ListSuggestionsRequest(SuggestionState? State = null, string? RunId = null, int Limit = 25, string? Cursor = null);

/// <summary>Shows suggestions.</summary>
public sealed class ReadSuggestions(SuggestionStore suggestions)
{
    /// <summary>A page of suggestions, newest first.</summary>
    public async Task<Result<Page<SuggestionView>>> ListAsync(Caller caller, ListSuggestionsRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var page = await suggestions.ListAsync(caller, request.State, request.RunId, Math.Clamp(request.Limit, 1, 100), request.Cursor, cancellationToken);
        return page.Map(s => s.ToView());
    }
}
