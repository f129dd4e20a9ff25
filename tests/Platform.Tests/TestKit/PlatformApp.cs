using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Mvc.Testing;
using Microsoft.AspNetCore.TestHost;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Platform.Primitives;

namespace Platform.Tests.TestKit;

/// <summary>The whole app in this process, with a data folder of its own that goes when the app goes.</summary>
public sealed class PlatformApp : WebApplicationFactory<Program>
{
    private readonly string _data = Directory.CreateTempSubdirectory("platform-test-").FullName;
    private readonly Dictionary<string, string?> _settings = [];
    private string? _mongo = Storage.TestMongo.IsChosen ? "test_" + Ids.New() : null;
    private Action<IServiceCollection>? _services;
    private TimeProvider? _clock;
    private IServiceScope? _scope;

    /// <summary>Where this app keeps its data.</summary>
    public string DataDirectory => _data;

    /// <summary>Sets a setting; before the first use.</summary>
    public PlatformApp With(string key, string? value) { _settings[key] = value; return this; }

    /// <summary>Replaces services; before the first use.</summary>
    public PlatformApp With(Action<IServiceCollection> services) { _services += services; return this; }

    /// <summary>Keeps the records in a database of its own on the test server; before the first use. The variable PLATFORM_TEST_STORAGE=Mongo does so for every app.</summary>
    public PlatformApp OnMongo() { _mongo ??= "test_" + Ids.New(); return this; }

    /// <summary>Whether the records are in the data folder, for tests that look into the embedded engine's file.</summary>
    public bool KeepsRecordsInItsFolder => _mongo is null;

    /// <summary>Runs the app by this clock; before the first use.</summary>
    public PlatformApp With(TimeProvider clock) { _clock = clock; return this; }

    /// <summary>A service of the app.</summary>
    public T Get<T>() where T : notnull => (_scope ??= Services.CreateScope()).ServiceProvider.GetRequiredService<T>();

    /// <inheritdoc />
    protected override void ConfigureWebHost(IWebHostBuilder builder)
    {
        builder.UseContentRoot(RepositoryRoot());
        builder.UseEnvironment("Development");
        builder.UseSetting("Platform:DataDirectory", _data);
        builder.UseSetting("Outbound:AllowPrivateNetworks", "true");
        builder.UseSetting("RateLimits:Enabled", "false");
        builder.UseSetting("Logging:LogLevel:Default", "Warning");
        builder.UseSetting("Accounts:PasswordIterations", "1000");
        builder.UseSetting("Setup:AdminEmail", TestStaff.AdminEmail);
        builder.UseSetting("Setup:AdminPassword", TestStaff.Password);
        if (_mongo is not null) { builder.UseSetting("Storage:Engine", "Mongo").UseSetting("Storage:MongoUri", TestServers.Require("MONGODB_URI")).UseSetting("Storage:MongoDatabase", _mongo).UseSetting("Media:Place", "Folder"); }
        foreach (var (key, value) in _settings) { builder.UseSetting(key, value); }
        builder.ConfigureTestServices(services =>
        {
            if (_clock is not null) { services.Replace(ServiceDescriptor.Singleton(_clock)); }
            _services?.Invoke(services);
        });
    }

    /// <inheritdoc />
    protected override void Dispose(bool disposing)
    {
        if (disposing) { _scope?.Dispose(); }
        base.Dispose(disposing);
        if (disposing) { AwaitClosed(_settings.GetValueOrDefault("Platform:DataDirectory") ?? _data); }
        if (disposing && _mongo is not null) { Storage.TestMongo.Drop(_mongo); }
        if (disposing && Directory.Exists(_data)) { Directory.Delete(_data, recursive: true); }
    }

    // The app's entry point ends beside this one, and may be the one that closes the file: only then may the folder be copied, or be another app's.
    private static void AwaitClosed(string folder)
    {
        var file = Path.Combine(folder, "platform.lock");
        for (var tries = 0; tries < 1000 && File.Exists(file); tries++)
        {
            try { new FileStream(file, FileMode.Open, FileAccess.ReadWrite, FileShare.None).Dispose(); return; }
            catch (IOException) { Thread.Sleep(10); }
        }
    }

    /// <summary>The folder of Platform.sln.</summary>
    public static string RepositoryRoot()
    {
        var folder = new DirectoryInfo(AppContext.BaseDirectory);
        while (!File.Exists(Path.Combine(folder.FullName, "Platform.sln"))) { folder = folder.Parent ?? throw new DirectoryNotFoundException("Platform.sln"); }
        return folder.FullName;
    }
}
