using System.Diagnostics;
using Platform.Storage.Mongo.Bson;
using Platform.Tests.Storage;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>A start that cannot be: the real process says why in a sentence, with the next step, and ends with code 2. No stack trace, no core, no password.</summary>
public sealed class RefusedStartTests : IDisposable
{
    private readonly string _folder = Directory.CreateTempSubdirectory("refused-start-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public Task No_server_there() => ShouldRefuseAsync("mongodb://someone:secret-word@127.0.0.1:1/?serverSelectionTimeoutMS=300", "No MongoDB server answers at 127.0.0.1:1", "Check Storage:MongoUri");

    [Fact]
    public Task A_setting_that_cannot_be() => ShouldRefuseAsync("http://someone:secret-word@somewhere", "Storage:MongoUri must be a connection string");

    [Fact]
    public async Task A_server_that_refuses_the_credentials()
    {
        using var strict = new FakeMongo(command => command switch
        {
            "hello" or "isMaster" or "ismaster" => FakeMongo.Hello(17).Add("msg", "isdbgrid"),
            _ => new BsonMap("ok", 0.0).Add("errmsg", "not authorized on platform to execute command").Add("code", 13).Add("codeName", "Unauthorized"),
        });
        await ShouldRefuseAsync(strict.Uri, "refuses the credentials", "authSource");
    }

    [Fact]
    public async Task A_server_that_refuses_the_password()
    {
        using var strict = new FakeMongo(command => command switch
        {
            "hello" or "isMaster" or "ismaster" => FakeMongo.Hello(17).Add("msg", "isdbgrid"),
            _ => new BsonMap("ok", 0.0).Add("errmsg", "Authentication failed.").Add("code", 18).Add("codeName", "AuthenticationFailed"),
        });
        await ShouldRefuseAsync(strict.Uri.Replace("//", "//someone:secret-word@", StringComparison.Ordinal), "refuses the credentials", "authSource");
    }

    [Fact]
    public async Task A_server_that_is_too_old()
    {
        using var old = new FakeMongo(command => command is "hello" or "isMaster" or "ismaster" ? FakeMongo.Hello(13) : command == "buildInfo" ? new BsonMap("version", "5.0.9").Add("ok", 1.0) : null);
        await ShouldRefuseAsync(old.Uri, "is version 5.0.9; 6.0 or newer is needed");
    }

    [Fact]
    public async Task A_machine_without_the_driver()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "hiding the library from one process needs Linux and root (unshare --mount)");
        // Nobody else sees these mounts.
        const string Script = "for f in $(ldconfig -p | sed -n 's/.*=> \\(.*libmongoc\\(-1\\.0\\|2\\)\\.so.*\\)/\\1/p'); do mount --bind /dev/null $(readlink -f $f) || exit 77; done; exec dotnet \"$0\" --urls http://127.0.0.1:0";
        var start = new ProcessStartInfo("unshare", ["--mount", "bash", "-c", Script, Path.Combine(AppContext.BaseDirectory, "Platform.dll")])
        {
            WorkingDirectory = AppContext.BaseDirectory, RedirectStandardOutput = true, RedirectStandardError = true,
            Environment = { ["ASPNETCORE_ENVIRONMENT"] = "Development", ["Platform__DataDirectory"] = _folder, ["Storage__Engine"] = "Mongo", ["Storage__MongoUri"] = "mongodb://127.0.0.1:1/" },
        };
        using var process = Process.Start(start)!;
        var (output, errors) = (process.StandardOutput.ReadToEndAsync(), process.StandardError.ReadToEndAsync());
        await process.WaitForExitAsync(new CancellationTokenSource(TimeSpan.FromMinutes(1)).Token);
        ShouldSay(process.ExitCode, await output + await errors, "the MongoDB C driver is not on this machine", "apt-get install libmongoc-1.0-0");
    }

    private async Task ShouldRefuseAsync(string uri, params string[] said)
    {
        TestServers.Require("MONGODB_URI");
        await using var app = AppProcess.Start(_folder, more: new Dictionary<string, string> { ["Storage__Engine"] = "Mongo", ["Storage__MongoUri"] = uri, ["Storage__MongoDatabase"] = "refused" });
        await app.ExitedAsync();
        ShouldSay(app.ExitCode, app.Output, said);
    }

    private static void ShouldSay(int code, string output, params string[] said)
    {
        foreach (var part in (string[])["Not started: ", .. said]) { output.ShouldContain(part); }
        code.ShouldBe(2, output);
        output.ShouldNotContain("   at ");
        output.ShouldNotContain("secret-word");
    }
}
