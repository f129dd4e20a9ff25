namespace Platform.Ai.OpenAi;

/// <summary>OpenAI, or any server that speaks its chat API. Section <c>Ai:OpenAi</c>.</summary>
public sealed class OpenAiOptions
{
    /// <summary>The section.</summary>
    public const string Section = "Ai:OpenAi";

    /// <summary>The address up to and with the version, such as <c>https://api.openai.com/v1</c>.</summary>
    public string BaseUrl { get; init; } = "https://api.openai.com/v1";

    /// <summary>The key; empty means that OpenAI is not used. Never logged.</summary>
    public string ApiKey { get; init; } = "";

    /// <summary>The model.</summary>
    public string Model { get; init; } = "gpt-4o-mini";

    /// <summary>Every mistake, each with its key.</summary>
    public IEnumerable<string> Mistakes()
    {
        if (!Uri.TryCreate(BaseUrl, UriKind.Absolute, out var url) || url.Scheme is not ("https" or "http")) { yield return $"{Section}:BaseUrl must be an http(s) address."; }
        if (ApiKey is not "" && Model is "") { yield return $"{Section}:Model must name a model."; }
    }
}
