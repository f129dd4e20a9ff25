using System.ClientModel;
using System.Runtime.CompilerServices;
using System.Text;
using Microsoft.Extensions.AI;
using OpenAI.Chat;
using ChatMessage = Microsoft.Extensions.AI.ChatMessage;

namespace Platform.Ai.OpenAi;

/// <summary>OpenAI's chat client as <see cref="IChatClient"/>: text, streaming, usage, function calls.</summary>
internal sealed class OpenAiChatClient(ChatClient client) : IChatClient
{
    /// <inheritdoc />
    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        try
        {
            ChatCompletion completion = await client.CompleteChatAsync(OpenAiMapping.Messages(messages), OpenAiMapping.Options(options), cancellationToken);
            return new(OpenAiMapping.Message(completion))
            {
                FinishReason = OpenAiMapping.Finish(completion.FinishReason),
                ModelId = completion.Model,
                Usage = OpenAiMapping.Usage(completion.Usage),
            };
        }
        catch (ClientResultException e)
        {
            throw new ModelException(ModelFailure.Broken, $"status {e.Status}", null, e);
        }
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        var tools = new SortedDictionary<int, ToolCall>();
        await foreach (var update in client.CompleteChatStreamingAsync(OpenAiMapping.Messages(messages), OpenAiMapping.Options(options), cancellationToken))
        {
            foreach (var part in update.ToolCallUpdates) { Gather(tools, part); }
            yield return Update(update);
        }
        if (tools.Count > 0) { yield return new(ChatRole.Assistant, [.. tools.Values.Select(t => OpenAiMapping.Call(t.Id, t.Name, t.Arguments.ToString()))]); }
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : serviceType.IsInstanceOfType(client) ? client : null;

    /// <inheritdoc />
    public void Dispose() { }

    private static ChatResponseUpdate Update(StreamingChatCompletionUpdate update)
    {
        var contents = update.ContentUpdate.Where(p => p.Kind == ChatMessageContentPartKind.Text).Select(p => (AIContent)new TextContent(p.Text)).ToList();
        if (OpenAiMapping.Usage(update.Usage) is { } usage) { contents.Add(new UsageContent(usage)); }
        return new(ChatRole.Assistant, contents) { FinishReason = update.FinishReason is { } reason ? OpenAiMapping.Finish(reason) : null, ModelId = update.Model };
    }

    private static void Gather(SortedDictionary<int, ToolCall> tools, StreamingChatToolCallUpdate part)
    {
        var call = tools.TryGetValue(part.Index, out var there) ? there : tools[part.Index] = new();
        if (part.ToolCallId is { Length: > 0 } id) { call.Id = id; }
        if (part.FunctionName is { Length: > 0 } name) { call.Name = name; }
        if (part.FunctionArgumentsUpdate is { } json) { call.Arguments.Append(json.ToString()); }
    }

    private sealed class ToolCall
    {
        public string Id { get; set; } = "";
        public string Name { get; set; } = "";
        public StringBuilder Arguments { get; } = new();
    }
}
