using Platform.Primitives;

namespace Platform.Features.Agents.Contracts;

/// <summary>
/// A piece of an agent's work as it comes. The first names the run; then words; the last holds the suggestion or the problem.
/// </summary>
/// <param name="RunId">The run; empty only where it was refused before it began.</param>
/// <param name="Text">Words to append to what is shown; untrusted plain text.</param>
/// <param name="Message">What is going on, where that changed.</param>
/// <param name="Suggestion">The result: it replaces the words shown so far.</param>
/// <param name="Problem">Why there is none.</param>
public sealed record DraftChunk(string RunId, string Text = "", string? Message = null, SuggestionView? Suggestion = null, Problem? Problem = null);
