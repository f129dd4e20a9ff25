using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Api;
using Platform.Features.Sandbox.Contracts;
using Platform.Features.Sandbox.Store;
using Platform.Networks;
using Platform.Storage;

namespace Platform.Features.Sandbox;

/// <summary>Wires up the practice network: its server, its API, its public pages.</summary>
public sealed class SandboxModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var services = builder.Services;
        services.AddOptions<SandboxSettings>().BindConfiguration("Networks:Sandbox");
        services.AddCollection(SandboxStore.Accounts).AddCollection(SandboxStore.Posts).AddCollection(SandboxStore.Calls);
        services.AddSingleton<SandboxStore>().AddSingleton<SandboxAddress>().AddSingleton<Tokens>().AddSingleton<Faults>().AddSingleton<TakePost>().AddSingleton<EditPost>().AddSingleton<ReadPosts>();
        services.AddSingleton<Func<INetworks>>(provider => provider.GetRequiredService<INetworks>).AddSingleton<PostChecks>();
        services.AddSingleton<ISandboxServer, SandboxServer>();
        services.AddTransient<ISandboxHistory, SandboxHistory>();
        services.AddTransient<ReadSandboxPage>().AddTransient<Misbehave>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app)
    {
        SandboxServerEndpoint.Map(app);
        SandboxEndpoints.Map(app);
    }
}
