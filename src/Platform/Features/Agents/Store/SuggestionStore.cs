using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Store;

/// <summary>Suggestions.</summary>
public sealed class SuggestionStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<Suggestion> Collection = new Collection<Suggestion>("agent_suggestions")
        .Index("created", Sort<Suggestion>.ByDescending(s => s.CreatedAt))
        .Index("run", Sort<Suggestion>.By(s => s.RunId).ThenByDescending(s => s.CreatedAt));

    /// <summary>Stores suggestions.</summary>
    public Task InsertAsync(Caller caller, IReadOnlyCollection<Suggestion> suggestions, CancellationToken cancellationToken) =>
        store.For<Suggestion>(caller).InsertManyAsync(suggestions, cancellationToken);

    /// <summary>A suggestion; null where there is none.</summary>
    public Task<Suggestion?> GetAsync(Caller caller, string id, CancellationToken cancellationToken) => store.For<Suggestion>(caller).GetAsync(id, cancellationToken);

    /// <summary>A page of suggestions, newest first.</summary>
    public Task<Page<Suggestion>> ListAsync(Caller caller, SuggestionState? state, string? runId, int limit, string? cursor, CancellationToken cancellationToken)
    {
        IReadOnlyList<SuggestionState> states = state is { } one ? [one] : Enum.GetValues<SuggestionState>();
        return store.For<Suggestion>(caller).FindAsync(new()
        {
            Filter = runId is null ? s => states.Contains(s.State) : s => s.RunId == runId && states.Contains(s.State),
            Sort = Sort<Suggestion>.ByDescending(s => s.CreatedAt),
            Limit = limit,
            Cursor = cursor,
        }, cancellationToken);
    }

    /// <summary>Decides an open suggestion, once; null where it was decided before.</summary>
    public Task<Suggestion?> DecideAsync(Caller caller, string id, SuggestionState state, string? note, DateTimeOffset now, CancellationToken cancellationToken) =>
        store.For<Suggestion>(caller).UpdateOneAsync(
            s => s.Id == id && s.State == SuggestionState.Open,
            new Update<Suggestion>().Set(s => s.State, state).Set(s => s.DecidedBy, caller.Name).Set(s => s.DecidedAt, now).Set(s => s.DecisionNote, note),
            null, cancellationToken);

    /// <summary>Opens a suggestion again whose acceptance could not be carried out.</summary>
    public Task ReopenAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        store.For<Suggestion>(caller).UpdateOneAsync(
            s => s.Id == id && s.PostId == null,
            new Update<Suggestion>().Set(s => s.State, SuggestionState.Open).Set(s => s.DecidedBy, null).Set(s => s.DecidedAt, null).Set(s => s.DecisionNote, null),
            null, cancellationToken);

    /// <summary>Stores the post that came of it.</summary>
    public Task<Suggestion?> LinkAsync(Caller caller, string id, string postId, CancellationToken cancellationToken) =>
        store.For<Suggestion>(caller).UpdateOneAsync(s => s.Id == id, new Update<Suggestion>().Set(s => s.PostId, postId), null, cancellationToken);
}
