using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server.Circuits;

namespace Platform.Features.Accounts.Ui;

/// <summary>Tells the open page's session that somebody is at work on it: clicks and typing come through the circuit and are no requests.</summary>
public sealed class CircuitUse(AuthenticationStateProvider session) : CircuitHandler
{
    /// <inheritdoc />
    public override Func<CircuitInboundActivityContext, Task> CreateInboundActivityHandler(Func<CircuitInboundActivityContext, Task> next) => context =>
    {
        (session as LiveSession)?.Used();
        return next(context);
    };
}
