namespace Platform.Jobs;

/// <summary>Registration of job classes by modules.</summary>
public static class JobServices
{
    /// <summary>Registers a job class; its name, queue, attempts, timeout and clock are read from its attributes.</summary>
    public static IServiceCollection AddJob<TJob, TPayload>(this IServiceCollection services) where TJob : class, IJob<TPayload> where TPayload : notnull =>
        services.AddTransient<TJob>().AddSingleton(JobDefinition.Of<TJob, TPayload>());
}
