using System.Globalization;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;
using Platform.Coordination;
using Platform.Jobs;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Benchmarks.Running;

/// <summary>The product's durable queue with its store, and one job that waits as long as a model takes. Tells how long each organization's job waited.</summary>
internal static class JobHost
{
    /// <param name="arguments">Jobs of the noisy one, organizations with one job each, milliseconds a job, slots.</param>
    public static async Task ServeAsync(string[] arguments)
    {
        var (noisy, quiet, delay, slots) = (Number(arguments[0]), Number(arguments[1]), Number(arguments[2]), Number(arguments[3]));
        var folder = Directory.CreateTempSubdirectory("benchmark-jobs-").FullName;
        var builder = WebApplication.CreateBuilder(["--urls", "http://127.0.0.1:0", $"--Platform:DataDirectory={folder}", "--Jobs:Enabled=true", $"--Jobs:DefaultConcurrency={slots}"]);
        builder.Logging.ClearProviders();
        StorageModule.AddServices(builder);
        CoordinationModule.AddServices(builder);
        JobsModule.AddServices(builder);
        var clock = new Begun(noisy + quiet, delay);
        builder.Services.AddSingleton(clock).AddJob<FakeModelJob, FakeModelCall>();
        await using var app = builder.Build();
        var queue = app.Services.GetRequiredService<IJobQueue>();
        var loud = Caller.System(Ids.New());
        // The noisy one first, all of it, before any worker runs; then the others.
        for (var i = 0; i < noisy; i += 100)
        {
            var batch = new WriteBatch();
            for (var n = i; n < Math.Min(i + 100, noisy); n++) { queue.Enqueue<FakeModelJob, FakeModelCall>(batch, loud, new(false)); }
            if (!await app.Services.GetRequiredService<IDocumentStore>().CommitAsync(batch, CancellationToken.None)) { throw new InvalidOperationException("not stored"); }
        }
        for (var n = 0; n < quiet; n++) { await queue.EnqueueAsync<FakeModelJob, FakeModelCall>(Caller.System(Ids.New()), new(true)); }
        clock.Start();
        await app.StartAsync();
        var (waits, total) = await clock.Ended;
        Console.WriteLine(string.Create(CultureInfo.InvariantCulture, $"jobs {Spread.Percentile(waits, 0.99)} {waits[^1]} {total}"));
        await app.StopAsync();
        Directory.Delete(folder, recursive: true);
    }

    private static int Number(string text) => int.Parse(text, CultureInfo.InvariantCulture);
}

/// <summary>What the job knows.</summary>
internal sealed record FakeModelCall(bool Quiet);

/// <summary>Waits as long as a model.</summary>
[Job("fake-model-call", Queue = "agents")]
internal sealed class FakeModelJob(Begun begun) : IJob<FakeModelCall>
{
    public Task RunAsync(FakeModelCall payload, JobContext context, CancellationToken cancellationToken) => begun.RunAsync(payload.Quiet, cancellationToken);
}

/// <summary>When jobs began, from the start of the workers.</summary>
internal sealed class Begun(int expected, int delay)
{
    private readonly List<double> _quiet = [];
    private readonly TaskCompletionSource<(List<double> Waits, double Seconds)> _ended = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private readonly System.Diagnostics.Stopwatch _watch = new();
    private int _done;

    public Task<(List<double> Waits, double Seconds)> Ended => _ended.Task;

    public void Start() => _watch.Start();

    public async Task RunAsync(bool quiet, CancellationToken cancellationToken)
    {
        if (quiet) { lock (_quiet) { _quiet.Add(_watch.Elapsed.TotalMilliseconds); } }
        await Task.Delay(delay, cancellationToken);
        if (Interlocked.Increment(ref _done) == expected) { _ended.TrySetResult(([.. _quiet.Order()], _watch.Elapsed.TotalSeconds)); }
    }
}
