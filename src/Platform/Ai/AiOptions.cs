namespace Platform.Ai;

/// <summary>Which model provider to use, and how patient to be. Section <c>Ai</c>.</summary>
public sealed class AiOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Ai";

    /// <summary><c>Auto</c> (the first provider that is configured, else offline), <c>OpenAi</c>, <c>Anthropic</c> or <c>Offline</c>.</summary>
    public string Provider { get; init; } = "Auto";

    /// <summary>Seconds without a sign of life from the model before a call is given up.</summary>
    public int TimeoutSeconds { get; init; } = 60;

    /// <summary>How often a call that was answered 429, 502, 503, 504 or 529 before the first word is repeated.</summary>
    public int Retries { get; init; } = 2;

    /// <summary>The longest wait before a repeat; a model that asks for more is reported at once.</summary>
    public int MaxRetryWaitSeconds { get; init; } = 20;

    /// <summary>Prices that go before the built-in table, in micro-dollars per million tokens.</summary>
    public IReadOnlyList<ModelPrice> Prices { get; init; } = [];

    /// <summary>Every mistake, each with its key.</summary>
    public IEnumerable<string> Mistakes(IEnumerable<string> providers)
    {
        var known = providers.Prepend("Auto").ToList();
        if (!known.Contains(Provider, StringComparer.OrdinalIgnoreCase)) { yield return $"Ai:Provider is '{Provider}': it must be one of {string.Join(", ", known)}."; }
        if (TimeoutSeconds is < 1 or > 600) { yield return "Ai:TimeoutSeconds must be 1 to 600."; }
        if (Retries is < 0 or > 5) { yield return "Ai:Retries must be 0 to 5."; }
        if (MaxRetryWaitSeconds is < 1 or > 120) { yield return "Ai:MaxRetryWaitSeconds must be 1 to 120."; }
        foreach (var price in Prices.Where(p => p.Model is "" || p.InputPerMillion < 0 || p.OutputPerMillion < 0))
        {
            yield return $"Ai:Prices holds '{price.Model}': a price needs a model and amounts of at least 0.";
        }
    }
}
