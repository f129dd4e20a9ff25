using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Jobs.Monitoring;
using Platform.Jobs.Records;
using Platform.Jobs.Recurring;
using Platform.Jobs.Workers;
using Platform.Storage;

namespace Platform.Jobs;

/// <summary>Wires up the durable queue and its workers.</summary>
public sealed class JobsModule : IModule
{
    /// <inheritdoc />
    public static void AddServices(WebApplicationBuilder builder)
    {
        builder.Services.AddOptions<JobsOptions>().BindConfiguration("Jobs").ValidateOnStart();
        AddJobsRoom(builder.Services);
    }

    /// <inheritdoc />
    public static void Map(WebApplication app) { }

    /// <summary>The room by itself, over whatever store, signals and clock there are.</summary>
    internal static void AddJobsRoom(IServiceCollection services)
    {
        services.TryAddSingleton(TimeProvider.System);
        services.AddSingleton<IValidateOptions<JobsOptions>, JobsOptionsCheck>();
        services.AddCollection(JobStore.Collection).AddCollection(RecurringStore.Collection).AddCollection(ServerStore.Collection);
        services.AddSingleton<JobCatalog>().AddSingleton<JobStore>().AddSingleton<RecurringStore>().AddSingleton<ServerStore>();
        services.AddSingleton<RetentionTimes>().AddSingleton<JobSignals>().AddSingleton<IJobQueue, JobQueue>();
        services.AddSingleton(p => new RetryDelay(p.GetRequiredService<IOptions<JobsOptions>>(), new Random()));
        services.AddSingleton<JobOutcomes>().AddSingleton<JobRunner>().AddSingleton<RecurringClock>().AddSingleton<JobClock>();
        services.AddSingleton<WorkerContext>().AddSingleton<Heartbeat>().AddSingleton<JobServer>();
        services.AddSingleton<JobReads>().AddSingleton<JobCommands>().AddSingleton<IJobMonitor, JobMonitor>();
        services.AddHostedService(p => p.GetRequiredService<JobServer>());
    }
}
