using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Store;
using Platform.Storage;

namespace Platform.Features.Agents;

/// <summary>Wires up the agents: their runs, suggestions and budget.</summary>
public sealed class AgentsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(AgentsOptions.Section).Get<AgentsOptions>() ?? new();
        if (options.Mistakes().ToList() is { Count: > 0 } mistakes) { throw new InvalidOperationException(string.Join(Environment.NewLine, mistakes)); }
        builder.Services.AddSingleton(options)
            .AddCollection(BudgetStore.Accounts).AddCollection(BudgetStore.Holds).AddCollection(BudgetStore.Limits)
            .AddSingleton(services => ActivatorUtilities.CreateInstance<BudgetStore>(services))
            .AddSingleton(services => ActivatorUtilities.CreateInstance<OrganizationBudget>(services))
            .AddSingleton<IBudget>(services => services.GetRequiredService<OrganizationBudget>());
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }
}
