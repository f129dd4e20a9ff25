using Platform.Primitives;

namespace Platform.Tenancy;

/// <summary>The id of an organization (tenant). There is no default: a missing organization is an error, never a fallback.</summary>
public readonly record struct OrganizationId
{
    private readonly string? _value;

    /// <summary>Wraps an id; throws where it is not one.</summary>
    public OrganizationId(string value) => _value = Ids.IsValid(value) ? value : throw new ArgumentException("not an organization id", nameof(value));

    /// <summary>The id; throws for a value that was never set.</summary>
    public string Value => _value ?? throw new InvalidOperationException("no organization");

    /// <inheritdoc />
    public override string ToString() => Value;
}
