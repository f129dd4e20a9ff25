using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Content.Api;

/// <summary>A post handed in for approval. Without a time it goes out as soon as it is approved.</summary>
/// <param name="ScheduledAt">ISO 8601, with or without offset.</param>
/// <param name="TimeZone">The IANA zone of a time without offset; of one with offset, the zone to show it in.</param>
/// <param name="Version">The version of the post that the author saw; If-Match says the same.</param>
public sealed record SubmitBody(string? ScheduledAt = null, string? TimeZone = null, long? Version = null)
{
    /// <summary>As the action takes it.</summary>
    public Result<SubmitPostRequest> ToRequest(string postId, long? match)
    {
        if (string.IsNullOrWhiteSpace(ScheduledAt)) { return new SubmitPostRequest(postId, null, match ?? Version); }
        return WhenToPublish.Parse(ScheduledAt, TimeZone).Map(when => new SubmitPostRequest(postId, when, match ?? Version));
    }
}

/// <summary>An approver's answer.</summary>
/// <param name="Version">The version of the post that was looked at; If-Match says the same. One of them is needed.</param>
/// <param name="Stage">The stage meant, from 1; left out: whichever is asked.</param>
/// <param name="Comment">In words; needed to reject and to ask for changes.</param>
public sealed record AnswerBody(long? Version = null, int? Stage = null, string? Comment = null)
{
    /// <summary>As the action takes it; Invalid <c>version_missing</c> where nothing says what was looked at.</summary>
    public Result<AnswerReviewRequest> ToRequest(string postId, ReviewAnswerKind kind, long? match) => (match ?? Version) is { } version
        ? new AnswerReviewRequest(postId, kind, version, Stage, Comment)
        : Problem.InvalidField("version", "version_missing", "Say which version of the post you looked at, as version or as If-Match.");
}

/// <summary>Why a post is taken back.</summary>
public sealed record WithdrawBody(string? Comment = null);

/// <summary>A comment on the wire.</summary>
/// <param name="Text">What, up to 4,000 characters.</param>
/// <param name="Mentions">Ids of members to tell.</param>
/// <param name="Internal">Whether clients must not see it.</param>
public sealed record CommentBody(string? Text = null, IReadOnlyList<string>? Mentions = null, bool Internal = false);

/// <summary>A change of a comment; what is left out stays.</summary>
/// <param name="Text">Other words.</param>
/// <param name="Resolved">Whether the change it asks for is made.</param>
public sealed record ChangeCommentBody(string? Text = null, bool? Resolved = null);

/// <summary>Comments, oldest first.</summary>
public sealed record CommentsAnswer(IReadOnlyList<CommentView> Items);

/// <summary>Versions, newest first.</summary>
public sealed record VersionsAnswer(IReadOnlyList<VersionLine> Items);

/// <summary>How many posts wait for the reader's approval.</summary>
public sealed record ApprovalCount(int Waiting);

/// <summary>Which approvals, in the query: <c>list=waiting</c>, <c>sent</c>, <c>done</c> or <c>pending</c>.</summary>
public sealed record ApprovalsQuery
{
    /// <summary>Which list; waiting where none is named.</summary>
    public string? List { get; init; }

    /// <summary>As the action takes it; Invalid <c>unknown_list</c>.</summary>
    public Result<ListReviewsRequest> ToRequest(int limit, string? cursor)
    {
        if (string.IsNullOrEmpty(List)) { return new ListReviewsRequest(ReviewList.Waiting, limit, cursor); }
        var names = Enum.GetValues<ReviewList>().Where(l => l.ToString().Equals(List, StringComparison.OrdinalIgnoreCase)).ToList();
        return names.Count == 1 ? new ListReviewsRequest(names[0], limit, cursor) : Problem.InvalidField("list", "unknown_list", "The list is one of waiting, sent, done, pending.");
    }
}

/// <summary>Rules of approval on the wire.</summary>
/// <param name="Stages">In order, at most three; none: nobody need approve.</param>
/// <param name="NoSelfApproval">Who wrote a post or edited it last does not count.</param>
/// <param name="EditsReset">An edit takes the approval back.</param>
/// <param name="ExpiresLate">What is not approved by its time does not go out.</param>
public sealed record ApprovalRulesBody(IReadOnlyList<ApprovalStageBody>? Stages = null, bool NoSelfApproval = true, bool EditsReset = true, bool ExpiresLate = true)
{
    /// <summary>As the action takes it.</summary>
    public ApprovalRules ToRules() => new()
    {
        Stages = [.. (Stages ?? []).Select(stage => stage.ToStage())], NoSelfApproval = NoSelfApproval, EditsReset = EditsReset, ExpiresLate = ExpiresLate,
    };

    /// <summary>From the rules.</summary>
    public static ApprovalRulesBody From(ApprovalRules rules) =>
        new([.. rules.Stages.Select(s => new ApprovalStageBody(s.Name, s.Roles, s.Members, s.Approvals))], rules.NoSelfApproval, rules.EditsReset, rules.ExpiresLate);
}

/// <summary>A stage on the wire.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Roles">Members with one of these roles may approve: owner, admin, manager, client.</param>
/// <param name="Members">So may these members.</param>
/// <param name="Approvals">How many different people must; 1 where it is left out.</param>
public sealed record ApprovalStageBody(string Name, IReadOnlyList<Role>? Roles = null, IReadOnlyList<string>? Members = null, int? Approvals = null)
{
    /// <summary>As the action takes it.</summary>
    public ApprovalStage ToStage() => new() { Name = (Name ?? "").Trim(), Roles = [.. (Roles ?? []).Distinct()], Members = [.. (Members ?? []).Distinct()], Approvals = Approvals ?? 1 };
}

/// <summary>All rules of an organization.</summary>
/// <param name="Default">For channels without rules of their own.</param>
/// <param name="Channels">Those with rules of their own.</param>
/// <param name="MaxStages">How many stages the plan allows.</param>
/// <param name="Version">The ETag.</param>
public sealed record ApprovalPolicyAnswer(ApprovalRulesBody Default, IReadOnlyList<ChannelRulesAnswer> Channels, int MaxStages, long Version)
{
    /// <summary>From a view.</summary>
    public static ApprovalPolicyAnswer From(ApprovalPolicyView view) => new(
        ApprovalRulesBody.From(view.Policy.Default), [.. view.Policy.Channels.Select(c => new ChannelRulesAnswer(c.Key, ApprovalRulesBody.From(c.Value)))], view.MaxStages, view.Version);
}

/// <summary>The rules of a channel.</summary>
public sealed record ChannelRulesAnswer(string ChannelId, ApprovalRulesBody Rules);
