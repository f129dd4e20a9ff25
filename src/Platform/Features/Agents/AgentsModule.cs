using Platform.Ai;
using Platform.Features.Agents.Actions;
using Platform.Features.Agents.Api;
using Platform.Features.Agents.Contracts;
using Platform.Features.Agents.Jobs;
using Platform.Features.Agents.Store;
using Platform.Features.Agents.Ui;
using Platform.Features.Content.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Agents;

/// <summary>Wires up the agents: their runs, suggestions and budget.</summary>
public sealed class AgentsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        var options = builder.Configuration.GetSection(AgentsOptions.Section).Get<AgentsOptions>() ?? new();
        if (options.Mistakes().ToList() is { Count: > 0 } mistakes) { throw new InvalidOperationException(string.Join(Environment.NewLine, mistakes)); }
        var services = builder.Services.AddSingleton(options);
        services.AddCollection(BudgetStore.Accounts).AddCollection(BudgetStore.Holds).AddCollection(BudgetStore.Limits)
            .AddCollection(RunStore.Collection(options.KeepRunsDays)).AddCollection(SuggestionStore.Collection);
        services.AddSingleton<BudgetStore>().AddSingleton<RunStore>().AddSingleton<SuggestionStore>();
        services.AddSingleton<OrganizationBudget>().AddSingleton<IBudget>(provider => provider.GetRequiredService<OrganizationBudget>());
        services.AddSingleton<RunningRuns>().AddSingleton<LiveRuns>();
        services.AddTransient<AgentRunner>().AddTransient<Targets>().AddTransient<TextReview>().AddTransient<ContentAgent>();
        services.AddTransient<DraftPost>().AddTransient<ImprovePost>().AddTransient<ShortenPost>().AddTransient<MakeVariants>().AddTransient<SuggestHashtags>();
        services.AddTransient<IEngagement, StoredEngagement>().AddTransient<SchedulerAgent>().AddTransient<SuggestTimes>();
        services.AddTransient<PlanWeek>().AddTransient<WriteWeek>().AddTransient<EndAbandoned>();
        services.AddJob<PlanWeekJob, PlanWeekPayload>().AddJob<EndAbandonedRuns, Nothing>();
        services.AddTransient<AgentsDesk>().AddTransient<RunActions>();
        services.AddSingleton(new MenuEntry(MenuArea.Customer, 60, "Agents", "/agents", "smart_toy", Permission.ContentRead, "g a"));
        services.AddTransient<ComposerAgents>().AddSingleton(new ComposerPanel(typeof(ComposerAgentPanel), "Agents", 10));
        services.AddTransient<ReadRuns>().AddTransient<ReadSuggestions>().AddTransient<ReadStatus>();
        services.AddTransient<CancelRun>().AddTransient<RateRun>().AddTransient<DecideSuggestion>().AddTransient<SetBudget>();
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) => AgentsEndpoints.Map(app);
}
