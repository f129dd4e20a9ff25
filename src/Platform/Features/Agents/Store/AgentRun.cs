using Platform.Features.Agents.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Store;

/// <summary>A run, as stored. Written before any work is done, so that a run that is cut off is still there.</summary>
public sealed record AgentRun : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <inheritdoc cref="RunView.Agent" />
    public required AgentName Agent { get; init; }

    /// <inheritdoc cref="RunView.Kind" />
    public required RunKind Kind { get; init; }

    /// <inheritdoc cref="RunView.State" />
    public required RunState State { get; init; }

    /// <inheritdoc cref="RunView.Input" />
    public required IReadOnlyList<RunField> Input { get; init; }

    /// <inheritdoc cref="RunView.Output" />
    public string Output { get; init; } = "";

    /// <inheritdoc cref="RunView.Sources" />
    public IReadOnlyList<RunSource> Sources { get; init; } = [];

    /// <inheritdoc cref="RunView.Model" />
    public RunModel? Model { get; init; }

    /// <inheritdoc cref="RunView.TokensIn" />
    public long TokensIn { get; init; }

    /// <inheritdoc cref="RunView.TokensOut" />
    public long TokensOut { get; init; }

    /// <inheritdoc cref="RunView.TokensEstimated" />
    public bool TokensEstimated { get; init; }

    /// <inheritdoc cref="RunView.CostMicroUsd" />
    public long? CostMicroUsd { get; init; } = 0;

    /// <inheritdoc cref="RunView.Progress" />
    public double Progress { get; init; }

    /// <inheritdoc cref="RunView.Message" />
    public string Message { get; init; } = "";

    /// <inheritdoc cref="RunView.Error" />
    public RunError? Error { get; init; }

    /// <inheritdoc cref="RunView.CreatedBy" />
    public string? CreatedBy { get; init; }

    /// <inheritdoc cref="RunView.CreatedByName" />
    public string CreatedByName { get; init; } = "";

    /// <inheritdoc cref="RunView.CreatedAt" />
    public required DateTimeOffset CreatedAt { get; init; }

    /// <inheritdoc cref="RunView.StartedAt" />
    public DateTimeOffset? StartedAt { get; init; }

    /// <inheritdoc cref="RunView.EndedAt" />
    public DateTimeOffset? EndedAt { get; init; }

    /// <summary>The last sign of life; a run without one for long was cut off.</summary>
    public required DateTimeOffset SeenAt { get; init; }

    /// <summary>The job that does it, where one does.</summary>
    public string? JobId { get; init; }

    /// <inheritdoc cref="RunView.Rating" />
    public RunRating? Rating { get; init; }

    /// <summary>As others see it.</summary>
    public RunView ToView() => new()
    {
        Id = Id, Agent = Agent, Kind = Kind, State = State, Input = Input, Output = Output, Sources = Sources, Model = Model,
        TokensIn = TokensIn, TokensOut = TokensOut, TokensEstimated = TokensEstimated, CostMicroUsd = CostMicroUsd,
        Progress = Progress, Message = Message, Error = Error, CreatedBy = CreatedBy, CreatedByName = CreatedByName,
        CreatedAt = CreatedAt, StartedAt = StartedAt, EndedAt = EndedAt, Rating = Rating,
    };
}
