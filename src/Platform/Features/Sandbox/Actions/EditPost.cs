using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Gives a post another text, or does not, as the account was told: faults are used up by changes as by new posts. Not logged as a call that creates.</summary>
public sealed class EditPost(SandboxStore store, SandboxAddress address, PostChecks checks, Faults faults, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    public async Task<SandboxReply> RunAsync(SandboxAccount account, string id, SandboxCall call, CancellationToken cancellationToken)
    {
        var behavior = await faults.NextAsync(account, cancellationToken);
        if (behavior.DelayMs > 0) { await Task.Delay(TimeSpan.FromMilliseconds(behavior.DelayMs), time, cancellationToken); }
        if (faults.Refusal(behavior) is { } refusal) { return refusal; }
        var reply = await ChangeAsync(account, id, Json.Text(call.Body, "text") ?? "", cancellationToken);
        return reply.Status is 200 ? Faults.Spoil(reply, behavior.Fault) : reply;
    }

    private async Task<SandboxReply> ChangeAsync(SandboxAccount account, string id, string text, CancellationToken cancellationToken)
    {
        if (await store.PostAsync(account.Id, id, cancellationToken) is not { } post) { return Reply.Error(404, "not_found", "There is no such post."); }
        if (checks.Objection(post with { Text = text }) is { } objection) { return Reply.Error(422, objection.Code, objection.Message); }
        await store.SetTextAsync(post.Id, text, time.GetUtcNow(), cancellationToken);
        return Reply.Of(200, new { post.Id, url = address.OfPost(account, post) });
    }
}
