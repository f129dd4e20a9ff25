using System.ComponentModel;
using System.Text.Json;
using Platform.Api;
using Platform.Primitives;

namespace Platform.Features.Agents.Api;

/// <summary>What a draft is made from: a brief, the address of a page, or both; for channels, or for networks.</summary>
internal sealed record GenerateBody(string? Brief = null, string? Url = null, IReadOnlyList<string>? ChannelIds = null, IReadOnlyList<string>? Networks = null, string? Tone = null);

/// <summary>A text to improve.</summary>
internal sealed record OptimizeBody(string Text, IReadOnlyList<string>? ChannelIds = null, IReadOnlyList<string>? Networks = null, string? Tone = null, string? Wish = null);

/// <summary>A text to shorten: to the tightest of its channels, or to a number of characters, or to about two thirds.</summary>
internal sealed record ShortenBody(string Text, IReadOnlyList<string>? ChannelIds = null, IReadOnlyList<string>? Networks = null, int? MaxLength = null);

/// <summary>A text to make variants of.</summary>
internal sealed record VariantsBody(string Text, IReadOnlyList<string>? ChannelIds = null, IReadOnlyList<string>? Networks = null);

/// <summary>A text to name hashtags for.</summary>
internal sealed record HashtagsBody(string Text, int? Count = null, IReadOnlyList<string>? ChannelIds = null, IReadOnlyList<string>? Networks = null);

/// <summary>Filters of the list of runs.</summary>
internal sealed record RunsQuery
{
    [Description("Only runs of this agent: content, scheduler.")]
    public string? Agent { get; init; }

    [Description("Only runs that do this: draftPost, improvePost, shortenPost, makeVariants, suggestHashtags, suggestTimes, planWeek.")]
    public string? Kind { get; init; }

    [Description("Only runs that stand here: queued, running, succeeded, failed, cancelled.")]
    public string? State { get; init; }
}

/// <summary>Reads the camelCase words that this API writes for enums from a query, where the framework takes only the names of the code.</summary>
internal static class QueryWords
{
    /// <summary>Null where nothing is given; a problem that names the field where it is no such word.</summary>
    public static T? Read<T>(string field, string? word) where T : struct, Enum =>
        string.IsNullOrEmpty(word) ? null
        : Enum.TryParse<T>(word, ignoreCase: true, out var value) && Enum.IsDefined(value) && !char.IsAsciiDigit(word[0]) ? value
        : throw new ProblemException(Problem.InvalidField(field, $"unknown_{field}", $"There is no such {field}. Give one of {string.Join(", ", Enum.GetNames<T>().Select(JsonNamingPolicy.CamelCase.ConvertName))}."));
}
