using Platform.Ai.Anthropic;
using Platform.Ai.Offline;
using Platform.Ai.OpenAi;

namespace Platform.Ai;

/// <summary>Wires up the models: OpenAI, Claude, and the offline engine that needs nothing.</summary>
public sealed class AiModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var settings = builder.Configuration;
        var options = settings.GetSection(AiOptions.Section).Get<AiOptions>() ?? new();
        var openAi = settings.GetSection(OpenAiOptions.Section).Get<OpenAiOptions>() ?? new();
        var anthropic = settings.GetSection(AnthropicOptions.Section).Get<AnthropicOptions>() ?? new();
        var mistakes = options.Mistakes(["OpenAi", "Anthropic", "Offline"]).Concat(openAi.Mistakes()).Concat(anthropic.Mistakes()).ToList();
        if (mistakes.Count > 0) { throw new InvalidOperationException(string.Join(Environment.NewLine, mistakes)); }

        builder.Services.AddSingleton(options).AddSingleton(openAi).AddSingleton(anthropic)
            .AddSingleton<IModelProvider, OpenAiProvider>()
            .AddSingleton<IModelProvider, AnthropicProvider>()
            .AddSingleton<IModelProvider, OfflineProvider>()
            .AddSingleton<IModels, Models>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
