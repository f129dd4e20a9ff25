using Platform.Features.Agents.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Store;

/// <summary>A suggestion, as stored.</summary>
public sealed record Suggestion : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <inheritdoc cref="SuggestionView.RunId" />
    public required string RunId { get; init; }

    /// <inheritdoc cref="SuggestionView.Agent" />
    public required AgentName Agent { get; init; }

    /// <inheritdoc cref="SuggestionView.Kind" />
    public required SuggestionKind Kind { get; init; }

    /// <inheritdoc cref="SuggestionView.State" />
    public SuggestionState State { get; init; }

    /// <inheritdoc cref="SuggestionView.Text" />
    public string Text { get; init; } = "";

    /// <inheritdoc cref="SuggestionView.Variants" />
    public IReadOnlyList<SuggestedVariant> Variants { get; init; } = [];

    /// <inheritdoc cref="SuggestionView.ChannelIds" />
    public IReadOnlyList<string> ChannelIds { get; init; } = [];

    /// <inheritdoc cref="SuggestionView.Times" />
    public IReadOnlyList<SuggestedTime> Times { get; init; } = [];

    /// <inheritdoc cref="SuggestionView.Fits" />
    public IReadOnlyList<TargetFit> Fits { get; init; } = [];

    /// <inheritdoc cref="SuggestionView.Reason" />
    public required string Reason { get; init; }

    /// <inheritdoc cref="SuggestionView.Sources" />
    public IReadOnlyList<RunSource> Sources { get; init; } = [];

    /// <inheritdoc cref="SuggestionView.Confidence" />
    public required Confidence Confidence { get; init; }

    /// <inheritdoc cref="SuggestionView.Model" />
    public RunModel? Model { get; init; }

    /// <inheritdoc cref="SuggestionView.PostId" />
    public string? PostId { get; init; }

    /// <inheritdoc cref="SuggestionView.DecidedBy" />
    public string? DecidedBy { get; init; }

    /// <inheritdoc cref="SuggestionView.DecidedAt" />
    public DateTimeOffset? DecidedAt { get; init; }

    /// <inheritdoc cref="SuggestionView.DecisionNote" />
    public string? DecisionNote { get; init; }

    /// <inheritdoc cref="SuggestionView.CreatedAt" />
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>As others see it.</summary>
    public SuggestionView ToView() => new()
    {
        Id = Id, RunId = RunId, Agent = Agent, Kind = Kind, State = State, Text = Text, Variants = Variants, ChannelIds = ChannelIds, Times = Times,
        Fits = Fits, Reason = Reason, Sources = Sources, Confidence = Confidence, Model = Model, PostId = PostId,
        DecidedBy = DecidedBy, DecidedAt = DecidedAt, DecisionNote = DecisionNote, CreatedAt = CreatedAt,
    };
}
