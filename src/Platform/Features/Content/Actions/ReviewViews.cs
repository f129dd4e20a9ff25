using Platform.Features.Content.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;

namespace Platform.Features.Content.Actions;

/// <summary>A stage as people see it.</summary>
/// <param name="Name">Its name.</param>
/// <param name="Needed">How many approvals it needs.</param>
/// <param name="ApprovedBy">Who gave theirs, for this version.</param>
/// <param name="State">done, current or next.</param>
public sealed record ReviewStageView(string Name, int Needed, IReadOnlyList<string> ApprovedBy, string State);

/// <summary>The approval of a post as people see it.</summary>
public sealed record ReviewView
{
    /// <summary>The post.</summary>
    public required string PostId { get; init; }

    /// <summary>Where it stands.</summary>
    public required ReviewState State { get; init; }

    /// <summary>How often it was submitted.</summary>
    public required int Round { get; init; }

    /// <summary>The version of the post that it is about: what an answer must name.</summary>
    public required long Version { get; init; }

    /// <summary>Which stage is asked, from 1; 0 where none is.</summary>
    public required int Stage { get; init; }

    /// <summary>The stages.</summary>
    public required IReadOnlyList<ReviewStageView> Stages { get; init; }

    /// <summary>Who submitted it.</summary>
    public required string SubmittedBy { get; init; }

    /// <summary>Their name.</summary>
    public required string SubmittedByName { get; init; }

    /// <summary>When.</summary>
    public required DateTimeOffset SubmittedAt { get; init; }

    /// <summary>When it is to go out; null: as soon as it is approved.</summary>
    public DueTime? Due { get; init; }

    /// <summary>Whether the wait ends at that time.</summary>
    public required bool Expires { get; init; }

    /// <summary>Whether the reader is asked.</summary>
    public required bool AsksMe { get; init; }

    /// <summary>Whether the reader wrote it or edited it last and so must leave it to others.</summary>
    public required bool IsMyOwn { get; init; }

    /// <summary>The names of those who are asked and have not answered; empty for readers from outside.</summary>
    public IReadOnlyList<string> WaitingFor { get; init; } = [];

    /// <summary>What happened, oldest first; for readers from outside only what they did themselves.</summary>
    public IReadOnlyList<ReviewEvent> History { get; init; } = [];
}

/// <summary>Turns approvals into what a reader may see of them.</summary>
internal static class ReviewViews
{
    public static Reviewer ToReviewer(this Caller caller) => new(caller.UserId ?? "", caller.Name, caller.Role ?? Role.Viewer);

    public static ReviewView ToView(this Review review, string postId, Caller caller, IReadOnlyList<string> waitingFor)
    {
        var (reader, outside) = (caller.ToReviewer(), !caller.May(Permission.ContentRead));
        return new()
        {
            PostId = postId, State = review.State, Round = review.Round, Version = review.Version, Stage = review.Current is null ? 0 : review.Stage + 1,
            Stages = [.. review.Stages.Select((stage, at) => new ReviewStageView(stage.Name, stage.Approvals, outside ? [] : [.. review.Decisions.Where(d => d.Stage == at).Select(d => d.Name)], StateOf(review, at)))],
            SubmittedBy = review.SubmittedBy, SubmittedByName = review.SubmittedByName, SubmittedAt = review.SubmittedAt, Due = review.Due, Expires = review.Expires,
            AsksMe = review.Asks(reader) && review.ChannelIds.All(caller.MayUse),
            IsMyOwn = review.NoSelfApproval && review.Authors.Contains(reader.UserId),
            WaitingFor = outside ? [] : waitingFor,
            History = outside ? [.. review.Events.Where(e => e.ById == reader.UserId)] : review.Events,
        };
    }

    private static string StateOf(Review review, int at) => at < review.Stage ? "done" : at == review.Stage && review.State is ReviewState.Pending ? "current" : "next";
}
