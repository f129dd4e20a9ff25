using System.Text;
using Microsoft.Extensions.AI;

namespace Platform.Ai;

/// <summary>One streamed call under way. Ends by itself on failure, silence or cancellation, and then knows what came until there.</summary>
internal sealed class ModelCall : IAsyncDisposable
{
    private readonly StringBuilder _text = new();
    private readonly List<FunctionCallContent> _toolCalls = [];
    private readonly CancellationTokenSource _patience;
    private readonly CancellationTokenSource _stop;
    private readonly CancellationToken _caller;
    private readonly TimeSpan _silence;
    private readonly IAsyncEnumerator<ChatResponseUpdate> _updates;

    /// <summary>Starts nothing yet; the first <see cref="NextAsync"/> does.</summary>
    public ModelCall(IChatClient client, ModelRequest request, TimeSpan silence, TimeProvider time, CancellationToken caller)
    {
        (_caller, _silence) = (caller, silence);
        _patience = new CancellationTokenSource(Timeout.InfiniteTimeSpan, time);
        _stop = CancellationTokenSource.CreateLinkedTokenSource(caller, _patience.Token);
        _updates = client.GetStreamingResponseAsync(request.Messages, Options(request), _stop.Token).GetAsyncEnumerator(_stop.Token);
    }

    /// <summary>What came.</summary>
    public string Text => _text.ToString();

    /// <summary>The tools asked for.</summary>
    public IReadOnlyList<FunctionCallContent> ToolCalls => _toolCalls;

    /// <summary>What the service says was used; null where it does not say.</summary>
    public UsageDetails? Usage { get; private set; }

    /// <summary>How it ended.</summary>
    public ModelFinish Finish { get; private set; } = ModelFinish.Complete;

    /// <summary>Why it failed; null where it did not.</summary>
    public ModelException? Failure { get; private set; }

    /// <summary>The next words; null at the end.</summary>
    public async Task<string?> NextAsync()
    {
        try
        {
            while (await MoveAsync())
            {
                Take(_updates.Current);
                if (_updates.Current.Text is { Length: > 0 } words) { _text.Append(words); return words; }
            }
        }
        catch (OperationCanceledException) when (_caller.IsCancellationRequested)
        {
            Finish = ModelFinish.Cancelled;
        }
        catch (OperationCanceledException e)
        {
            Failure = new(ModelFailure.TimedOut, $"silent for {_silence.TotalSeconds:0} s", null, e);
        }
        catch (ModelException e)
        {
            Failure = e;
        }
        catch (Exception e) when (e is IOException or HttpRequestException or System.Text.Json.JsonException or InvalidOperationException or FormatException)
        {
            Failure = new(ModelFailure.Broken, $"the answer broke off after {_text.Length} characters", null, e);
        }
        return null;
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        await _updates.DisposeAsync();
        _stop.Dispose();
        _patience.Dispose();
    }

    private async ValueTask<bool> MoveAsync()
    {
        _patience.CancelAfter(_silence);
        return await _updates.MoveNextAsync();
    }

    private void Take(ChatResponseUpdate update)
    {
        foreach (var content in update.Contents)
        {
            if (content is UsageContent usage) { Add(usage.Details); }
            if (content is FunctionCallContent call) { _toolCalls.Add(call); }
        }
        if (update.FinishReason is { } reason) { Finish = FinishOf(reason); }
    }

    private void Add(UsageDetails details)
    {
        if (Usage is null) { Usage = details; } else { Usage.Add(details); }
    }

    private static ModelFinish FinishOf(ChatFinishReason reason) =>
        reason == ChatFinishReason.Length ? ModelFinish.CutOff
        : reason == ChatFinishReason.ToolCalls ? ModelFinish.Tools
        : reason == ChatFinishReason.ContentFilter ? ModelFinish.Filtered
        : ModelFinish.Complete;

    private static ChatOptions Options(ModelRequest request) => new()
    {
        MaxOutputTokens = request.MaxOutputTokens,
        Tools = request.Tools.Count == 0 ? null : [.. request.Tools],
        AdditionalProperties = request.Task is { } task ? new() { [nameof(TextTask)] = task } : null,
    };
}
