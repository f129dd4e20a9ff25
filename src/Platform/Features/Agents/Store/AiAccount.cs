using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Agents.Store;

/// <summary>What an organization has used and set aside in one month. Only ever changed by atomic increments.</summary>
public sealed record AiAccount : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The month, <c>yyyy-MM</c>, UTC.</summary>
    public required string Period { get; init; }

    /// <summary>Tokens used and set aside: the one number that the limit is held against.</summary>
    public long CommittedTokens { get; init; }

    /// <summary>Millionths of a US dollar used and set aside.</summary>
    public long CommittedMicroUsd { get; init; }

    /// <summary>Tokens used.</summary>
    public long UsedTokens { get; init; }

    /// <summary>Millionths of a US dollar used, as far as prices are known.</summary>
    public long UsedMicroUsd { get; init; }

    /// <summary>Tokens used of models whose price is not known.</summary>
    public long UnpricedTokens { get; init; }
}

/// <summary>What one call has set aside; gone once it is settled.</summary>
public sealed record AiHold : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The month it was taken from.</summary>
    public required string Period { get; init; }

    /// <summary>Tokens set aside.</summary>
    public required long Tokens { get; init; }

    /// <summary>Millionths of a US dollar set aside; null where the price is not known.</summary>
    public long? CostMicroUsd { get; init; }

    /// <summary>The run that pays.</summary>
    public string? RunId { get; init; }

    /// <summary>After this nobody will settle it: the app stopped meanwhile.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }
}

/// <summary>An organization's own limits.</summary>
public sealed record AiLimits : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>Credits a month; null: those of the plan.</summary>
    public long? Credits { get; init; }

    /// <summary>Millionths of a US dollar a month; null for no limit in money.</summary>
    public long? CostMicroUsd { get; init; }
}
