using Microsoft.Extensions.AI;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Ai;

/// <summary>The models of this installation: one is active, and every call is paid from the caller's organization's budget.</summary>
public interface IModels
{
    /// <summary>The provider that answers.</summary>
    ModelStatus Active { get; }

    /// <summary>All providers, with what is missing where one cannot be used.</summary>
    IReadOnlyList<ModelStatus> All { get; }

    /// <summary>Asks once. The problem is one of <see cref="ModelException.ToProblem"/> or the budget's (402).</summary>
    Task<Result<ModelAnswer>> AskAsync(Caller caller, ModelRequest request, CancellationToken cancellationToken);

    /// <summary>
    /// Asks and hands over the words as they come. Ends with exactly one chunk that holds the whole answer or the problem; a cancelled call ends
    /// with an answer whose finish is <see cref="ModelFinish.Cancelled"/>, so that what was used is still known. Enumerate to the end.
    /// </summary>
    IAsyncEnumerable<ModelChunk> StreamAsync(Caller caller, ModelRequest request, CancellationToken cancellationToken);
}

/// <summary>A call.</summary>
/// <param name="Messages">What is said, in order.</param>
public sealed record ModelRequest(IReadOnlyList<ChatMessage> Messages)
{
    /// <summary>What the offline engine is to do; without it, it summarizes the last message.</summary>
    public TextTask? Task { get; init; }

    /// <summary>The longest answer, in tokens; also what is reserved of the budget.</summary>
    public int MaxOutputTokens { get; init; } = 800;

    /// <summary>The tools that may be asked for; nothing else is ever run.</summary>
    public IReadOnlyList<AIFunction> Tools { get; init; } = [];

    /// <summary>The run that pays, so that a budget can be explained; null for none.</summary>
    public string? RunId { get; init; }
}

/// <summary>Why an answer ended.</summary>
public enum ModelFinish
{
    /// <summary>It was complete.</summary>
    Complete,

    /// <summary>It reached the longest length and is cut off.</summary>
    CutOff,

    /// <summary>The model wants tools.</summary>
    Tools,

    /// <summary>The service withheld it.</summary>
    Filtered,

    /// <summary>The caller cancelled.</summary>
    Cancelled,
}

/// <summary>What a call used.</summary>
/// <param name="InputTokens">Sent.</param>
/// <param name="OutputTokens">Answered.</param>
/// <param name="CostMicroUsd">Millionths of a US dollar; null where the model's price is not known.</param>
/// <param name="Estimated">True where the service did not say and the tokens are estimated from the text.</param>
public sealed record ModelUsage(long InputTokens, long OutputTokens, long? CostMicroUsd, bool Estimated)
{
    /// <summary>Nothing.</summary>
    public static readonly ModelUsage None = new(0, 0, 0, false);

    /// <summary>Both together; the cost of two of which one is unknown is unknown.</summary>
    public ModelUsage Plus(ModelUsage other) =>
        new(InputTokens + other.InputTokens, OutputTokens + other.OutputTokens, CostMicroUsd + other.CostMicroUsd, Estimated || other.Estimated);
}

/// <summary>A whole answer. The text is untrusted: plain text to show, never markup, never a command.</summary>
public sealed record ModelAnswer(string Text, ModelFinish Finish, ModelUsage Usage, ModelStatus Model)
{
    /// <summary>The tools asked for.</summary>
    public IReadOnlyList<FunctionCallContent> ToolCalls { get; init; } = [];
}

/// <summary>A piece of a streamed answer: words, or at the end the answer or the problem.</summary>
public sealed record ModelChunk(string Text, ModelAnswer? Answer = null, Problem? Problem = null);

/// <summary>A provider as people see it.</summary>
/// <param name="Provider">OpenAi, Anthropic, Offline.</param>
/// <param name="Model">The model's name.</param>
/// <param name="Offline">True for the local engine: everything it makes is labelled so.</param>
/// <param name="Missing">What is missing before it can be used; null where nothing is.</param>
public sealed record ModelStatus(string Provider, string Model, bool Offline, string? Missing);
