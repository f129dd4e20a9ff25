using System.Security.Cryptography;
using System.Text;
using Platform.Features.Accounts.Domain;

namespace Platform.Features.Accounts.Store;

/// <summary>The one-time code that opens the setup page from another machine: written to the log and to a private file in the data directory, gone after use.</summary>
public sealed class SetupCode(IConfiguration configuration)
{
    private string FilePath => Path.Combine(DataFolder.Of(configuration), "keys", "setup-code");

    /// <summary>The code; made where there is none.</summary>
    public string Get()
    {
        if (File.Exists(FilePath)) { return File.ReadAllText(FilePath).Trim(); }
        PrivateFiles.CreateFolder(Path.GetDirectoryName(FilePath)!);
        try { PrivateFiles.Create(FilePath, OpaqueToken.New()[..20]); }
        catch (IOException) when (File.Exists(FilePath)) { /* another process of this data directory was first */ }
        return File.ReadAllText(FilePath).Trim();
    }

    /// <summary>Whether a text is the code.</summary>
    public bool Matches(string? text) => CryptographicOperations.FixedTimeEquals(Encoding.UTF8.GetBytes(text?.Trim() ?? ""), Encoding.UTF8.GetBytes(Get()));

    /// <summary>Forgets it.</summary>
    public void Remove() => File.Delete(FilePath);
}

/// <summary>Where this installation keeps its files.</summary>
internal static class DataFolder
{
    /// <summary>The folder of <c>Platform:DataDirectory</c>.</summary>
    public static string Of(IConfiguration configuration) => Path.GetFullPath(configuration["Platform:DataDirectory"] is { Length: > 0 } folder ? folder : "./data");
}
