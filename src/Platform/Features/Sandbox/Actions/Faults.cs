using System.Globalization;
using Platform.Features.Sandbox.Domain;
using Platform.Features.Sandbox.Store;
using Platform.Networks;

namespace Platform.Features.Sandbox.Actions;

/// <summary>What an account was told to do wrong with calls that create or change a post.</summary>
public sealed class Faults(SandboxStore store, TimeProvider time)
{
    private static readonly HashSet<SandboxFault> TakesFirst =
        [SandboxFault.GatewayTimeout, SandboxFault.SilentAfterAccept, SandboxFault.ResetAfterAccept, SandboxFault.Truncated, SandboxFault.Garbage, SandboxFault.EmptyId];

    /// <summary>Uses up one of the faults that are left: how this call goes. Its fault is None where none is left.</summary>
    public async Task<SandboxBehavior> NextAsync(SandboxAccount account, CancellationToken cancellationToken) =>
        (account.FaultsLeft > 0 ? await store.TakeFaultAsync(account.Id, cancellationToken) : null)?.Behavior ?? account.Behavior with { Fault = SandboxFault.None };

    /// <summary>The answer where nothing is taken; null where the call is obeyed, whatever becomes of the answer.</summary>
    public SandboxReply? Refusal(SandboxBehavior behavior) => behavior.Fault switch
    {
        var fault when fault is SandboxFault.None || TakesFirst.Contains(fault) => null,
        SandboxFault.Refused => new SandboxReply(0, "") { Wire = SandboxWire.Refused },
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

    /// <summary>The answer as it arrives after the call was obeyed.</summary>
    public static SandboxReply Spoil(SandboxReply reply, SandboxFault fault) => fault switch
    {
        SandboxFault.GatewayTimeout => Reply.Error(504, "gateway_timeout", "Gateway timeout."),
        SandboxFault.SilentAfterAccept => reply with { Wire = SandboxWire.Silent },
        SandboxFault.ResetAfterAccept => reply with { Wire = SandboxWire.Reset },
        SandboxFault.Truncated => reply with { Wire = SandboxWire.Truncated },
        SandboxFault.Garbage => reply with { Body = "<html>ok</html>" },
        SandboxFault.EmptyId => Reply.Of(200, new { id = "" }),
        _ => reply,
    };
}
