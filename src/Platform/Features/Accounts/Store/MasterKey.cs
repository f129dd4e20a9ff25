using System.Security.Cryptography;

namespace Platform.Features.Accounts.Store;

/// <summary>
/// The key that seals secrets: from the setting <c>Platform:MasterKey</c> (base64, 32 bytes; what several copies of the app must share), else a file made
/// at first start in the data directory, readable by its owner only. Older keys in <c>Platform:PreviousMasterKeys</c> still open what they sealed.
/// </summary>
public static class MasterKey
{
    private const string FileName = "master.key";

    /// <summary>The keys, current one first. Throws where a setting is not a key.</summary>
    public static IReadOnlyList<byte[]> Load(IConfiguration configuration, string dataDirectory)
    {
        var previous = configuration.GetSection("Platform:PreviousMasterKeys").Get<string[]>() ?? [];
        var folder = Path.Combine(dataDirectory, "keys");
        var current = configuration["Platform:MasterKey"] is { Length: > 0 } setting ? Parse(setting, "Platform:MasterKey") : FromFile(Path.Combine(folder, FileName));
        return [current, .. previous.Select(key => Parse(key, "Platform:PreviousMasterKeys")), .. PreviousFiles(dataDirectory).Select(file => Parse(File.ReadAllText(file).Trim(), file))];
    }

    /// <summary>Puts a new key in the file's place and keeps the old one beside it. A crash between the two leaves the old key twice, which harms nothing.</summary>
    public static void Rotate(string dataDirectory, DateTimeOffset now)
    {
        var file = Path.Combine(dataDirectory, "keys", FileName);
        var old = Convert.ToBase64String(FromFile(file));
        PrivateFiles.CreateFolder(PreviousFolder(dataDirectory));
        PrivateFiles.Create(Path.Combine(PreviousFolder(dataDirectory), $"{now:yyyyMMddHHmmssfff}.key"), old);
        var next = $"{file}.next";
        File.Delete(next);
        PrivateFiles.Create(next, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)));
        File.Move(next, file, overwrite: true);
    }

    /// <summary>Deletes the files of keys that nothing is sealed with any more.</summary>
    public static void ForgetPrevious(string dataDirectory) { foreach (var file in PreviousFiles(dataDirectory)) { File.Delete(file); } }

    private static string[] PreviousFiles(string dataDirectory) =>
        Directory.Exists(PreviousFolder(dataDirectory)) ? [.. Directory.EnumerateFiles(PreviousFolder(dataDirectory), "*.key").OrderDescending(StringComparer.Ordinal)] : [];

    private static string PreviousFolder(string dataDirectory) => Path.Combine(dataDirectory, "keys", "previous");

    private static byte[] FromFile(string path)
    {
        if (File.Exists(path)) { return Parse(File.ReadAllText(path).Trim(), path); }
        PrivateFiles.CreateFolder(Path.GetDirectoryName(path)!);
        try { PrivateFiles.Create(path, Convert.ToBase64String(RandomNumberGenerator.GetBytes(32))); }
        catch (IOException) when (File.Exists(path)) { /* another process of this data directory was first: its key counts */ }
        return Parse(File.ReadAllText(path).Trim(), path);
    }

    private static byte[] Parse(string text, string where)
    {
        var key = new byte[32];
        if (!Convert.TryFromBase64String(text, key, out var length) || length != 32) { throw new InvalidOperationException($"{where} must be 32 bytes in base64"); }
        if (IsWeak(key)) { throw new InvalidOperationException($"{where} is not a random key; make one with: openssl rand -base64 32"); }
        return key;
    }

    // What people type instead of drawing: few different bytes, a counter, a phrase or hex digits (32 random bytes that all are printable come once in 10^13), a half repeated, the hash of a popular word.
    private static bool IsWeak(byte[] key) =>
        key.Distinct().Count() < 16 || key.All(b => b is >= 0x20 and < 0x7F) || key.AsSpan(0, 16).SequenceEqual(key.AsSpan(16)) || Steps(key).Distinct().Count() == 1
        || Samples.Any(sample => key.AsSpan().SequenceEqual(SHA256.HashData(System.Text.Encoding.UTF8.GetBytes(sample))));

    private static IEnumerable<byte> Steps(byte[] key) => key.Skip(1).Select((b, i) => (byte)(b - key[i]));

    private static readonly string[] Samples = ["", "secret", "password", "changeme", "change-me", "master", "masterkey", "master-key", "key", "test", "dev", "development", "platform", "example", "default", "admin"];
}

/// <summary>Files that only their owner may read.</summary>
internal static class PrivateFiles
{
    private const UnixFileMode OwnerFile = UnixFileMode.UserRead | UnixFileMode.UserWrite;

    /// <summary>Makes a folder with mode 0700.</summary>
    public static void CreateFolder(string path)
    {
        if (OperatingSystem.IsWindows()) { Directory.CreateDirectory(path); return; }
        Directory.CreateDirectory(path, OwnerFile | UnixFileMode.UserExecute);
    }

    /// <summary>Makes a file with mode 0600, whole or not at all; <see cref="IOException"/> where it exists.</summary>
    public static void Create(string path, string text)
    {
        var temporary = $"{path}.{Environment.ProcessId}";
        var options = new FileStreamOptions { Mode = FileMode.Create, Access = FileAccess.Write };
        if (!OperatingSystem.IsWindows()) { options.UnixCreateMode = OwnerFile; }
        using (var writer = new StreamWriter(temporary, options)) { writer.Write(text); }
        try { File.Move(temporary, path, overwrite: false); }
        finally { File.Delete(temporary); }
    }
}
