using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;
using Platform.Ui;

namespace Platform.Features.Accounts.Ui;

/// <summary>Tells the open page's session that somebody is at work on it: clicks and typing come through the circuit and are no requests. Each gets an id that its log lines and audit records share.</summary>
public sealed class CircuitUse(AuthenticationStateProvider session, PageActivity activity, ILogger<CircuitUse> log) : CircuitHandler
{
    /// <inheritdoc />
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => async context =>
    {
        (session as LiveSession)?.Used();
        using var scope = log.BeginScope(new Dictionary<string, object?> { ["CorrelationId"] = activity.Begin() });
        await next(context);
    };
}
