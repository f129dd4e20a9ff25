using Microsoft.AspNetCore.Components;
using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Agents.Ui;

/// <summary>
/// The Content agent beside the composer: what it writes comes as it is written, as a suggestion that a person accepts, edits or rejects. Nothing
/// reaches the editor by itself.
/// </summary>
public sealed partial class ComposerAgentPanel(ComposerAgents agents, DecideSuggestion decide, IModels models, CallerProvider callers) : IDisposable
{
    private CancellationTokenSource? _stop;
    private string _brief = "";
    private string _url = "";
    private string _tone = "neutral";
    private string _words = "";
    private string _message = "";
    private string _edited = "";
    private bool _isEditing;
    private ComposerAsk _asked;
    private SuggestionView? _suggestion;
    private Problem? _problem;

    /// <summary>The post being written.</summary>
    [Parameter, EditorRequired] public required ComposerContext Context { get; set; }

    private bool IsWorking => _stop is not null;

    private EventCallback<int> TimeTaken => Context.ApplyTime is null ? default : EventCallback.Factory.Create<int>(this, AcceptAsync);

    private bool HasText => !string.IsNullOrWhiteSpace(Context.Text);

    private bool HasBrief => !string.IsNullOrWhiteSpace(_brief) || !string.IsNullOrWhiteSpace(_url);

    /// <inheritdoc />
    public void Dispose() => _stop?.Cancel();

    private async Task AskAsync(ComposerAsk ask)
    {
        using var stop = new CancellationTokenSource();
        (_stop, _asked, _words, _message, _problem, _suggestion, _isEditing) = (stop, ask, "", T["ComposerAgentPanel.Beginning"], null, null, false);
        try
        {
            await using var chunks = agents.StreamAsync(await callers.GetAsync(), ask, Context, new(_brief, _url, _tone), stop.Token).GetAsyncEnumerator(stop.Token);
            while (await NextAsync(chunks)) { Take(chunks.Current); }
        }
        catch (OperationCanceledException) when (stop.IsCancellationRequested)
        {
            _problem = null;
        }
        finally
        {
            _stop = null;
        }
    }

    // Draws what there is before it waits for more: at once when words trickle, once for many when they pour.
    private ValueTask<bool> NextAsync(IAsyncEnumerator<DraftChunk> chunks)
    {
        var next = chunks.MoveNextAsync();
        if (!next.IsCompleted) { StateHasChanged(); }
        return next;
    }

    private void Take(DraftChunk chunk)
    {
        _words += chunk.Text;
        _message = chunk.Message ?? (chunk.Text is "" ? _message : T["ComposerAgentPanel.Writing"]);
        _suggestion = chunk.Suggestion ?? _suggestion;
        // A person who pressed Stop knows that it was stopped.
        _problem = chunk.Problem is { Code: not "run_cancelled" } problem ? problem : null;
    }

    private Task StopAsync() => _stop?.CancelAsync() ?? Task.CompletedTask;

    private Task RetryAsync() => AskAsync(_asked);

    private void Edit() => (_isEditing, _edited) = (true, _suggestion?.Text ?? "");

    private async Task AcceptAsync(int time)
    {
        if (_suggestion is not { } suggestion) { return; }
        var decided = await decide.AcceptAsync(await callers.GetAsync(), suggestion.Id, new(_isEditing ? _edited : null, CreatePost: false), CancellationToken.None);
        if (!decided.Ok) { _problem = decided.Problem; return; }
        await ApplyAsync(suggestion, _isEditing ? _edited : suggestion.Text, time);
        _suggestion = null;
    }

    private async Task ApplyAsync(SuggestionView suggestion, string text, int time)
    {
        if (suggestion.Kind == SuggestionKind.Times) { await (Context.ApplyTime?.Invoke(suggestion.Times[time].At) ?? Task.CompletedTask); return; }
        if (suggestion.Kind == SuggestionKind.Hashtags) { await Context.ApplyText($"{Context.Text.TrimEnd()}\n\n{text}"); return; }
        if (suggestion.Kind != SuggestionKind.Variants) { await Context.ApplyText(text); return; }
        foreach (var variant in suggestion.Variants.Where(v => v.Fit.ChannelId is not null)) { await Context.ApplyVariant(variant.Fit.ChannelId!, variant.Text); }
    }

    private async Task RejectAsync()
    {
        if (_suggestion is not { } suggestion) { return; }
        var decided = await decide.RejectAsync(await callers.GetAsync(), suggestion.Id, new(), CancellationToken.None);
        if (!decided.Ok) { _problem = decided.Problem; return; }
        _suggestion = null;
    }

    private string NameOf(TargetFit fit) => Context.Channels.FirstOrDefault(c => c.Id == fit.ChannelId)?.Name ?? fit.Network;

    private static string Capital(string word) => char.ToUpperInvariant(word[0]) + word[1..];
}
