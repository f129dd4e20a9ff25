using System.ComponentModel.DataAnnotations;

namespace Platform.Features.Organizations;

/// <summary>Settings under <c>Organizations</c>.</summary>
public sealed class OrganizationsOptions
{
    /// <summary>How long an invitation can be accepted, in days.</summary>
    [Range(1, 90)]
    public int InvitationDays { get; set; } = 7;

    /// <summary>How many invitation mails an organization may send in a day.</summary>
    [Range(1, 10_000)]
    public int InvitationMailsPerDay { get; set; } = 100;

    /// <summary>How long a closed organization can be brought back before everything of it is deleted, in days.</summary>
    [Range(1, 90)]
    public int ClosingDays { get; set; } = 14;
}
