using System.Text.RegularExpressions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Domain;

/// <summary>What an address, a name and a password may be.</summary>
public static partial class Credentials
{
    /// <summary>The shortest password of a customer.</summary>
    public const int ShortestPassword = 10;

    /// <summary>The shortest password of staff.</summary>
    public const int ShortestStaffPassword = 12;

    private const int LongestPassword = 256;
    private const string ProductName = "Platform";

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
    /// <param name="password">The password.</param>
    /// <param name="context">What everyone knows of its owner.</param>
    /// <param name="shortest">The fewest characters.</param>
    /// <param name="field">The field's name on the wire.</param>
    public static Problem? CheckPassword(string? password, IReadOnlyList<string> context, int shortest = ShortestPassword, string field = "password")
    {
        if (password is null || password.Length < shortest) { return Problem.InvalidField(field, "weak_password", $"Use at least {shortest} characters."); }
        if (password.Length > LongestPassword) { return Problem.InvalidField(field, "weak_password", $"Use at most {LongestPassword} characters."); }
        return CommonPasswords.Knows(password, [.. context, ProductName])
            ? Problem.InvalidField(field, "weak_password", "This password is among the first that are guessed. Choose another, best a few unrelated words.")
            : null;
    }

    /// <summary>What is wrong with a person's name; null where nothing is.</summary>
    public static Problem? CheckName(string? name, string field) => name is null || name.Trim().Length > 100 || name.Any(char.IsControl)
        ? Problem.InvalidField(field, "invalid_name", "Use at most 100 characters.")
        : null;

    // Dot-atoms on both sides and at least one dot in the domain: what real mailboxes have, nothing that could break out of a mail header.
    [GeneratedRegex(@"^[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[A-Za-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*@[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?(\.[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?)+$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Address();
}
