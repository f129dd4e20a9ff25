using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;

namespace Platform.Ai.Offline;

/// <summary>Answers from the <see cref="TextTask"/> of the options; without one it summarizes the last message. Never asks for tools.</summary>
internal sealed class OfflineChatClient : IChatClient
{
    /// <inheritdoc />
    public Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        cancellationToken.ThrowIfCancellationRequested();
        return Task.FromResult(new ChatResponse(new ChatMessage(ChatRole.Assistant, Answer(messages, options)))
        {
            FinishReason = ChatFinishReason.Stop,
            Usage = new() { InputTokenCount = 0, OutputTokenCount = 0, TotalTokenCount = 0 },
        });
    }

    /// <inheritdoc />
    public async IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, [EnumeratorCancellation] CancellationToken cancellationToken = default)
    {
        foreach (var word in Words(Answer(messages, options)))
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(ChatRole.Assistant, word);
            await Task.Yield();
        }
        yield return new(ChatRole.Assistant, []) { FinishReason = ChatFinishReason.Stop };
    }

    /// <inheritdoc />
    public object? GetService(Type serviceType, object? serviceKey = null) => serviceType.IsInstanceOfType(this) ? this : null;

    /// <inheritdoc />
    public void Dispose() { }

    private static string Answer(IEnumerable<ChatMessage> messages, ChatOptions? options) =>
        options?.AdditionalProperties?.GetValueOrDefault(nameof(TextTask)) is TextTask task
            ? OfflineWriter.Write(task)
            : OfflineWriter.Write(new(TextTaskKind.Summarize, messages.LastOrDefault(m => m.Role == ChatRole.User)?.Text ?? ""));

    private static IEnumerable<string> Words(string text)
    {
        var start = 0;
        for (var i = 1; i < text.Length; i++)
        {
            if (char.IsWhiteSpace(text[i - 1]) && !char.IsWhiteSpace(text[i])) { yield return text[start..i]; start = i; }
        }
        if (start < text.Length) { yield return text[start..]; }
    }
}
