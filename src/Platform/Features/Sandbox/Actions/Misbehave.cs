using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Sandbox.Actions;

/// <summary>How a practice channel behaves now, and what it has seen.</summary>
public sealed record SandboxState(string Handle, SandboxBehavior Behavior, int FaultsLeft, long RefreshCalls);

/// <summary>Tells a practice channel what to do wrong, and says what it does.</summary>
public sealed class Misbehave(SandboxStore store)
{
    /// <summary>What it does now.</summary>
    public async Task<Result<SandboxState>> ReadAsync(Caller caller, string channelId, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return await store.ByChannelAsync(caller, channelId, cancellationToken) is { } account ? View(account) : Problem.NotFound("practice channel");
    }

    /// <summary>What it is to do from now on.</summary>
    public async Task<Result<SandboxState>> RunAsync(Caller caller, string channelId, SandboxBehavior behavior, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ChannelsManage)) { return Problem.Forbidden(); }
        if (Objection(behavior) is { } objection) { return objection; }
        if (await store.ByChannelAsync(caller, channelId, cancellationToken) is not { } account) { return Problem.NotFound("practice channel"); }
        return await store.SetBehaviorAsync(caller, account.Id, behavior, cancellationToken) is { } changed ? View(changed) : Problem.NotFound("practice channel");
    }

    /// <summary>The creating calls it has seen, oldest first.</summary>
    public async Task<Result<Page<SandboxCallRecord>>> CallsAsync(Caller caller, string channelId, string? cursor, int limit, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return await store.ByChannelAsync(caller, channelId, cancellationToken) is { } account
            ? await store.CallsAsync(caller, account.Id, cursor, Math.Clamp(limit, 1, 1000), cancellationToken)
            : Problem.NotFound("practice channel");
    }

    private static SandboxState View(SandboxAccount account) => new(account.Handle, account.Behavior, account.FaultsLeft, account.RefreshCalls);

    private static Problem? Objection(SandboxBehavior behavior) => behavior switch
    {
        { DelayMs: < 0 or > 120_000 } => Problem.InvalidField("delayMs", "out_of_range", "Give a delay from 0 to 120,000 milliseconds."),
        { Count: < 0 or > 100_000 } => Problem.InvalidField("count", "out_of_range", "Give a count from 0 to 100,000."),
        { RetryAfterSeconds: < 0 or > 86_400 } => Problem.InvalidField("retryAfterSeconds", "out_of_range", "Give 0 to 86,400 seconds."),
        { RejectCode: { Length: 0 or > 60 } } => Problem.InvalidField("rejectCode", "out_of_range", "Give a code of 1 to 60 characters."),
        { RejectMessage: { Length: > 300 } } => Problem.InvalidField("rejectMessage", "out_of_range", "Give at most 300 characters."),
        _ => null,
    };
}
