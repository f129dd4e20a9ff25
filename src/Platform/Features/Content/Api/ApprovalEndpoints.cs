using Platform.Api;
using Platform.Features.Content.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Api;

/// <summary>Approval over HTTP: handing in, answering, the list of what waits, and the rules.</summary>
public static class ApprovalEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var writing = routes.MapApi("/content/{id}", "Approval", Permission.ContentWrite);
        writing.MapPost("/submit", SubmitAsync).WithSummary("Hands a post in for approval, to go out at a time or as soon as it is approved. Takes If-Match.");
        writing.MapPost("/withdraw", WithdrawAsync).WithSummary("Takes back a post that waits for approval: it is a draft again.");

        var answering = routes.MapApi("/content/{id}", "Approval", Permission.ContentReview);
        answering.MapPost("/approve", ApproveAsync).WithSummary("Approves the version that was looked at; 409 post_changed where there is a newer one. The last approval schedules the post.");
        answering.MapPost("/reject", RejectAsync).WithSummary("Says no to the version that was looked at. Needs a comment.");
        answering.MapPost("/request-changes", RequestChangesAsync).WithSummary("Asks for changes to the version that was looked at: the post is a draft again until they are made. Needs a comment.");

        var approvals = routes.MapApi("/approvals", "Approval", Permission.ContentReview);
        approvals.MapGet("", ListAsync).WithSummary("Lists approvals: what waits for you, what you sent, what is done. A reviewer from outside sees only what asks them.");
        approvals.MapGet("/count", CountAsync).WithSummary("Tells how many posts wait for your approval.");
        approvals.MapGet("/{id}", GetAsync).WithSummary("Shows a post and where its approval stands. The ETag is the version that an answer must name.");

        var settings = routes.MapApi("/settings/approval", "Approval", Permission.OrganizationManage);
        settings.MapGet("", ReadPolicyAsync).WithSummary("Shows the rules of approval, and how many stages the plan allows.");
        settings.MapPut("", WritePolicyAsync).WithSummary("Writes the organization's rules. Takes If-Match. 402 where the plan has fewer stages.");
        settings.MapPut("/channels/{channelId}", WriteChannelAsync).WithSummary("Gives a channel rules of its own. Takes If-Match.");
        settings.MapDelete("/channels/{channelId}", ClearChannelAsync).WithSummary("Takes a channel's own rules away: the organization's hold for it again.");
    }

    private static async Task<ApiOk<ReviewView>> SubmitAsync(ApiCaller caller, string id, SubmitBody body, IfMatch match, SubmitPost action, CancellationToken cancellationToken)
    {
        var request = body.ToRequest(id, match.Version);
        return request.Ok ? (await action.RunAsync(caller, request.Value, cancellationToken)).ToOk(r => r.Version) : new(request.Problem);
    }

    private static async Task<ApiOk<ReviewView>> WithdrawAsync(ApiCaller caller, string id, WithdrawBody? body, WithdrawPost action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(id, body?.Comment), cancellationToken)).ToOk(r => r.Version);

    private static Task<ApiOk<ReviewView>> ApproveAsync(ApiCaller caller, string id, AnswerBody body, IfMatch match, AnswerReview action, CancellationToken cancellationToken) =>
        AnswerAsync(caller, body.ToRequest(id, ReviewAnswerKind.Approve, match.Version), action, cancellationToken);

    private static Task<ApiOk<ReviewView>> RejectAsync(ApiCaller caller, string id, AnswerBody body, IfMatch match, AnswerReview action, CancellationToken cancellationToken) =>
        AnswerAsync(caller, body.ToRequest(id, ReviewAnswerKind.Reject, match.Version), action, cancellationToken);

    private static Task<ApiOk<ReviewView>> RequestChangesAsync(ApiCaller caller, string id, AnswerBody body, IfMatch match, AnswerReview action, CancellationToken cancellationToken) =>
        AnswerAsync(caller, body.ToRequest(id, ReviewAnswerKind.RequestChanges, match.Version), action, cancellationToken);

    private static async Task<ApiOk<ReviewView>> AnswerAsync(Caller caller, Result<AnswerReviewRequest> request, AnswerReview action, CancellationToken cancellationToken) =>
        request.Ok ? (await action.RunAsync(caller, request.Value, cancellationToken)).ToOk(r => r.Version) : new(request.Problem);

    private static async Task<ApiOk<Page<ReviewItem>>> ListAsync(ApiCaller caller, [AsParameters] ApprovalsQuery query, [AsParameters] PageQuery page, ListReviews action, CancellationToken cancellationToken)
    {
        var request = query.ToRequest(page.Size, page.Cursor);
        Result<Page<ReviewItem>> found = request.Ok ? await action.RunAsync(caller, request.Value, cancellationToken) : request.Problem;
        return found;
    }

    private static async Task<ApiOk<ApprovalCount>> CountAsync(ApiCaller caller, ListReviews action, CancellationToken cancellationToken) =>
        new(new ApprovalCount(await action.CountAsync(caller, cancellationToken)));

    private static async Task<ApiOk<ReviewItem>> GetAsync(ApiCaller caller, string id, ListReviews action, CancellationToken cancellationToken) =>
        (await action.GetAsync(caller, id, cancellationToken)).ToOk(item => item.Review.Version);

    private static async Task<ApiOk<ApprovalPolicyAnswer>> ReadPolicyAsync(ApiCaller caller, ApprovalPolicies action, CancellationToken cancellationToken) =>
        (await action.GetAsync(caller, cancellationToken)).Map(ApprovalPolicyAnswer.From).ToOk(p => p.Version);

    private static async Task<ApiOk<ApprovalPolicyAnswer>> WritePolicyAsync(ApiCaller caller, ApprovalRulesBody body, IfMatch match, ApprovalPolicies action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(null, body.ToRules(), match.Version), cancellationToken)).Map(ApprovalPolicyAnswer.From).ToOk(p => p.Version);

    private static async Task<ApiOk<ApprovalPolicyAnswer>> WriteChannelAsync(ApiCaller caller, string channelId, ApprovalRulesBody body, IfMatch match, ApprovalPolicies action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(channelId, body.ToRules(), match.Version), cancellationToken)).Map(ApprovalPolicyAnswer.From).ToOk(p => p.Version);

    private static async Task<ApiOk<ApprovalPolicyAnswer>> ClearChannelAsync(ApiCaller caller, string channelId, IfMatch match, ApprovalPolicies action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, new(channelId, null, match.Version), cancellationToken)).Map(ApprovalPolicyAnswer.From).ToOk(p => p.Version);
}
