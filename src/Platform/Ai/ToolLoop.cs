using Microsoft.Extensions.AI;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Ai;

/// <summary>Bounds of a tool loop.</summary>
/// <param name="MaxRounds">The most calls to the model.</param>
/// <param name="MaxTokens">The most tokens in and out over all of them.</param>
public sealed record ToolLimits(int MaxRounds = 6, long MaxTokens = 20_000);

/// <summary>One tool call, for the run's record.</summary>
/// <param name="Tool">What was asked for.</param>
/// <param name="Arguments">With what (shortened).</param>
/// <param name="Outcome">ran, refused or failed, and why.</param>
public sealed record ToolStep(string Tool, string Arguments, string Outcome);

/// <summary>What a tool loop gave.</summary>
public sealed record ToolOutcome(ModelAnswer Answer, ModelUsage Usage, IReadOnlyList<ToolStep> Steps);

/// <summary>
/// Lets a model use tools until it answers. Only tools of the request are run; whose data they see is fixed in the tool by the
/// caller, and arguments that try to name an organization or a person are refused. A model that obeys a hostile text gains nothing by it.
/// </summary>
public sealed class ToolLoop(IModels models)
{
    private const int LongestResult = 4_000;
    private static readonly string[] Bound = ["organizationid", "organization", "tenantid", "tenant", "userid", "caller"];

    /// <summary>Runs it. <c>ai_tool_limit</c> where the bounds are reached before there is an answer.</summary>
    public async Task<Result<ToolOutcome>> RunAsync(Caller caller, ModelRequest request, ToolLimits limits, CancellationToken cancellationToken)
    {
        var (messages, usage, steps) = (request.Messages.ToList(), ModelUsage.None, new List<ToolStep>());
        for (var round = 0; round < limits.MaxRounds && usage.InputTokens + usage.OutputTokens < limits.MaxTokens; round++)
        {
            var asked = await models.AskAsync(caller, request with { Messages = [.. messages] }, cancellationToken);
            if (!asked.Ok) { return asked.Problem; }
            var answer = asked.Value;
            usage = usage.Plus(answer.Usage);
            if (answer.ToolCalls.Count == 0) { return new ToolOutcome(answer, usage, steps); }
            messages.Add(new(ChatRole.Assistant, [.. answer.ToolCalls]));
            foreach (var call in answer.ToolCalls)
            {
                var (result, step) = await CallAsync(request.Tools, call, cancellationToken);
                steps.Add(step);
                messages.Add(new(ChatRole.Tool, [new FunctionResultContent(call.CallId, result)]));
            }
        }
        return new Problem(ProblemKind.UpstreamFailed, "ai_tool_limit", "The model kept asking for tools and gave no answer within its bounds. Try again with a narrower request.");
    }

    private static async Task<(string Result, ToolStep Step)> CallAsync(IReadOnlyList<AIFunction> tools, FunctionCallContent call, CancellationToken cancellationToken)
    {
        var shown = PlainText.From(string.Join(", ", call.Arguments?.Select(a => $"{a.Key}={a.Value}") ?? []), 300);
        if (Refusal(tools, call) is { } refusal) { return ($"Refused: {refusal}", new(call.Name, shown, $"refused: {refusal}")); }
        try
        {
            var result = await tools.First(t => t.Name == call.Name).InvokeAsync(new(call.Arguments), cancellationToken);
            return (PlainText.From(result?.ToString(), LongestResult), new(call.Name, shown, "ran"));
        }
        catch (Exception e) when (e is ArgumentException or System.Text.Json.JsonException or InvalidCastException or FormatException)
        {
            return ("Failed: the arguments do not fit the tool.", new(call.Name, shown, $"failed: {e.GetType().Name}"));
        }
    }

    private static string? Refusal(IReadOnlyList<AIFunction> tools, FunctionCallContent call) =>
        tools.All(t => t.Name != call.Name) ? "there is no such tool"
        : call.Exception is not null ? "the arguments are not JSON"
        : call.Arguments?.Keys.FirstOrDefault(k => Bound.Contains(k.Replace("_", "", StringComparison.Ordinal), StringComparer.OrdinalIgnoreCase)) is { } name ? $"'{name}' is not yours to choose"
        : null;
}
