using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;

namespace Platform.Features.Accounts.Store;

/// <summary>
/// A list of leaked passwords that the operator put beside the built-in one: a text file of SHA-1 hashes in hexadecimal, one a line in ascending order,
/// with or without a count after a colon, as the well-known downloadable lists are. It is searched in place, in about forty reads, never loaded.
/// </summary>
public sealed class BreachedPasswordFile(IOptions<AccountsOptions> options)
{
    private const int HashLength = 40;
    private const int LongestLine = 80;

    /// <summary>Whether a list is set.</summary>
    public bool IsSet => !string.IsNullOrEmpty(options.Value.BreachedPasswordFile);

    /// <summary>Why the file cannot be used; null where it can, or where none is set.</summary>
    public static string? Fault(string? path)
    {
        if (string.IsNullOrEmpty(path)) { return null; }
        if (!File.Exists(path)) { return "there is no such file"; }
        using var file = Open(path);
        return LineAt(file, 0) is { } line && IsHash(line) ? null : "its first line is no SHA-1 hash in hexadecimal";
    }

    /// <summary>Whether the password is in the list; false where none is set.</summary>
    public bool Contains(string password)
    {
        if (!IsSet) { return false; }
        // SHA-1 is what the lists are made with; nothing is kept of it.
#pragma warning disable CA5350
        var wanted = Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(password)));
#pragma warning restore CA5350
        using var file = Open(options.Value.BreachedPasswordFile!);
        var (low, high) = (0L, file.Length);
        while (low < high)
        {
            var middle = low + ((high - low) / 2);
            var start = LineStart(file, middle, low);
            if (LineAt(file, start) is not { Length: >= HashLength } line) { high = start; continue; }
            var order = string.CompareOrdinal(line[..HashLength].ToUpperInvariant(), wanted);
            if (order == 0) { return true; }
            if (order < 0) { low = NextLine(file, start); }
            else { high = start; }
        }
        return false;
    }

    private static FileStream Open(string path) => new(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 256, FileOptions.RandomAccess);

    // Back from a position to the beginning of its line.
    private static long LineStart(FileStream file, long position, long floor)
    {
        var from = Math.Max(floor, position - LongestLine);
        var buffer = new byte[position - from];
        file.Position = from;
        file.ReadExactly(buffer);
        var end = Array.LastIndexOf(buffer, (byte)'\n');
        return end < 0 ? from : from + end + 1;
    }

    private static long NextLine(FileStream file, long start)
    {
        file.Position = start;
        int value;
        while ((value = file.ReadByte()) >= 0 && value != '\n') { /* to the end of the line */ }
        return file.Position;
    }

    private static string? LineAt(FileStream file, long start)
    {
        var buffer = new byte[LongestLine];
        file.Position = start;
        var read = file.ReadAtLeast(buffer, buffer.Length, throwOnEndOfStream: false);
        var end = buffer.AsSpan(0, read).IndexOf((byte)'\n');
        var text = Encoding.ASCII.GetString(buffer, 0, end < 0 ? read : end).Trim();
        return text.Length == 0 ? null : text;
    }

    private static bool IsHash(string line) => line.Length >= HashLength && line[..HashLength].All(char.IsAsciiHexDigit) && (line.Length == HashLength || line[HashLength] == ':');
}

/// <summary>Says at start that the list cannot be used, rather than at the first password.</summary>
public sealed class BreachedPasswordFileCheck : IValidateOptions<AccountsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AccountsOptions options) =>
        BreachedPasswordFile.Fault(options.BreachedPasswordFile) is { } fault ? ValidateOptionsResult.Fail($"Accounts:BreachedPasswordFile ({options.BreachedPasswordFile}): {fault}") : ValidateOptionsResult.Success;
}
