using System.Text;
using Microsoft.Extensions.AI;

namespace Platform.Ai;

/// <summary>Tokens where the model's own count is not there.</summary>
public static class TokenEstimate
{
    private const int PerMessage = 64; // the chat template around a message, letter by letter at worst

    /// <summary>
    /// A bound that holds for byte-level tokenizers: no token is shorter than a byte, and each message costs a few more. About four times
    /// the usual count; it is only set aside, not counted.
    /// </summary>
    public static long AtMost(IReadOnlyList<ChatMessage> messages, IReadOnlyList<AIFunction> tools) =>
        messages.Sum(m => PerMessage + m.Contents.Sum(Bytes)) + tools.Sum(t => PerMessage + Bytes(t.Name) + Bytes(t.Description) + Bytes(t.JsonSchema.GetRawText()));

    /// <summary>A fair guess, rounded up: three bytes a token. Marked as estimated wherever it is shown.</summary>
    public static long Of(string text) => (Bytes(text) + 2) / 3;

    /// <inheritdoc cref="Of(string)" />
    public static long Of(IReadOnlyList<ChatMessage> messages) => messages.Sum(m => 4 + Of(m.Text));

    private static long Bytes(AIContent content) => content switch
    {
        TextContent text => Bytes(text.Text),
        FunctionCallContent call => Bytes(call.Name) + (call.Arguments?.Sum(a => Bytes(a.Key) + Bytes(a.Value?.ToString()) + 8) ?? 0),
        FunctionResultContent result => Bytes(result.Result?.ToString()),
        _ => throw new NotSupportedException($"{content.GetType().Name} cannot be counted"),
    };

    private static long Bytes(string? text) => text is null ? 0 : Encoding.UTF8.GetByteCount(text);
}
