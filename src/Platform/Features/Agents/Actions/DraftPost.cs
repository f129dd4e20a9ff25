using Platform.Ai;
using Platform.Features.Agents.Agents;
using Platform.Features.Agents.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Actions;

/// <summary>What a draft is made from: a brief, the address of a page, or both.</summary>
public sealed record DraftPostRequest(string? Brief, string? Url, TargetNames For, string? Tone = null);

/// <summary>Drafts a post.</summary>
public sealed class DraftPost(ContentAgent agent, AgentRunner runner, IOutboundFetcher fetcher)
{
    /// <summary>Hands the words over as they come.</summary>
    public IAsyncEnumerable<DraftChunk> StreamAsync(Caller caller, DraftPostRequest request, CancellationToken cancellationToken) =>
        agent.StreamAsync(caller, token => PrepareAsync(caller, request, token), cancellationToken);

    /// <summary>Returns the suggestion when it is whole.</summary>
    public async Task<Result<SuggestionView>> RunAsync(Caller caller, DraftPostRequest request, CancellationToken cancellationToken)
    {
        var plan = await PrepareAsync(caller, request, cancellationToken);
        return plan.Ok ? await runner.RunAsync(caller, plan.Value, cancellationToken) : plan.Problem;
    }

    private async Task<Result<RunPlan>> PrepareAsync(Caller caller, DraftPostRequest request, CancellationToken cancellationToken)
    {
        var targets = await agent.StartAsync(caller, request.For, cancellationToken);
        if (!targets.Ok) { return targets.Problem; }
        var (brief, url) = (request.Brief?.Trim() ?? "", request.Url?.Trim() ?? "");
        if (brief is "" && url is "") { return Problem.InvalidField("brief", "brief_missing", "Say in a sentence what the post is about, or give the address of a page."); }
        if (brief is not "" && ContentAgent.CheckText("brief", brief) is { } problem) { return problem; }
        var tone = ContentAgent.CheckTone(request.Tone);
        if (!tone.Ok) { return tone.Problem; }
        return new RunPlan(AgentName.Content, RunKind.DraftPost,
            [new("brief", brief), new("url", url), new("tone", tone.Value), new("for", string.Join(", ", targets.Value.Select(t => t.Name)))],
            (session, token) => WorkAsync(session, brief, url, tone.Value, targets.Value, token));
    }

    /// <summary>The work itself, for runs that draft several.</summary>
    internal async Task<Result<RunOutcome>> WorkAsync(RunSession session, string brief, string url, string tone, IReadOnlyList<Target> targets, CancellationToken cancellationToken)
    {
        var page = new PageText("", "");
        if (url is not "")
        {
            await session.ReportAsync(0.1, "Reading the page …", cancellationToken);
            var fetched = await fetcher.FetchAsync(url, cancellationToken);
            if (!fetched.Ok) { return fetched.Problem; }
            page = PageText.Of(fetched.Value);
            if (page.Text is "") { return Problem.InvalidField("url", "page_empty", "The page holds no text that can be read. Give another, or write a brief."); }
            session.DrawOn(new("page", "", page.Title is "" ? fetched.Value.Url : page.Title, fetched.Value.Url));
        }
        var task = await agent.TaskAsync(session.Caller, TextTaskKind.Draft, brief is "" ? page.Title : brief, targets, cancellationToken) with { Tone = tone, Source = page.Text, Link = url };
        if (task.Text is "") { task = task with { Text = page.Text.Split('\n')[0] }; }
        await session.ReportAsync(0.3, "Writing …", cancellationToken);
        return await agent.WriteAsync(session, ContentPrompts.ForDraft(task, Targets.Words(targets)), targets, How(brief, url, tone), cancellationToken);
    }

    private static string How(string brief, string url, string tone) =>
        $"Drafted from {(brief is "" ? "the page" : url is "" ? "your brief" : "your brief and the page")}{(tone == "neutral" ? "" : $" in a {tone} tone")}";
}
