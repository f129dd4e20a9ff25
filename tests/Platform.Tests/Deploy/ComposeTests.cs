using System.Diagnostics;
using System.Text.RegularExpressions;
using Platform.Tests.TestKit;

namespace Platform.Tests.Deploy;

/// <summary>deploy/compose.yaml, as far as it can be looked at without an engine. The proxy's configuration is proved by a journey that runs it.</summary>
public sealed partial class ComposeTests : IDisposable
{
    private static readonly string Deploy = Path.Combine(PlatformApp.RepositoryRoot(), "deploy");
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-deploy-").FullName;
    private readonly string _compose = File.ReadAllText(Path.Combine(Deploy, "compose.yaml"));

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void It_has_the_production_shape()
    {
        var services = Blocks("services");
        services.Keys.ShouldBe(["nginx", "app-1", "app-2", "mongo-1", "mongo-2", "mongo-3", "mongo-initiate", "redis", "chroma"], ignoreOrder: true);
        services["chroma"].ShouldContain("profiles: [memory]");
        services.Where(s => Published().IsMatch(s.Value)).Select(s => s.Key).ShouldBe(["nginx"]);
        foreach (var name in services.Keys.Where(n => n.StartsWith("app-", StringComparison.Ordinal)))
        {
            services[name].ShouldContain($"\"{name}:/data\"");
            services[name].ShouldNotContain("/data/media", customMessage: "media are in the database, where every copy reaches them");
            File.ReadAllText(Path.Combine(Deploy, "nginx.conf")).ShouldContain($"server {name}:8080 ");
        }
        Images().Matches(_compose).Select(m => m.Groups[1].Value).ShouldAllBe(image => !image.EndsWith(":latest", StringComparison.Ordinal) && image.Contains(':', StringComparison.Ordinal));
    }

    [Fact]
    public void What_is_used_is_declared()
    {
        var (volumes, networks) = (Blocks("volumes"), Blocks("networks"));
        NamedVolume().Matches(_compose).Select(m => m.Groups[1].Value).Distinct().ShouldAllBe(v => volumes.ContainsKey(v));
        NetworkList().Matches(_compose).SelectMany(m => m.Groups[1].Value.Split(", ")).Distinct().ShouldAllBe(n => networks.ContainsKey(n));
        Anchor().Matches(_compose).Select(m => m.Groups[1].Value).ShouldAllBe(a => _compose.Contains($"&{a}\n", StringComparison.Ordinal));
        networks["back"].ShouldContain("internal: true");
    }

    [Fact]
    public void No_secret_has_a_value_here_and_a_missing_one_is_named()
    {
        var secrets = Variable().Matches(_compose).Where(m => SecretName().IsMatch(m.Groups[1].Value)).ToList();
        secrets.Count.ShouldBeGreaterThan(8);
        // What may be absent (mail, the first staff account) is empty, never a sample; everything else stops the start and says what to do.
        secrets.ShouldAllBe(m => m.Groups[2].Value.StartsWith(":?" + m.Groups[1].Value + " is missing", StringComparison.Ordinal) || (m.Groups[2].Value == ":-" && Optional().IsMatch(m.Groups[1].Value)));
        Literal().Matches(_compose).ShouldBeEmpty();
    }

    [Fact]
    public async Task New_env_gives_every_variable_fresh_secrets_and_never_overwrites()
    {
        var (first, second) = (await NewEnvAsync("a"), await NewEnvAsync("b"));
        foreach (var name in Variable().Matches(_compose).Where(m => m.Groups[2].Value.StartsWith(":?", StringComparison.Ordinal)).Select(m => m.Groups[1].Value).Distinct())
        {
            first.ShouldContainKey(name);
            if (SecretName().IsMatch(name)) { first[name].Length.ShouldBeGreaterThan(31); second[name].ShouldNotBe(first[name]); }
        }
        first["PUBLIC_URL"].ShouldBe("https://social.test");
        File.GetUnixFileMode(Path.Combine(_folder, "a", ".env")).ShouldBe(UnixFileMode.UserRead | UnixFileMode.UserWrite);
        (await RunAsync(Path.Combine(_folder, "a", "new-env"), "https://other.test")).ShouldBe(1);
        (await RunAsync(Path.Combine(_folder, "a", "new-env"), "social.test")).ShouldBe(2);
        (await File.ReadAllTextAsync(Path.Combine(_folder, "a", ".env"))).ShouldContain("PUBLIC_URL=https://social.test\n");
    }

    [Fact]
    public void Secrets_stay_out_of_the_repository_and_of_the_image()
    {
        File.ReadAllText(Path.Combine(PlatformApp.RepositoryRoot(), ".gitignore")).ShouldContain("deploy/.env");
        File.ReadAllLines(Path.Combine(PlatformApp.RepositoryRoot(), ".dockerignore")).ShouldContain("deploy");
    }

    private async Task<Dictionary<string, string>> NewEnvAsync(string name)
    {
        var folder = Directory.CreateDirectory(Path.Combine(_folder, name)).FullName;
        File.Copy(Path.Combine(Deploy, "new-env"), Path.Combine(folder, "new-env"));
        (await RunAsync(Path.Combine(folder, "new-env"), "https://social.test")).ShouldBe(0);
        return (await File.ReadAllLinesAsync(Path.Combine(folder, ".env"))).Where(l => l.Length > 0 && l[0] != '#').Select(l => l.Split('=', 2)).ToDictionary(p => p[0], p => p[1]);
    }

    private static async Task<int> RunAsync(string script, string argument)
    {
        using var process = Process.Start(new ProcessStartInfo("bash", [script, argument]) { RedirectStandardOutput = true, RedirectStandardError = true })!;
        await process.WaitForExitAsync();
        return process.ExitCode;
    }

    // The blocks one step below a top-level key, by name; anchors they take in ("<<: *mongo") are left as they stand.
    private Dictionary<string, string> Blocks(string key)
    {
        var all = _compose.Split('\n');
        var inside = all.SkipWhile(l => l != key + ":").Skip(1).TakeWhile(l => l.Length == 0 || l[0] is ' ' or '#').ToList();
        var starts = inside.Select((l, i) => (Name: BlockName().Match(l), At: i)).Where(b => b.Name.Success).ToList();
        return starts.Select((b, i) => (Name: b.Name.Groups[1].Value, Lines: inside[b.At..(i + 1 < starts.Count ? starts[i + 1].At : inside.Count)]))
            .ToDictionary(b => b.Name, b => string.Join('\n', b.Lines));
    }

    [GeneratedRegex(@"^  ([a-z0-9-]+):")]
    private static partial Regex BlockName();

    [GeneratedRegex(@"^    ports:", RegexOptions.Multiline)]
    private static partial Regex Published();

    [GeneratedRegex(@"^\s+image: (\S+)$", RegexOptions.Multiline)]
    private static partial Regex Images();

    [GeneratedRegex(@"(?:""|- )([a-z0-9-]+):/(?!/)")]
    private static partial Regex NamedVolume();

    [GeneratedRegex(@"networks: \[([^\]]+)\]")]
    private static partial Regex NetworkList();

    [GeneratedRegex(@"<<: \*([a-z-]+)")]
    private static partial Regex Anchor();

    [GeneratedRegex(@"\$\{([A-Z_]+)([^}]*)\}")]
    private static partial Regex Variable();

    [GeneratedRegex("PASSWORD|KEY|TOKEN|SECRET")]
    private static partial Regex SecretName();

    [GeneratedRegex("^(MAIL|ADMIN)_")]
    private static partial Regex Optional();

    // A password, key or token with a value of its own.
    [GeneratedRegex(@"^\s+\w*(PASSWORD|Password|KEY|Key|TOKEN|Token|Secret)\w*:\s*[^\s$]", RegexOptions.Multiline)]
    private static partial Regex Literal();
}
