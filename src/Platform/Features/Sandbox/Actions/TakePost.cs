using System.Globalization;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>Takes a post, or does not, as the account was told. Every call is logged on arrival, and the taking together with the post.</summary>
public sealed class TakePost(SandboxStore store, SandboxAddress address, PostChecks checks, TimeProvider time)
{
    private static readonly HashSet<SandboxFault> TakesFirst =
        [SandboxFault.GatewayTimeout, SandboxFault.SilentAfterAccept, SandboxFault.ResetAfterAccept, SandboxFault.Truncated, SandboxFault.Garbage, SandboxFault.EmptyId];

    /// <summary>Runs it.</summary>
    public async Task<SandboxReply> RunAsync(SandboxAccount account, SandboxCall call, CancellationToken cancellationToken)
    {
        var key = call.Key ?? "";
        var faulty = account.FaultsLeft > 0 ? await store.TakeFaultAsync(account.Id, cancellationToken) : null;
        var fault = faulty?.Behavior.Fault ?? SandboxFault.None;
        // A connection that is refused leaves no trace at the server: nothing arrived.
        if (fault is SandboxFault.Refused) { return new SandboxReply(0, "") { Wire = SandboxWire.Refused }; }
        var note = await store.NoteAsync(new SandboxCallRecord
        {
            OrganizationId = account.OrganizationId, AccountId = account.Id, Key = key, Part = PartOf(key), ReceivedAt = time.GetUtcNow(), Fault = fault,
        }, cancellationToken);
        if (account.Behavior.DelayMs > 0) { await Task.Delay(TimeSpan.FromMilliseconds(account.Behavior.DelayMs), time, cancellationToken); }
        if (fault is not SandboxFault.None && !TakesFirst.Contains(fault)) { return await RefuseAsync(note, Refusal(faulty!.Behavior, fault), cancellationToken); }
        var reply = await AcceptAsync(account, call, note, cancellationToken);
        return reply.Status is 200 or 201 ? Spoil(reply, fault) : reply;
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

    private SandboxReply Refusal(SandboxBehavior behavior, SandboxFault fault) => fault switch
    {
        SandboxFault.TooManyRequests => Reply.Error(429, "rate_limited", "Too many posts.") with { Headers = RetryAfter(behavior) },
        SandboxFault.ServerError => Reply.Error(500, "internal", "Something went wrong."),
        SandboxFault.BadGateway => Reply.Error(502, "bad_gateway", "Bad gateway."),
        SandboxFault.Unavailable => Reply.Error(503, "unavailable", "Down for a moment.") with { Headers = RetryAfter(behavior) },
        SandboxFault.Rejected => Reply.Error(422, behavior.RejectCode, behavior.RejectMessage),
        _ => new SandboxReply(0, "") { Wire = SandboxWire.Reset },
    };

    private Dictionary<string, string> RetryAfter(SandboxBehavior behavior) => behavior.RetryAfterSeconds is not { } seconds ? [] : new()
    {
        ["Retry-After"] = behavior.RetryAfterAsDate ? time.GetUtcNow().AddSeconds(seconds).ToString("r", CultureInfo.InvariantCulture) : seconds.ToString(CultureInfo.InvariantCulture),
    };

    private static SandboxReply Spoil(SandboxReply reply, SandboxFault fault) => fault switch
    {
        SandboxFault.GatewayTimeout => Reply.Error(504, "gateway_timeout", "Gateway timeout."),
        SandboxFault.SilentAfterAccept => reply with { Wire = SandboxWire.Silent },
        SandboxFault.ResetAfterAccept => reply with { Wire = SandboxWire.Reset },
        SandboxFault.Truncated => reply with { Wire = SandboxWire.Truncated },
        SandboxFault.Garbage => reply with { Body = "<html>ok</html>" },
        SandboxFault.EmptyId => Reply.Of(200, new { id = "" }),
        _ => reply,
    };

    private SandboxPost Read(SandboxAccount account, SandboxCall call, string key) => new()
    {
        OrganizationId = account.OrganizationId, AccountId = account.Id, Key = key, CreatedAt = time.GetUtcNow(),
        Text = Json.Text(call.Body, "text") ?? "", ContentWarning = Json.Text(call.Body, "contentWarning"), RootId = Json.Text(call.Body, "root"), ParentId = Json.Text(call.Body, "parent"),
        Media = [.. Json.List(call.Body, "media").Select(m => new SandboxMedia(Json.Text(m, "contentType") ?? "", Json.Text(m, "altText") ?? "", Json.Text(m, "url")))],
    };

    private static int PartOf(string key) => int.TryParse(key[(key.LastIndexOf('-') + 1)..], NumberStyles.None, CultureInfo.InvariantCulture, out var part) && key.Contains('-') ? part : 0;
}
