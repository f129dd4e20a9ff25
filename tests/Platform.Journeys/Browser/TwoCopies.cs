using System.Diagnostics;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Platform.Storage.Mongo;
using Platform.Storage.Mongo.Bson;

namespace Platform.Journeys.Browser;

/// <summary>The production shape: two copies of the app on MongoDB and Redis, and nginx before them with deploy/nginx.conf. Only addresses and folders in it are the test's.</summary>
public sealed class TwoCopies : IAsyncLifetime
{
    private readonly string _folder = Directory.CreateTempSubdirectory("platform-proxy-").FullName;
    private readonly List<string> _log = [];
    private readonly string _database = $"journey_{Guid.NewGuid():N}";
    private Process? _nginx;

    /// <summary>The proxy's address.</summary>
    public string Site { get; private set; } = "";

    /// <summary>The copies.</summary>
    public IReadOnlyList<AppProcess> Copies { get; private set; } = [];

    /// <summary>What the proxy wrote: a line for each request, with the copy that answered.</summary>
    public IReadOnlyList<string> Log { get { lock (_log) { return [.. _log]; } } }

    /// <summary>The copy that answered the last request for this path.</summary>
    public AppProcess CopyOf(string path) =>
        Copies.Single(c => Log.Last(l => l.Contains($" {path} ", StringComparison.Ordinal)).EndsWith($"to={new Uri(c.Url).Authority}", StringComparison.Ordinal));

    /// <summary>Waits until the proxy asks this copy again, as whoever restarts the copies one by one does.</summary>
    public async Task AnswersAsync(AppProcess copy, string path)
    {
        var (known, watch) = (Log.Count, Stopwatch.StartNew());
        while (!Log.Skip(known).Any(l => l.Contains($" {path} 200 ", StringComparison.Ordinal) && l.EndsWith($"to={new Uri(copy.Url).Authority}", StringComparison.Ordinal)))
        {
            if (watch.Elapsed > TimeSpan.FromSeconds(30)) { throw new InvalidOperationException($"the proxy does not ask {copy.Url} again"); }
            await Task.Delay(50);
        }
    }

    /// <inheritdoc />
    public async ValueTask InitializeAsync()
    {
        Assert.SkipWhen(Program is null, "nginx is not installed (.ci/run installs it)");
        var port = AppProcess.FreePort();
        Site = $"https://localhost:{port}";
        var settings = Settings();
        // One after the other: the first makes the indexes and keys.
        Copies = [await AppProcess.StartAsync(settings: settings), await AppProcess.StartAsync(settings: settings)];
        await File.WriteAllTextAsync(Path.Combine(_folder, "nginx.conf"), Configuration(port));
        WriteCertificate();
        var start = new ProcessStartInfo(Program!, ["-p", _folder, "-c", Path.Combine(_folder, "nginx.conf"), "-g", "daemon off;"]) { RedirectStandardOutput = true, RedirectStandardError = true };
        _nginx = Process.Start(start)!;
        _nginx.OutputDataReceived += Keep;
        _nginx.ErrorDataReceived += Keep;
        _nginx.BeginOutputReadLine();
        _nginx.BeginErrorReadLine();
        await ListensAsync();
    }

    /// <inheritdoc />
    public async ValueTask DisposeAsync()
    {
        if (_nginx is { HasExited: false }) { _nginx.Kill(entireProcessTree: true); await _nginx.WaitForExitAsync(); }
        foreach (var copy in Copies) { await copy.DisposeAsync(); }
        if (Copies.Count > 0)
        {
            using var database = new MongoDatabase(MongoAddress.Of(Require("MONGODB_URI"), _database), Microsoft.Extensions.Logging.Abstractions.NullLogger.Instance);
            await database.RunAsync("", connection => connection.Command(new BsonMap("dropDatabase", 1)), CancellationToken.None);
        }
        Directory.Delete(_folder, recursive: true);
    }

    /// <summary>A client that trusts the proxy's certificate, follows nothing and keeps no cookies.</summary>
    public HttpClient Client() => new(new HttpClientHandler { ServerCertificateCustomValidationCallback = (_, _, _, _) => true, AllowAutoRedirect = false, UseCookies = false })
    {
        BaseAddress = new Uri(Site), Timeout = TimeSpan.FromSeconds(30),
    };

    private static string? Program => new[] { "/usr/sbin/nginx", "/usr/local/sbin/nginx" }.FirstOrDefault(File.Exists);

    private static string Require(string variable)
    {
        var value = Environment.GetEnvironmentVariable(variable);
        Assert.SkipWhen(string.IsNullOrEmpty(value), $"{variable} is not set: start the server (.ci/run starts them all)");
        return value!;
    }

    private Dictionary<string, string> Settings() => new()
    {
        ["ASPNETCORE_ENVIRONMENT"] = "Production", ["Platform__PublicUrl"] = Site, ["Platform__MasterKey"] = Convert.ToBase64String(RandomNumberGenerator.GetBytes(32)),
        ["Storage__Engine"] = "Mongo", ["Storage__MongoUri"] = Require("MONGODB_URI"), ["Storage__MongoDatabase"] = _database,
        ["Coordination__RedisUrl"] = Require("REDIS_URL"), ["Proxy__TrustedNetworks__0"] = "127.0.0.0/8", ["Telemetry__MetricsToken"] = "journey-token-of-metrics",
        ["Mail__Host"] = "", ["Mail__Port"] = "587", ["Mail__User"] = "", ["Mail__Password"] = "", ["Mail__From"] = "", ["Networks__Sandbox__Enabled"] = "false",
    };

    private string Configuration(int port)
    {
        var text = File.ReadAllText(Path.Combine(AppProcess.RepositoryRoot(), "deploy/nginx.conf"));
        (string From, string To)[] changes =
        [
            ("listen 80;", $"listen 127.0.0.1:{AppProcess.FreePort()};"), ("listen 443 ssl http2;", $"listen 127.0.0.1:{port} ssl http2;"), ("/etc/nginx/tls", _folder),
            ("pid /run/nginx.pid;", $"pid {_folder}/nginx.pid;"), ("server app-1:8080", $"server {new Uri(Copies[0].Url).Authority}"), ("server app-2:8080", $"server {new Uri(Copies[1].Url).Authority}"),
        ];
        foreach (var (from, to) in changes)
        {
            text.ShouldContain(from);
            text = text.Replace(from, to, StringComparison.Ordinal);
        }
        return text;
    }

    private void WriteCertificate()
    {
        using var key = RSA.Create(2048);
        var request = new CertificateRequest("CN=localhost", key, HashAlgorithmName.SHA256, RSASignaturePadding.Pkcs1);
        using var certificate = request.CreateSelfSigned(DateTimeOffset.UtcNow.AddDays(-1), DateTimeOffset.UtcNow.AddDays(7));
        File.WriteAllText(Path.Combine(_folder, "fullchain.pem"), certificate.ExportCertificatePem());
        File.WriteAllText(Path.Combine(_folder, "privkey.pem"), key.ExportPkcs8PrivateKeyPem());
    }

    private async Task ListensAsync()
    {
        using var client = Client();
        var watch = Stopwatch.StartNew();
        while (true)
        {
            try { (await client.GetAsync(new Uri("/health/ready", UriKind.Relative))).EnsureSuccessStatusCode(); return; }
            catch (HttpRequestException e) when (_nginx!.HasExited || watch.Elapsed > TimeSpan.FromSeconds(20)) { throw new InvalidOperationException($"nginx does not answer:\n{string.Join('\n', Log)}", e); }
            catch (HttpRequestException) { await Task.Delay(100); }
        }
    }

    private void Keep(object sender, DataReceivedEventArgs e)
    {
        if (e.Data is null) { return; }
        lock (_log) { _log.Add(e.Data); }
    }
}
