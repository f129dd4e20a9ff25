using System.ComponentModel;
using Platform.Features.Agents.Contracts;

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
internal sealed record RunsQuery(
    [property: Description("Only runs of this agent.")] AgentName? Agent,
    [property: Description("Only runs that do this.")] RunKind? Kind,
    [property: Description("Only runs that stand here.")] RunState? State);
