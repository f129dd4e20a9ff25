using System.Text;
using System.Threading.Channels;
using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>A run was cancelled by a person while it was at work.</summary>
public sealed class RunCancelledException() : OperationCanceledException("the run was cancelled");

/// <summary>Stores a run's progress and tells open pages.</summary>
public sealed class RunProgress(RunStore runs, LiveRuns live, TimeProvider time)
{
    /// <summary>False where the run is not at work any more: it was cancelled.</summary>
    public async Task<bool> ReportAsync(Caller caller, string runId, double done, string message, CancellationToken cancellationToken)
    {
        var stored = await runs.ReportAsync(caller, runId, done, message, time.GetUtcNow(), cancellationToken);
        await live.ChangedAsync(caller, runId);
        return stored is not null;
    }
}

/// <summary>What a run's work may do: ask the model, name its sources, tell its progress.</summary>
public sealed class RunSession(Caller caller, string runId, IModels models, RunProgress progress, ChannelWriter<DraftChunk> chunks)
{
    private const int LongestAnswer = 12_000;
    private readonly StringBuilder _words = new();
    private readonly List<RunSource> _sources = [];

    /// <summary>The run.</summary>
    public string RunId => runId;

    /// <summary>On whose behalf.</summary>
    public Caller Caller => caller;

    /// <summary>What the model said so far.</summary>
    public string Words => PlainText.From(_words.ToString(), LongestAnswer);

    /// <summary>What was used so far.</summary>
    public ModelUsage Usage { get; private set; } = ModelUsage.None;

    /// <summary>What answered.</summary>
    public RunModel? Model { get; private set; }

    /// <summary>What was drawn on.</summary>
    public IReadOnlyList<RunSource> Sources => _sources;

    /// <summary>0 to 1.</summary>
    public double Progress { get; private set; }

    /// <summary>Names a source.</summary>
    public void DrawOn(RunSource source) => _sources.Add(source);

    /// <summary>Tells progress; throws <see cref="RunCancelledException"/> where the run was cancelled from elsewhere.</summary>
    public async Task ReportAsync(double done, string message, CancellationToken cancellationToken)
    {
        Progress = done;
        chunks.TryWrite(new(runId, Message: message));
        if (!await progress.ReportAsync(caller, runId, done, message, cancellationToken)) { throw new RunCancelledException(); }
    }

    /// <summary>Asks the model, handing its words on as they come. The answer's text is plain and bounded; it is untrusted all the same.</summary>
    public async Task<Result<ModelAnswer>> AskAsync(ModelRequest request, CancellationToken cancellationToken)
    {
        Model ??= new(models.Active.Provider, models.Active.Model, models.Active.Offline);
        ModelChunk? last = null;
        await foreach (var chunk in models.StreamAsync(caller, request with { RunId = runId }, cancellationToken))
        {
            last = chunk;
            if (chunk.Text is "") { continue; }
            _words.Append(chunk.Text);
            chunks.TryWrite(new(runId, chunk.Text));
        }
        if (last?.Problem is { } problem) { return problem; }
        var answer = last?.Answer ?? throw new InvalidOperationException("a stream ended without an answer");
        Usage = Usage.Plus(answer.Usage);
        cancellationToken.ThrowIfCancellationRequested();
        return answer with { Text = PlainText.From(answer.Text, LongestAnswer) };
    }
}
