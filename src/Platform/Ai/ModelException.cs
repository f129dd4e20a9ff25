using Platform.Primitives;

namespace Platform.Ai;

/// <summary>How a call to a model failed.</summary>
public enum ModelFailure
{
    /// <summary>The key is not accepted.</summary>
    Unauthorized,

    /// <summary>Too many calls, or the account is out of credit.</summary>
    RateLimited,

    /// <summary>The service is overloaded or broken.</summary>
    Unavailable,

    /// <summary>The service does not take the request as it is (unknown model, too long).</summary>
    Refused,

    /// <summary>No answer in time.</summary>
    TimedOut,

    /// <summary>The answer broke off or could not be read.</summary>
    Broken,
}

/// <summary>A model failed. <see cref="Exception.Message"/> is for logs; <see cref="ToProblem"/> has the words for people.</summary>
public sealed class ModelException : Exception
{
    /// <summary>For serializers.</summary>
    public ModelException() { }

    /// <summary>With a text.</summary>
    public ModelException(string message) : base(message) { }

    /// <summary>With a text and a cause.</summary>
    public ModelException(string message, Exception innerException) : base(message, innerException) { }

    /// <summary>A failure of a kind.</summary>
    public ModelException(ModelFailure failure, string message, TimeSpan? retryAfter = null, Exception? cause = null) : base(message, cause) =>
        (Failure, RetryAfter) = (failure, retryAfter);

    /// <summary>Its kind.</summary>
    public ModelFailure Failure { get; } = ModelFailure.Broken;

    /// <summary>When the service says to come back.</summary>
    public TimeSpan? RetryAfter { get; }

    /// <summary>What a person reads: what happened and the next step. Holds nothing that the service said, which may quote the request or the key.</summary>
    public Problem ToProblem(string provider) => new(ProblemKind.UpstreamFailed, Code, Words(provider)) { RetryAfter = RetryAfter };

    private string Code => Failure switch
    {
        ModelFailure.Unauthorized => "ai_key_refused",
        ModelFailure.RateLimited => "ai_rate_limited",
        ModelFailure.Unavailable => "ai_unavailable",
        ModelFailure.Refused => "ai_request_refused",
        ModelFailure.TimedOut => "ai_timed_out",
        _ => "ai_answer_broken",
    };

    private string Words(string provider) => Failure switch
    {
        ModelFailure.Unauthorized => $"{provider} does not accept the API key. Ask the operator to check Ai:{provider}:ApiKey.",
        ModelFailure.RateLimited => $"{provider} takes no more calls for now{In()}. Try again later, or ask the operator to check the account's limits.",
        ModelFailure.Unavailable => $"{provider} is not available right now{In()}. Try again in a few minutes.",
        ModelFailure.Refused => $"{provider} refused the request. Try a shorter text; if that does not help, ask the operator to check the model's name.",
        ModelFailure.TimedOut => $"{provider} did not answer in time. Try again; nothing was changed.",
        _ => $"The answer of {provider} broke off. Try again; nothing was changed.",
    };

    private string In() => RetryAfter is { } wait ? $" (it asks to wait {Math.Ceiling(wait.TotalSeconds):0} s)" : "";
}
