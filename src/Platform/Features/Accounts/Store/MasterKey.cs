using System.Security.Cryptography;

namespace Platform.Features.Accounts.Store;

/// <summary>
/// The key that seals secrets: from the setting <c>Platform:MasterKey</c> (base64, 32 bytes; what several copies of the app must share), else a file made
/// at first start in the data directory, readable by its owner only. Older keys in <c>Platform:PreviousMasterKeys</c> still open what they sealed.
/// </summary>
public static class MasterKey
{
    /// <summary>The keys, current one first. Throws where a setting is not a key.</summary>
    public static IReadOnlyList<byte[]> Load(IConfiguration configuration, string dataDirectory)
    {
        var previous = configuration.GetSection("Platform:PreviousMasterKeys").Get<string[]>() ?? [];
        var current = configuration["Platform:MasterKey"] is { Length: > 0 } setting ? Parse(setting, "Platform:MasterKey") : FromFile(Path.Combine(dataDirectory, "keys", "master.key"));
        return [current, .. previous.Select(key => Parse(key, "Platform:PreviousMasterKeys"))];
    }

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
        if (key.Distinct().Count() < 8) { throw new InvalidOperationException($"{where} is not a random key; make one with: openssl rand -base64 32"); }
        return key;
    }
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
