using Platform.Features.Accounts.Actions;
using Platform.Jobs;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Jobs;

/// <summary>Makes new signing keys when the old ones are as old as the setting says.</summary>
[Job("rotate-signing-keys")]
[Recurring("10 4 * * *")]
public sealed class RotateSigningKeysOnSchedule(RotateSigningKeys rotate) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) =>
        await context.ReportAsync(1, $"{await rotate.OnScheduleAsync(cancellationToken)} keys made", cancellationToken);
}

/// <summary>Seals again what an older master key sealed; every night, and at every start while older keys are kept.</summary>
[Job("seal-again", TimeoutSeconds = 3600)]
[Recurring("25 4 * * *")]
public sealed class SealAgainNightly(SealAgain seal) : IJob<Nothing>
{
    /// <inheritdoc />
    public async Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken)
    {
        if (!seal.HasOlderKeys) { return; }
        var done = (await seal.RunAsync(Caller.Platform, cancellationToken)).Unwrap();
        await context.ReportAsync(1, $"{done.Sum(k => k.Changed)} sealed again, {done.Sum(k => k.Old)} left", cancellationToken);
        if (done.Sum(k => k.Lost) is > 0 and var lost) { throw new InvalidOperationException($"{lost} sealed values open with no key that is there"); }
    }
}

/// <summary>Reads the signing keys every half minute, so that a key which another copy made is known before it signs; and begins the sealing again after a start with older keys.</summary>
public sealed class FollowKeys(AccessTokens tokens, IServiceScopeFactory scopes, TimeProvider time, ILogger<FollowKeys> logger) : BackgroundService
{
    private static readonly TimeSpan Every = AccessTokens.Notice / 2;

    /// <inheritdoc />
    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        await BeginSealingAsync(stoppingToken);
        while (true)
        {
            await Task.Delay(Every, time, stoppingToken);
            try { await tokens.LoadAsync(stoppingToken); }
            catch (Exception failure) when (failure is not OperationCanceledException) { logger.LogWarning(failure, "The signing keys could not be read now; the known ones stay in use"); }
        }
    }

    private async Task BeginSealingAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        if (!scope.ServiceProvider.GetRequiredService<SealAgain>().HasOlderKeys) { return; }
        await scope.ServiceProvider.GetRequiredService<IJobQueue>().EnqueueAsync<SealAgainNightly, Nothing>(Caller.Platform, new Nothing(), new JobOptions { UniqueKey = "after-start" }, cancellationToken);
    }
}
