using System.Text.Json;
using System.Text.Json.Serialization;
using Platform.Jobs.Records;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Jobs;

/// <summary>The front of the queue: stores jobs and tells the workers.</summary>
public sealed class JobQueue(JobCatalog catalog, JobStore store, JobSignals signals, RetentionTimes retention, TimeProvider time) : IJobQueue
{
    /// <summary>How payloads are stored.</summary>
    internal static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { Converters = { new JsonStringEnumConverter(JsonNamingPolicy.CamelCase) } };

    /// <inheritdoc />
    public async Task<string> EnqueueAsync<TJob, TPayload>(Caller caller, TPayload payload, JobOptions? options = null, CancellationToken cancellationToken = default)
        where TJob : class, IJob<TPayload> where TPayload : notnull
    {
        var job = Make<TJob, TPayload>(caller, payload, options);
        while (true)
        {
            try
            {
                await store.InsertAsync(job, cancellationToken);
                signals.Changed(job);
                return job.Id;
            }
            catch (DuplicateKeyException) when (job.UniqueKey is not null)
            {
                // The one that is there may end between the two reads; then there is room for ours.
                if (await store.ByUniqueKeyAsync(job.UniqueKey, cancellationToken) is { } other) { return other.Id; }
            }
        }
    }

    /// <inheritdoc />
    public string Enqueue<TJob, TPayload>(WriteBatch batch, Caller caller, TPayload payload, JobOptions? options = null)
        where TJob : class, IJob<TPayload> where TPayload : notnull
    {
        var job = Make<TJob, TPayload>(caller, payload, options);
        batch.Insert(Caller.Platform, job);
        return job.Id;
    }

    /// <inheritdoc />
    public void Wake() => signals.WakeAll();

    /// <inheritdoc />
    public async Task<bool> CancelAsync(Caller caller, string jobId, CancellationToken cancellationToken = default)
    {
        if (await store.GetAsync(jobId, cancellationToken) is not { } job || !(caller.IsPlatform || job.OrganizationId == caller.Organization?.Value)) { return false; }
        var now = time.GetUtcNow();
        if (await store.ChangeAsync(jobId, JobChanges.Waiting, JobChanges.Cancel(now, retention.FinishedUntil(now)), cancellationToken) is { } cancelled)
        {
            signals.Changed(cancelled);
            return true;
        }
        if (await store.ChangeAsync(jobId, [JobState.Running], new Update<StoredJob>().Set(j => j.CancelRequested, true), cancellationToken) is not { } running) { return false; }
        signals.CancelRequested(running);
        return true;
    }

    internal static string UniqueKeyOf(string name, string key) => $"{name}:{key}";

    /// <summary>A stable number of the organization, for turns: 0 for the platform, else 1 to 2^31-1 (FNV-1a). A collision means a shared turn, nothing else.</summary>
    internal static int LaneOf(string? organizationId)
    {
        if (organizationId is null) { return 0; }
        var hash = 2_166_136_261u;
        foreach (var letter in organizationId) { hash = (hash ^ letter) * 16_777_619u; }
        return (int)(hash & 0x7FFF_FFFF) is var lane and > 0 ? lane : 1;
    }

    internal static StoredJob Make(JobDefinition definition, string payload, DateTimeOffset now, DateTimeOffset runAt, string? key) => new()
    {
        Name = definition.Settings.Name,
        Queue = definition.Settings.Queue,
        Payload = payload,
        State = runAt > now ? JobState.Scheduled : JobState.Ready,
        RunAt = runAt,
        EnqueuedAt = now,
        MaxAttempts = definition.Settings.MaxAttempts,
        Key = key,
        UniqueKey = key is null ? null : UniqueKeyOf(definition.Settings.Name, key),
    };

    private StoredJob Make<TJob, TPayload>(Caller caller, TPayload payload, JobOptions? options)
    {
        var now = time.GetUtcNow();
        var organization = caller.Organization?.Value;
        var runAt = options?.RunAt is { } at && at > now ? at.ToUniversalTime() : now;
        return Make(catalog.Of<TJob>(), JsonSerializer.Serialize(payload, Json), now, runAt, options?.UniqueKey) with
        {
            OrganizationId = organization,
            Lane = LaneOf(organization),
            CorrelationId = caller.CorrelationId,
        };
    }
}
