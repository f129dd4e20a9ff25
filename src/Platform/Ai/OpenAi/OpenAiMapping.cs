using System.Text.Json;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatFinishReason = Microsoft.Extensions.AI.ChatFinishReason;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Platform.Ai.OpenAi;

/// <summary>Words of Microsoft.Extensions.AI ↔ words of the OpenAI package.</summary>
internal static class OpenAiMapping
{
    public static List<OpenAI.Chat.ChatMessage> Messages(IEnumerable<ChatMessage> messages) => [.. messages.SelectMany(Message)];

    public static ChatCompletionOptions Options(ChatOptions? options)
    {
        var made = new ChatCompletionOptions { MaxOutputTokenCount = options?.MaxOutputTokens, Temperature = options?.Temperature };
        foreach (var tool in options?.Tools?.OfType<AIFunctionDeclaration>() ?? [])
        {
            made.Tools.Add(ChatTool.CreateFunctionTool(tool.Name, tool.Description, BinaryData.FromString(tool.JsonSchema.GetRawText())));
        }
        return made;
    }

    public static ChatMessage Message(ChatCompletion completion)
    {
        var contents = completion.Content.Where(p => p.Kind == ChatMessageContentPartKind.Text).Select(p => (AIContent)new TextContent(p.Text));
        var calls = completion.ToolCalls.Select(c => (AIContent)Call(c.Id, c.FunctionName, c.FunctionArguments.ToString()));
        return new(ChatRole.Assistant, [.. contents, .. calls]);
    }

    public static UsageDetails? Usage(ChatTokenUsage? usage) => usage is null ? null : new()
    {
        InputTokenCount = usage.InputTokenCount,
        OutputTokenCount = usage.OutputTokenCount,
        TotalTokenCount = usage.TotalTokenCount,
    };

    public static ChatFinishReason Finish(OpenAI.Chat.ChatFinishReason reason) => reason switch
    {
        OpenAI.Chat.ChatFinishReason.Length => ChatFinishReason.Length,
        OpenAI.Chat.ChatFinishReason.ToolCalls => ChatFinishReason.ToolCalls,
        OpenAI.Chat.ChatFinishReason.ContentFilter => ChatFinishReason.ContentFilter,
        _ => ChatFinishReason.Stop,
    };

    /// <summary>Arguments that are no JSON object are handed on as a parse error: the tool is then not run.</summary>
    public static FunctionCallContent Call(string id, string name, string arguments) =>
        FunctionCallContent.CreateFromParsedArguments(arguments, id, name, json => JsonSerializer.Deserialize<Dictionary<string, object?>>(json is "" ? "{}" : json));

    private static IEnumerable<OpenAI.Chat.ChatMessage> Message(ChatMessage message)
    {
        if (message.Role == ChatRole.System) { yield return new SystemChatMessage(message.Text); }
        else if (message.Role == ChatRole.Assistant) { yield return Assistant(message); }
        else if (message.Role == ChatRole.Tool)
        {
            foreach (var result in message.Contents.OfType<FunctionResultContent>()) { yield return new ToolChatMessage(result.CallId, result.Result?.ToString() ?? ""); }
        }
        else { yield return new UserChatMessage(message.Text); }
    }

    private static AssistantChatMessage Assistant(ChatMessage message)
    {
        var calls = message.Contents.OfType<FunctionCallContent>()
            .Select(c => ChatToolCall.CreateFunctionToolCall(c.CallId, c.Name, BinaryData.FromString(JsonSerializer.Serialize(c.Arguments)))).ToList();
        if (calls.Count == 0) { return new AssistantChatMessage(message.Text); }
        var made = new AssistantChatMessage(calls);
        if (message.Text is { Length: > 0 } text) { made.Content.Add(ChatMessageContentPart.CreateTextPart(text)); }
        return made;
    }
}
