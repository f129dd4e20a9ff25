using System.Text.Json;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;

namespace Platform.Features.Content.Api;

/// <summary>A new post on the wire.</summary>
public sealed record CreatePostBody
{
    /// <summary>The text; may be left out where there are parts.</summary>
    public string? Text { get; init; }

    /// <summary>The channels.</summary>
    public IReadOnlyList<string>? ChannelIds { get; init; }

    /// <summary>Texts that differ, by channel id.</summary>
    public IReadOnlyDictionary<string, PostVariant>? Variants { get; init; }

    /// <summary>Further parts of a thread, or all parts where there is no text.</summary>
    public IReadOnlyList<PartBody>? Parts { get; init; }

    /// <summary>Media of the first part.</summary>
    public IReadOnlyList<string>? MediaIds { get; init; }

    /// <summary>Its campaign.</summary>
    public string? CampaignId { get; init; }

    /// <summary>Its labels.</summary>
    public IReadOnlyList<string>? Labels { get; init; }

    /// <summary>Whether its links get the organization's UTM tags when it goes out; left out: a new post yes, another as it was.</summary>
    public bool? TagLinks { get; init; }

    /// <summary>As the action takes it.</summary>
    public NewPost ToNewPost() => new()
    {
        Text = Text ?? "", ChannelIds = ChannelIds ?? [], Variants = Variants, Parts = Parts?.Select(part => part.ToPart()).ToList(), MediaIds = MediaIds, CampaignId = CampaignId, Labels = Labels, TagLinks = TagLinks,
    };

    /// <summary>As the action for changes takes it.</summary>
    public UpdatePostRequest ToUpdate() => new()
    {
        Text = Text, ChannelIds = ChannelIds, Variants = Variants, Parts = Parts?.Select(part => part.ToPart()).ToList(), MediaIds = MediaIds, CampaignId = CampaignId, Labels = Labels, TagLinks = TagLinks,
    };
}

/// <summary>A further part on the wire.</summary>
public sealed record PartBody(string? Text = null, IReadOnlyList<string>? MediaIds = null)
{
    /// <summary>As the action takes it.</summary>
    public PostPart ToPart() => new(Text ?? "", MediaIds ?? []);
}

/// <summary>Which posts to list, in the query. Words as in the answers: <c>state=awaitingApproval</c>, <c>order=newest</c>, <c>latest</c> or <c>upcoming</c>.</summary>
public sealed record ListPostsQuery
{
    /// <summary>In this state.</summary>
    public string? State { get; init; }

    /// <summary>For this channel.</summary>
    public string? ChannelId { get; init; }

    /// <summary>For a channel of this network.</summary>
    public string? Network { get; init; }

    /// <summary>With this label.</summary>
    public string? Label { get; init; }

    /// <summary>Of this campaign.</summary>
    public string? CampaignId { get; init; }

    /// <summary>With these words.</summary>
    public string? Search { get; init; }

    /// <summary>Due from, inclusive.</summary>
    public DateTimeOffset? From { get; init; }

    /// <summary>Due until, exclusive.</summary>
    public DateTimeOffset? To { get; init; }

    /// <summary>Only those in the bin, where true.</summary>
    public bool? Deleted { get; init; }

    /// <summary>In which order.</summary>
    public string? Order { get; init; }

    /// <summary>As the action takes it; a problem where a word is not one of those there are.</summary>
    public Result<ListPostsRequest> ToRequest(int limit, string? cursor)
    {
        if (!TryRead<PublicationState>(State, out var state)) { return Unknown<PublicationState>("state"); }
        if (!TryRead<PostOrder>(Order, out var order)) { return Unknown<PostOrder>("order"); }
        return new ListPostsRequest
        {
            State = state, ChannelId = ChannelId, Network = Network, Label = Label, CampaignId = CampaignId, Search = Search, From = From?.ToUniversalTime(), To = To?.ToUniversalTime(),
            Deleted = Deleted ?? false, Order = order ?? PostOrder.Newest, Limit = limit, Cursor = cursor,
        };
    }

    // The names alone: Enum.TryParse would also take numbers and lists.
    private static bool TryRead<T>(string? word, out T? value) where T : struct, Enum
    {
        value = null;
        if (string.IsNullOrEmpty(word)) { return true; }
        foreach (var candidate in Enum.GetValues<T>().Where(candidate => candidate.ToString().Equals(word, StringComparison.OrdinalIgnoreCase))) { value = candidate; }
        return value is not null;
    }

    private static Problem Unknown<T>(string field) where T : struct, Enum =>
        Problem.InvalidField(field, $"unknown_{field}", $"The {field} is one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}.");
}

/// <summary>What networks make of a text.</summary>
public sealed record PreviewAnswer(IReadOnlyList<PreviewResult> Results)
{
    /// <summary>From an action's value.</summary>
    public static PreviewAnswer From(IReadOnlyList<NetworkPreview> previews) => new([.. previews.Select(PreviewResult.From)]);
}

/// <summary>What one network makes of a text.</summary>
public sealed record PreviewResult(string Network, int Length, int Limit, string Unit, bool Valid, IReadOnlyList<ProblemAnswer> Problems)
{
    /// <summary>From an action's value.</summary>
    public static PreviewResult From(NetworkPreview preview) => new(
        preview.Network, preview.Length.Length, preview.Length.Limit, JsonNamingPolicy.CamelCase.ConvertName(preview.Length.Unit.ToString()),
        preview.Problems.All(problem => !problem.Blocking), [.. preview.Problems.Select(ProblemAnswer.From)]);
}

/// <summary>What stands against sending.</summary>
public sealed record ProblemAnswer(string Code, string Message, int Part, bool Blocking)
{
    /// <summary>From a rule's finding.</summary>
    public static ProblemAnswer From(DraftProblem problem) => new(problem.Code, problem.Message, problem.Part, problem.Blocking);
}

/// <summary>What stands against sending a post, by channel.</summary>
public sealed record PostCheckAnswer(bool Valid, IReadOnlyList<ChannelProblems> Channels)
{
    /// <summary>From an action's value.</summary>
    public static PostCheckAnswer From(IReadOnlyDictionary<string, IReadOnlyList<DraftProblem>> found) => new(
        found.Values.All(problems => problems.All(problem => !problem.Blocking)),
        [.. found.Select(pair => new ChannelProblems(pair.Key, [.. pair.Value.Select(ProblemAnswer.From)]))]);
}

/// <summary>What stands against sending on one channel.</summary>
public sealed record ChannelProblems(string ChannelId, IReadOnlyList<ProblemAnswer> Problems);
