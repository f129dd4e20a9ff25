using Platform.Primitives;

namespace Platform.Features.Organizations.Domain;

/// <summary>What an organization's name and zone may be.</summary>
public static class OrganizationRules
{
    /// <summary>The longest name.</summary>
    public const int NameLength = 100;

    /// <summary>The first thing wrong; null where nothing is.</summary>
    public static Problem? Check(string name, string timeZone)
    {
        if (name.Trim().Length is 0 or > NameLength || name.Any(char.IsControl)) { return Problem.InvalidField("name", "invalid_name", $"Give the organization a name of 1 to {NameLength} characters."); }
        return IsZone(timeZone) ? null : Problem.InvalidField("timeZone", "invalid_time_zone", "Give an IANA time zone such as Europe/Berlin.");
    }

    /// <summary>What is wrong with the name that somebody typed to show that they mean it; null where nothing is.</summary>
    public static Problem? CheckTyped(string name, string? typed) => string.Equals(name.Trim(), typed?.Trim(), StringComparison.OrdinalIgnoreCase)
        ? null
        : Problem.InvalidField("name", "name_mismatch", "Type the organization's name as it is written here to confirm.");

    /// <summary>Whether the text is a zone of the IANA database (UTC included).</summary>
    public static bool IsZone(string timeZone) => TimeZoneInfo.TryFindSystemTimeZoneById(timeZone, out var zone) && zone.HasIanaId;
}
