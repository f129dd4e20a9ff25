using Platform.Api;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Agents.Api;

/// <summary>The agents over HTTP.</summary>
internal static class AgentsEndpoints
{
    public static void Map(IEndpointRouteBuilder routes)
    {
        var use = routes.MapApi("/ai", "AI agents", Permission.AgentsUse);
        use.MapPost("/generate-content", Generate).WithSummary("Draft a post from a brief or a page; streams with Accept: text/event-stream").Produces<SuggestionView>();
        use.MapPost("/optimize-content", Optimize).WithSummary("Improve a text's wording");
        use.MapPost("/shorten", Shorten).WithSummary("Shorten a text");
        use.MapPost("/variants", Variants).WithSummary("Make a text for each channel or network within its limits");
        use.MapPost("/suggest-hashtags", Hashtags).WithSummary("Name hashtags for a text");
        use.MapPost("/suggest-times", Times).WithSummary("Propose times for channels or a post, each with its reason and sample size");
        use.MapPost("/plan-week", Plan).WithSummary("Queue the plan of a week: drafts with times, as suggestions");
        use.MapPost("/runs/{id}/cancel", Cancel).WithSummary("Stop a run");
        use.MapPost("/runs/{id}/feedback", Rate).WithSummary("Rate a run");
        use.MapPut("/budget", SaveBudget).Require(Permission.AgentsManage).WithSummary("Set the organization's own limits");

        var read = routes.MapApi("/ai", "AI agents", Permission.ContentRead);
        read.MapGet("/agents/status", Status).WithSummary("How the agents are doing, and what they work with");
        read.MapGet("/runs", Runs).WithSummary("List runs, newest first");
        read.MapGet("/runs/{id}", Run).WithSummary("One run with its input, output, sources, tokens and cost");
        read.MapGet("/suggestions", Suggestions).WithSummary("List suggestions, newest first");
        read.MapGet("/budget", Budget).WithSummary("This month's budget and what is used");

        var write = routes.MapApi("/ai", "AI agents", Permission.ContentWrite);
        write.MapPost("/suggestions/{id}/accept", Accept).WithSummary("Accept a suggestion, as it is or changed; makes a draft");
        write.MapPost("/suggestions/{id}/reject", Reject).WithSummary("Reject a suggestion");
    }

    private static Task Generate(GenerateBody body, ApiCaller caller, DraftPost action, HttpContext context, CancellationToken cancellationToken)
    {
        var request = new DraftPostRequest(body.Brief, body.Url, new(body.ChannelIds, body.Networks), body.Tone);
        return DraftStream.Wanted(context.Request)
            ? DraftStream.WriteAsync(context, action.StreamAsync(caller, request, cancellationToken), cancellationToken)
            : AnswerAsync(context, action.RunAsync(caller, request, cancellationToken));
    }

    private static async Task<ApiOk<SuggestionView>> Optimize(OptimizeBody body, ApiCaller caller, ImprovePost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(body.Text, new(body.ChannelIds, body.Networks), body.Tone, body.Wish), cancellationToken)).ToOk();

    private static async Task<ApiOk<SuggestionView>> Shorten(ShortenBody body, ApiCaller caller, ShortenPost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(body.Text, new(body.ChannelIds, body.Networks), body.MaxLength), cancellationToken)).ToOk();

    private static async Task<ApiOk<SuggestionView>> Variants(VariantsBody body, ApiCaller caller, MakeVariants action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(body.Text, new(body.ChannelIds, body.Networks)), cancellationToken)).ToOk();

    private static async Task<ApiOk<SuggestionView>> Hashtags(HashtagsBody body, ApiCaller caller, SuggestHashtags action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(body.Text, new(body.ChannelIds, body.Networks), body.Count), cancellationToken)).ToOk();

    private static async Task<ApiOk<SuggestionView>> Times(SuggestTimesRequest body, ApiCaller caller, SuggestTimes action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, body, cancellationToken)).ToOk();

    private static async Task<ApiAccepted<RunView>> Plan(PlanWeekRequest body, ApiCaller caller, PlanWeek action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, body, cancellationToken)).ToAccepted(run => $"/api/v1/ai/runs/{run.Id}");

    private static async Task<ApiOk<RunView>> Cancel(string id, ApiCaller caller, CancelRun action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).ToOk();

    private static async Task<ApiOk<RunView>> Rate(string id, RateRunRequest body, ApiCaller caller, RateRun action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, body, cancellationToken)).ToOk();

    private static async Task<ApiOk<BudgetView>> SaveBudget(SetBudgetRequest body, ApiCaller caller, SetBudget action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, body, cancellationToken)).ToOk();

    private static async Task<ApiOk<AgentsStatusView>> Status(ApiCaller caller, ReadStatus action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, cancellationToken)).ToOk();

    private static async Task<ApiOk<Page<RunView>>> Runs([AsParameters] RunsQuery query, [AsParameters] PageQuery page, ApiCaller caller, ReadRuns action, CancellationToken cancellationToken) =>
        (await action.ListAsync(caller, new(QueryWords.Read<AgentName>("agent", query.Agent), QueryWords.Read<RunKind>("kind", query.Kind), QueryWords.Read<RunState>("state", query.State), page.Size, page.Cursor), cancellationToken)).ToOk();

    private static async Task<ApiOk<RunView>> Run(string id, ApiCaller caller, ReadRuns action, CancellationToken cancellationToken) =>
        (await action.GetAsync(caller, id, cancellationToken)).ToOk();

    private static async Task<ApiOk<Page<SuggestionView>>> Suggestions(string? state, string? runId, [AsParameters] PageQuery page, ApiCaller caller, ReadSuggestions action, CancellationToken cancellationToken) =>
        (await action.ListAsync(caller, new(QueryWords.Read<SuggestionState>("state", state), runId, page.Size, page.Cursor), cancellationToken)).ToOk();

    private static async Task<ApiOk<BudgetView>> Budget(ApiCaller caller, SetBudget action, CancellationToken cancellationToken) =>
        (await action.ReadAsync(caller, cancellationToken)).ToOk();

    private static async Task<ApiOk<SuggestionView>> Accept(string id, AcceptSuggestionRequest? body, ApiCaller caller, DecideSuggestion action, CancellationToken cancellationToken) =>
        (await action.AcceptAsync(caller, id, body ?? new(), cancellationToken)).ToOk();

    private static async Task<ApiOk<SuggestionView>> Reject(string id, RejectSuggestionRequest? body, ApiCaller caller, DecideSuggestion action, CancellationToken cancellationToken) =>
        (await action.RejectAsync(caller, id, body ?? new(), cancellationToken)).ToOk();

    private static async Task AnswerAsync(HttpContext context, Task<Result<SuggestionView>> result) => await (await result).ToOk().ExecuteAsync(context);
}
