using System.Text.RegularExpressions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Domain;

/// <summary>What an address, a name and a password may be.</summary>
public static partial class Credentials
{
    /// <summary>The shortest password of a customer.</summary>
    public const int ShortestPassword = 8;

    /// <summary>The shortest password of staff.</summary>
    public const int ShortestStaffPassword = 12;

    private const int LongestPassword = 256;

    // The heads of the lists of leaked passwords that are long enough to pass otherwise, and what manuals print as samples.
    private static readonly HashSet<string> Known = new(StringComparer.OrdinalIgnoreCase)
    {
        "password", "password1", "password12", "password123", "password1234", "password!", "passw0rd", "p@ssw0rd", "p@ssword", "12345678", "123456789", "1234567890", "123456789012", "qwertyuiop",
        "qwerty123", "qwerty12345", "1q2w3e4r", "1q2w3e4r5t", "iloveyou", "sunshine", "princess", "football", "baseball", "superman", "trustno1", "letmein1", "welcome1", "welcome123", "admin123",
        "admin1234", "administrator", "changeme", "changeme1", "changeme123", "changeme1234", "changemenow", "change-me-now", "secret123", "yourpassword", "your-password", "your-password-here", "adminpassword", "admin-password", "default123",
        "example123", "testtest", "test1234", "abc12345", "abcd1234", "asdfghjkl", "zaq12wsx", "dragon123", "monkey123", "supersecret", "supersecret123", "p@ssw0rd1234", "password123456", "replace-me-please", "placeholder",
    };

    /// <summary>The address as it is compared: trimmed, lower case. Null where it is none.</summary>
    public static string? Normalize(string? email)
    {
        var trimmed = email?.Trim() ?? "";
        if (trimmed.Length is 0 or > 254 || trimmed.Any(c => char.IsControl(c) || char.IsWhiteSpace(c))) { return null; }
        if (!Address().IsMatch(trimmed)) { return null; }
        return trimmed.ToLowerInvariant();
    }

    /// <summary>What is wrong with an address.</summary>
    public static Problem WrongEmail() => Problem.InvalidField("email", "invalid_email", "Give an e-mail address such as ada@example.com.");

    /// <summary>What is wrong with a password; null where nothing is. Length and being unknown count, not kinds of characters (NIST SP 800-63B).</summary>
    public static Problem? CheckPassword(string? password, string email, int shortest = ShortestPassword, string field = "password")
    {
        if (password is null || password.Length < shortest) { return Problem.InvalidField(field, "weak_password", $"Use at least {shortest} characters."); }
        if (password.Length > LongestPassword) { return Problem.InvalidField(field, "weak_password", $"Use at most {LongestPassword} characters."); }
        var local = email.Split('@')[0];
        var known = Known.Contains(password) || password.Distinct().Count() < 4
            || password.Equals(email, StringComparison.OrdinalIgnoreCase) || password.Equals(local, StringComparison.OrdinalIgnoreCase);
        return known ? Problem.InvalidField(field, "weak_password", "This password is among the first that are guessed. Choose another, best a few unrelated words.") : null;
    }

    /// <summary>What is wrong with a person's name; null where nothing is.</summary>
    public static Problem? CheckName(string? name, string field) => name is null || name.Trim().Length > 100 || name.Any(char.IsControl)
        ? Problem.InvalidField(field, "invalid_name", "Use at most 100 characters.")
        : null;

    // Dot-atoms on both sides and at least one dot in the domain: what real mailboxes have, nothing that could break out of a mail header.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$", RegexOptions.CultureInvariant, 200)]
    private static partial Regex Address();
}
