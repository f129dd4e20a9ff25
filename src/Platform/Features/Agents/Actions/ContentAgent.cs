using System.Runtime.CompilerServices;
using Platform.Ai;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>What the Content agent's actions share: permission, targets, the brand, asking, and storing what came of it.</summary>
public sealed class ContentAgent(AgentRunner runner, Targets targets, TextReview review, IBrand brands, IModels models, TimeProvider time)
{
    /// <summary>The longest text an agent takes.</summary>
    public const int LongestText = 20_000;

    /// <summary>The tones there are.</summary>
    public static readonly IReadOnlyList<string> Tones = ["neutral", "friendly", "professional", "bold", "playful"];

    /// <summary>How texts are reviewed.</summary>
    public TextReview Review => review;

    /// <summary>How limits are measured.</summary>
    public Targets Targets => targets;

    /// <summary>The first lines of every action: may they, and what is it for.</summary>
    public async Task<Result<IReadOnlyList<Target>>> StartAsync(Caller caller, TargetNames names, CancellationToken cancellationToken) =>
        caller.May(Permission.AgentsUse) ? await targets.FindAsync(caller, names, cancellationToken) : Problem.Forbidden("Your role may not ask agents to work. Ask an owner or admin.");

    /// <summary>A text that is there and not too long; else the problem.</summary>
    public static Problem? CheckText(string field, string? text) =>
        string.IsNullOrWhiteSpace(text) ? Problem.InvalidField(field, "text_missing", "There is no text to work on. Write something first.")
        : text.Length > LongestText ? Problem.InvalidField(field, "text_too_long", $"The text is longer than {LongestText} characters. Give the agent a part of it.")
        : null;

    /// <summary>A tone there is (neutral where none is named); else the problem.</summary>
    public static Result<string> CheckTone(string? tone) => string.IsNullOrWhiteSpace(tone) ? "neutral"
        : Tones.FirstOrDefault(t => t.Equals(tone, StringComparison.OrdinalIgnoreCase)) is { } known ? known
        : Problem.InvalidField("tone", "unknown_tone", $"There is no tone '{PlainText.From(tone, 30)}'. Choose one of {string.Join(", ", Tones)}.");

    /// <summary>A task that fits the targets.</summary>
    public async Task<TextTask> TaskAsync(Caller caller, TextTaskKind kind, string text, IReadOnlyList<Target> all, CancellationToken cancellationToken)
    {
        var (limit, measure) = targets.Tightest(all);
        var brand = await brands.OfAsync(caller.OrganizationId, cancellationToken);
        return new(kind, text.Trim())
        {
            Brand = brand.Name,
            Voice = brand.Describe(),
            Avoid = brand.ForbiddenWords,
            MaxLength = limit > 0 ? limit : 0,
            Measure = measure,
            MaxHashtags = Hashtags(all),
        };
    }

    /// <summary>Runs a plan, or says at once why not.</summary>
    public async IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, Func<CancellationToken, Task<Result<RunPlan>>> prepare, [EnumeratorCancellation] CancellationToken cancellationToken)
    {
        var plan = await prepare(cancellationToken);
        if (!plan.Ok) { yield return new("", Problem: plan.Problem); yield break; }
        await foreach (var chunk in runner.StreamAsync(caller, plan.Value, cancellationToken)) { yield return chunk; }
    }

    /// <summary>Asks once and makes a suggestion of the answer.</summary>
    public async Task<Result<RunOutcome>> WriteAsync(RunSession session, ModelRequest request, IReadOnlyList<Target> all, string how, CancellationToken cancellationToken)
    {
        var asked = await session.AskAsync(request, cancellationToken);
        if (!asked.Ok) { return asked.Problem; }
        if (Unusable(asked.Value) is { } problem) { return problem; }
        var material = string.Join('\n', request.Task?.Text, request.Task?.Source, request.Task?.Link);
        var reviewed = review.Of(asked.Value, all, material, request.Task?.Avoid);
        if (reviewed.Text is "") { return Empty; }
        return new RunOutcome(reviewed.Text, [New(session, SuggestionKind.Text, Reason(how, reviewed.Notes), reviewed.Confidence) with { Text = reviewed.Text, Fits = reviewed.Fits, ChannelIds = Ids(all) }]);
    }

    /// <summary>An answer that cannot be used.</summary>
    public static Problem? Unusable(ModelAnswer answer) =>
        answer.Finish == ModelFinish.Filtered ? new(ProblemKind.UpstreamFailed, "ai_withheld", "The model withheld its answer. Word the request differently.")
        : string.IsNullOrWhiteSpace(answer.Text) ? Empty
        : null;

    /// <summary>A new suggestion of a run.</summary>
    public Suggestion New(RunSession session, SuggestionKind kind, string reason, Confidence confidence) => new()
    {
        OrganizationId = session.Caller.OrganizationId,
        RunId = session.RunId,
        Agent = AgentName.Content,
        Kind = kind,
        Reason = reason,
        Confidence = confidence,
        Sources = session.Sources,
        Model = session.Model,
        CreatedAt = time.GetUtcNow(),
    };

    /// <summary>How it was made, by what, and what to look at.</summary>
    public string Reason(string how, IEnumerable<string> notes) =>
        string.Join(' ', [$"{how} by {(models.Active.Offline ? "the offline engine (no model was asked)" : $"{models.Active.Provider} {models.Active.Model}")}.", .. notes]);

    /// <summary>The channels among targets.</summary>
    public static IReadOnlyList<string> Ids(IReadOnlyList<Target> all) => [.. all.Select(t => t.ChannelId).OfType<string>()];

    private static Problem Empty => new(ProblemKind.UpstreamFailed, "ai_answer_empty", "The model gave no text. Try again, or say more in the brief.");

    // A network may forbid more hashtags than this; three read well anywhere.
    private static int Hashtags(IReadOnlyList<Target> all) => all.Where(t => t.Limits.MaxHashtags > 0).Select(t => t.Limits.MaxHashtags).Append(3).Min();
}
