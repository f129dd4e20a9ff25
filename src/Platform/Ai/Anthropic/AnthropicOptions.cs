namespace Platform.Ai.Anthropic;

/// <summary>Claude. Section <c>Ai:Anthropic</c>.</summary>
public sealed class AnthropicOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Ai:Anthropic";

    /// <summary>The address without the version.</summary>
    public string BaseUrl { get; init; } = "https://api.anthropic.com";

    /// <summary>The key; empty means that Claude is not used. Never logged.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model.</summary>
    public string Model { get; init; } = "claude-haiku-4-5";

    /// <summary>Every mistake, each with its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) { yield return $"{Section}:BaseUrl must be an http(s) address."; }
        if (ApiKey is not "" && Model is "") { yield return $"{Section}:Model must name a model."; }
    }
}
