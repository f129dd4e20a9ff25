using System.Collections.Concurrent;
using Platform.Jobs;

namespace Platform.Tests.Jobs;

/// <summary>The payload of <see cref="NoteJob"/>.</summary>
public sealed record Note(string Text);

/// <summary>A run, as the probe saw it.</summary>
public sealed record Run(string Text, string JobId, int Attempt, string? OrganizationId, DateTimeOffset At);

/// <summary>What the test's jobs do, and what they did.</summary>
public sealed class Probe(TimeProvider time)
{
    private readonly ConcurrentQueue<Run> _runs = new();

    public IReadOnlyList<Run> Runs => [.. _runs];

    public Func<Note, JobContext, CancellationToken, Task> Work { get; set; } = (_, _, _) => Task.CompletedTask;

    public Task RunAsync(Note note, JobContext context, CancellationToken token)
    {
        _runs.Enqueue(new Run(note.Text, context.JobId, context.Attempt, context.Caller.Organization?.Value, time.GetUtcNow()));
        return Work(note, context, token);
    }
}

[Job("test-note", Queue = "test", MaxAttempts = 3, TimeoutSeconds = 600)]
public sealed class NoteJob(Probe probe) : IJob<Note>
{
    public Task RunAsync(Note payload, JobContext context, CancellationToken cancellationToken) => probe.RunAsync(payload, context, cancellationToken);
}

[Job("test-daily", Queue = "clock")]
[Recurring("30 2 * * *", Zone = "Europe/Berlin")]
public sealed class DailyJob(Probe probe) : IJob<Nothing>
{
    public Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) => probe.RunAsync(new Note("daily"), context, cancellationToken);
}
