using System.ComponentModel.DataAnnotations;
using Platform.Features.Accounts.Domain;

namespace Platform.Features.Accounts;

/// <summary>Settings under <c>Staff</c>: what the staff's side asks of those who use it.</summary>
public sealed class StaffOptions : IValidatableObject
{
    /// <summary>How long a staff session lasts without being used, in minutes.</summary>
    [Range(5, 240)]
    public int IdleMinutes { get; set; } = 30;

    /// <summary>How long a staff session lasts at most, however much it is used, in hours.</summary>
    [Range(1, 12)]
    public int SessionHours { get; set; } = 10;

    /// <summary>Whether staff must sign in with two factors. Null: everywhere but in Development.</summary>
    public bool? RequireTwoFactor { get; set; }

    /// <summary>The networks that staff may come from, as addresses or CIDR blocks; empty: from everywhere, unless staff keep a list of their own.</summary>
    public IReadOnlyList<string> AllowedNetworks { get; set; } = [];

    /// <inheritdoc />
    public IEnumerable<ValidationResult> Validate(ValidationContext validationContext) => AllowedNetworks
        .Where(text => NetworkRange.Parse(text) is null)
        .Select(text => new ValidationResult($"Staff:AllowedNetworks holds '{text}', which is neither an address nor a block such as 203.0.113.0/24."));
}
