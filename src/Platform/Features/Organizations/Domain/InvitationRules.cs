using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.RegularExpressions;
using Platform.Primitives;

namespace Platform.Features.Organizations.Domain;

/// <summary>What an invitation may say, and its token.</summary>
public static partial class InvitationRules
{
    /// <summary>The longest personal note.</summary>
    public const int NoteLength = 500;

    /// <summary>How often one invitation may be mailed.</summary>
    public const int MostMails = 5;

    /// <summary>How long after a mail the next one may go out.</summary>
    public static readonly TimeSpan BetweenMails = TimeSpan.FromMinutes(1);

    /// <summary>The address as it is compared, lower case; null where it is none.</summary>
    public static string? Normalize(string? email) => email?.Trim().ToLowerInvariant() is { Length: > 2 and <= 254 } trimmed && Address().IsMatch(trimmed) ? trimmed : null;

    /// <summary>What is wrong with a note; null where nothing is.</summary>
    public static Problem? CheckNote(string note) => note.Length > NoteLength ? Problem.InvalidField("note", "note_too_long", $"Use at most {NoteLength} characters.") : null;

    /// <summary>256 random bits for a link.</summary>
    public static string NewToken() => Base64Url.EncodeToString(RandomNumberGenerator.GetBytes(32));

    /// <summary>What is kept of a token.</summary>
    public static string Hash(string token) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(token)));

    /// <summary>A note as it goes into a mail of ours: no links that lead elsewhere, no line breaks.</summary>
    public static string ForMail(string note) => Spaces().Replace(Links().Replace(note, "(link removed)"), " ").Trim();

    [GeneratedRegex(@"^[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64}(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]{1,64})*@[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?(\.[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?)+$", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Address();

    // Whoever may invite must not be able to send links of their own choice in our name.
    [GeneratedRegex(@"(?i)\b(?:[a-z][a-z0-9+.-]*://|www\.)\S+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Links();

    [GeneratedRegex(@"\s+", RegexOptions.CultureInvariant, 2000)]
    private static partial Regex Spaces();
}
