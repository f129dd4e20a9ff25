using System.Text.RegularExpressions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Domain;

/// <summary>Which addresses may join: those of the organization's domains, where it names any. Clients are outsiders by nature and not held to it.</summary>
public static partial class MailDomains
{
    /// <summary>The most domains an organization may name.</summary>
    public const int Most = 20;

    /// <summary>The domains as they are kept: lower case, without <c>@</c>, each once; or what is wrong with them.</summary>
    public static Result<IReadOnlyList<string>> Clean(IEnumerable<string> given)
    {
        List<string> clean = [.. given.Select(d => d.Trim().TrimStart('@').ToLowerInvariant()).Where(d => d.Length > 0).Distinct(StringComparer.Ordinal)];
        if (clean.Count > Most) { return Problem.InvalidField("allowedDomains", "too_many_domains", $"Name at most {Most} domains."); }
        return clean.FirstOrDefault(d => d.Length > 253 || !Domain().IsMatch(d)) is { } wrong
            ? Problem.InvalidField("allowedDomains", "invalid_domain", $"'{wrong[..Math.Min(wrong.Length, 60)]}' is not a mail domain such as example.com.")
            : clean;
    }

    /// <summary>What is wrong with an address for a role; null where it may join.</summary>
    public static Problem? Check(IReadOnlyList<string> allowed, string email, Role role)
    {
        if (allowed.Count == 0 || role == Role.Client || allowed.Contains(Of(email))) { return null; }
        return Problem.InvalidField("email", "domain_not_allowed", $"This organization takes members only with addresses of {string.Join(", ", allowed)}.");
    }

    /// <summary>The domain of an address.</summary>
    public static string Of(string email) => email[(email.LastIndexOf('@') + 1)..].ToLowerInvariant();

    [GeneratedRegex(@"^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Domain();
}
