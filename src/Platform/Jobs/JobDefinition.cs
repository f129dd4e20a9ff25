using System.Collections.Frozen;
using System.Reflection;
using System.Text.Json;
using Platform.Jobs.Recurring;

namespace Platform.Jobs;

/// <summary>What is known of a job class; read from its attributes once, at registration.</summary>
public sealed record JobDefinition
{
    /// <summary>The class.</summary>
    public required Type Type { get; init; }

    /// <summary>Name, queue, attempts and time.</summary>
    public required JobAttribute Settings { get; init; }

    /// <summary>Its clock, if it has one.</summary>
    public CronSchedule? Schedule { get; init; }

    /// <summary>Reads the payload and runs the class; <see cref="PoisonPayloadException"/> where it cannot be read.</summary>
    public required Func<IServiceProvider, string, JobContext, CancellationToken, Task> RunAsync { get; init; }

    /// <summary>Reads a class's attributes; throws with words where they do not make sense.</summary>
    public static JobDefinition Of<TJob, TPayload>() where TJob : class, IJob<TPayload> where TPayload : notnull
    {
        var type = typeof(TJob);
        var settings = type.GetCustomAttribute<JobAttribute>() ?? throw new InvalidOperationException($"{type} has no [Job]: give it a stable name.");
        if (settings.MaxAttempts is < 1 or > 25) { throw new InvalidOperationException($"{type}: MaxAttempts must be 1 to 25."); }
        if (settings.TimeoutSeconds < 1) { throw new InvalidOperationException($"{type}: TimeoutSeconds must be at least 1."); }
        var recurring = type.GetCustomAttribute<RecurringAttribute>();
        if (recurring is not null && typeof(TPayload) != typeof(Nothing)) { throw new InvalidOperationException($"{type} recurs, so its payload must be Nothing."); }
        return new JobDefinition
        {
            Type = type,
            Settings = settings,
            Schedule = recurring is null ? null : new CronSchedule(recurring.Cron, recurring.Zone),
            RunAsync = (services, payload, context, token) => services.GetRequiredService<TJob>().RunAsync(Read<TPayload>(payload), context, token),
        };
    }

    private static TPayload Read<TPayload>(string payload)
    {
        try
        {
            return JsonSerializer.Deserialize<TPayload>(payload, JobQueue.Json) ?? throw new PoisonPayloadException("the payload is null");
        }
        catch (Exception e) when (e is JsonException or NotSupportedException)
        {
            throw new PoisonPayloadException($"The payload cannot be read as {typeof(TPayload).Name}: {e.Message}", e);
        }
    }
}

/// <summary>All job classes of this build.</summary>
public sealed class JobCatalog
{
    private readonly FrozenDictionary<string, JobDefinition> _byName;
    private readonly FrozenDictionary<Type, JobDefinition> _byType;

    /// <summary>Throws where two classes share a name.</summary>
    public JobCatalog(IEnumerable<JobDefinition> definitions)
    {
        All = [.. definitions.OrderBy(d => d.Settings.Name, StringComparer.Ordinal)];
        var twice = All.GroupBy(d => d.Settings.Name).FirstOrDefault(g => g.Count() > 1);
        if (twice is not null) { throw new InvalidOperationException($"two jobs are named {twice.Key}: {string.Join(", ", twice.Select(d => d.Type))}"); }
        _byName = All.ToFrozenDictionary(d => d.Settings.Name);
        _byType = All.ToFrozenDictionary(d => d.Type);
        Queues = [.. All.Select(d => d.Settings.Queue).Distinct().Order(StringComparer.Ordinal)];
    }

    /// <summary>By name.</summary>
    public IReadOnlyList<JobDefinition> All { get; }

    /// <summary>The queues that they use.</summary>
    public IReadOnlyList<string> Queues { get; }

    /// <summary>The class stored under a name; null where this build has none.</summary>
    public JobDefinition? Find(string name) => _byName.GetValueOrDefault(name);

    /// <summary>What is known of a class; throws where its module did not register it.</summary>
    public JobDefinition Of<TJob>() => _byType.GetValueOrDefault(typeof(TJob)) ?? throw new InvalidOperationException($"{typeof(TJob)} is not registered: services.AddJob in its module.");
}

/// <summary>A payload that will never be readable; the job goes to the dead letters at once.</summary>
public sealed class PoisonPayloadException : Exception
{
    /// <summary>For serializers.</summary>
    public PoisonPayloadException() { }

    /// <summary>With a text.</summary>
    public PoisonPayloadException(string message) : base(message) { }

    /// <summary>With a text and a cause.</summary>
    public PoisonPayloadException(string message, Exception innerException) : base(message, innerException) { }
}
