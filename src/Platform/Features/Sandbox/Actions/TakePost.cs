using System.Globalization;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Takes a post, or does not, as the account was told. Every call is logged on arrival, and the taking together with the post.</summary>
public sealed class TakePost(SandboxStore store, SandboxAddress address, PostChecks checks, Faults faults, TimeProvider time)
{
    /// <summary>Runs it.</summary>
    public async Task<SandboxReply> RunAsync(SandboxAccount account, SandboxCall call, CancellationToken cancellationToken)
    {
        var key = call.Key ?? "";
        var behavior = await faults.NextAsync(account, cancellationToken);
        // A connection that is refused leaves no trace at the server: nothing arrived.
        if (behavior.Fault is SandboxFault.Refused) { return new SandboxReply(0, "") { Wire = SandboxWire.Refused }; }
        var note = await store.NoteAsync(new SandboxCallRecord
        {
            OrganizationId = account.OrganizationId, AccountId = account.Id, Key = key, Part = PartOf(key), ReceivedAt = time.GetUtcNow(), Fault = behavior.Fault,
        }, cancellationToken);
        if (behavior.DelayMs > 0) { await Task.Delay(TimeSpan.FromMilliseconds(behavior.DelayMs), time, cancellationToken); }
        if (faults.Refusal(behavior) is { } refusal) { return await RefuseAsync(note, refusal, cancellationToken); }
        var reply = await AcceptAsync(account, call, note, cancellationToken);
        return reply.Status is 200 or 201 ? Faults.Spoil(reply, behavior.Fault) : reply;
    }

    private async Task<SandboxReply> AcceptAsync(SandboxAccount account, SandboxCall call, SandboxCallRecord note, CancellationToken cancellationToken)
    {
        if (account.Behavior.SafeRepeat && note.Key.Length > 0 && await store.ByKeyAsync(account.Id, note.Key, cancellationToken) is { } before)
        {
            return await RefuseAsync(note, Taken(200, account, before), cancellationToken);
        }
        var post = Read(account, call, note.Key);
        if (checks.Objection(post) is { } objection) { return await RefuseAsync(note, Reply.Error(422, objection.Code, objection.Message), cancellationToken); }
        if (post.ParentId is { } parent && await store.PostAsync(account.Id, parent, cancellationToken) is null)
        {
            return await RefuseAsync(note, Reply.Error(422, "parent_missing", "The post that this answers is not there."), cancellationToken);
        }
        await store.AcceptAsync(post, note, 201, cancellationToken);
        return Taken(201, account, post);
    }

    private async Task<SandboxReply> RefuseAsync(SandboxCallRecord note, SandboxReply reply, CancellationToken cancellationToken)
    {
        await store.NoteAnswerAsync(note, reply.Status, cancellationToken);
        return reply;
    }

    private SandboxReply Taken(int status, SandboxAccount account, SandboxPost post) => Reply.Of(status, new { post.Id, url = address.OfPost(account, post) });

    private SandboxPost Read(SandboxAccount account, SandboxCall call, string key) => new()
    {
        OrganizationId = account.OrganizationId, AccountId = account.Id, Key = key, CreatedAt = time.GetUtcNow(),
        Text = Json.Text(call.Body, "text") ?? "", ContentWarning = Json.Text(call.Body, "contentWarning"), RootId = Json.Text(call.Body, "root"), ParentId = Json.Text(call.Body, "parent"),
        Media = [.. Json.List(call.Body, "media").Select(m => new SandboxMedia(Json.Text(m, "contentType") ?? "", Json.Text(m, "altText") ?? "", Json.Text(m, "url")))],
    };

    private static int PartOf(string key) => int.TryParse(key[(key.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var part) && key.Contains('-') ? part : 0;
}
