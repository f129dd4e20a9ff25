using System.Runtime.CompilerServices;
using Microsoft.Extensions.AI;
using Microsoft.Extensions.Logging.Abstractions;
using Platform.Ai;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Tests.Ai;

/// <summary>A model that says what the test tells it to.</summary>
internal sealed class ScriptedModel(Func<IReadOnlyList<ChatMessage>, ChatOptions?, CancellationToken, IAsyncEnumerable<ChatResponseUpdate>> answer) : IModelProvider, IChatClient
{
    public List<IReadOnlyList<ChatMessage>> Asked { get; } = [];

    public ModelStatus Status { get; init; } = new("Scripted", "scripted-1", false, null);

    public IChatClient Client => this;

    public static ScriptedModel Saying(Func<IReadOnlyList<ChatMessage>, string> text, int inputTokens = 10, int outputTokens = 5) =>
        new((messages, _, _) => One(text(messages), inputTokens, outputTokens));

    public static ScriptedModel Failing(ModelException failure) => new((_, _, _) => Throw(failure));

    public async Task<ChatResponse> GetResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default) =>
        await GetStreamingResponseAsync(messages, options, cancellationToken).ToChatResponseAsync(cancellationToken);

    public IAsyncEnumerable<ChatResponseUpdate> GetStreamingResponseAsync(IEnumerable<ChatMessage> messages, ChatOptions? options = null, CancellationToken cancellationToken = default)
    {
        List<ChatMessage> list = [.. messages];
        lock (Asked) { Asked.Add(list); }
        return answer(list, options, cancellationToken);
    }

    public object? GetService(Type serviceType, object? serviceKey = null) => null;

    public void Dispose() { }

    public static async IAsyncEnumerable<ChatResponseUpdate> One(string text, int inputTokens = 10, int outputTokens = 5)
    {
        await Task.Yield();
        yield return new(ChatRole.Assistant, text);
        yield return new(ChatRole.Assistant, [new UsageContent(new() { InputTokenCount = inputTokens, OutputTokenCount = outputTokens })]) { FinishReason = ChatFinishReason.Stop };
    }

    public static async IAsyncEnumerable<ChatResponseUpdate> Forever(string word, Action<int> onWord, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        for (var i = 0; ; i++)
        {
            cancellationToken.ThrowIfCancellationRequested();
            yield return new(ChatRole.Assistant, word);
            onWord(i);
            await Task.Yield();
        }
    }

    private static async IAsyncEnumerable<ChatResponseUpdate> Throw(ModelException failure)
    {
        await Task.Yield();
        throw failure;
#pragma warning disable CS0162 // makes this an iterator
        yield break;
#pragma warning restore CS0162
    }
}

/// <summary>A budget kept in memory, that remembers what was held and settled.</summary>
internal sealed class FakeBudget(long limit = long.MaxValue) : IBudget
{
    private readonly Lock _lock = new();

    public long Held { get; private set; }

    public long Used { get; private set; }

    public List<BudgetRequest> Requests { get; } = [];

    public List<ModelUsage> Settled { get; } = [];

    public Task<Result<BudgetHold>> ReserveAsync(Caller caller, BudgetRequest request, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Requests.Add(request);
            if (Held + Used + request.Tokens > limit) { return Task.FromResult<Result<BudgetHold>>(new Problem(ProblemKind.LimitReached, "ai_budget_exhausted", "used up")); }
            Held += request.Tokens;
            return Task.FromResult<Result<BudgetHold>>(new BudgetHold(Ids.New(), request.Tokens, request.CostMicroUsd));
        }
    }

    public Task SettleAsync(Caller caller, BudgetHold hold, ModelUsage usage, CancellationToken cancellationToken)
    {
        lock (_lock)
        {
            Held -= hold.Tokens;
            Used += usage.InputTokens + usage.OutputTokens;
            Settled.Add(usage);
        }
        return Task.CompletedTask;
    }
}

internal static class Ask
{
    public static readonly Caller Caller = Caller.System(Ids.New(), "test");

    public static ModelRequest For(string words, int maxOutputTokens = 64) => new([new(ChatRole.User, words)]) { MaxOutputTokens = maxOutputTokens };

    public static Models Models(IModelProvider provider, IBudget? budget = null, AiOptions? options = null, TimeProvider? time = null) =>
        new([provider], options ?? new AiOptions(), budget ?? new FakeBudget(), time ?? TimeProvider.System, NullLogger<Models>.Instance);

    public static async Task<List<ModelChunk>> AllAsync(IAsyncEnumerable<ModelChunk> chunks)
    {
        var all = new List<ModelChunk>();
        await foreach (var chunk in chunks) { all.Add(chunk); }
        return all;
    }
}
