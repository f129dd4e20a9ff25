using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where the mails of a change of the address lead. It takes a click: mail scanners follow links, and would use the token up.</summary>
public sealed partial class ConfirmEmailPage(ChangeEmail change)
{
    private Problem? _problem;
    private string? _said;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>The link's token.</summary>
    [SupplyParameterFromQuery] public string? Token { get; set; }

    private bool Cancels => Http.Request.Path.StartsWithSegments("/cancel-email", StringComparison.OrdinalIgnoreCase);

    private string Title => Cancels ? "Mail.Stop" : "Mail.Confirm";

    private Task SubmitAsync() => Cancels ? StopAsync() : ConfirmAsync();

    private async Task StopAsync()
    {
        _problem = (await change.CancelAsync(Http.GetCaller(), Token, Http.RequestAborted)).Problem;
        if (_problem is null) { _said = "Mail.Stopped"; }
    }

    private async Task ConfirmAsync()
    {
        var result = await change.ConfirmAsync(Http.GetCaller(), Token, Http.RequestAborted);
        _problem = result.Problem;
        if (result.Ok) { _said = result.Value switch { { Changed: true } => "Mail.Done", { WaitingFor: "new" } => "Mail.WaitNew", _ => "Mail.WaitOld" }; }
    }
}
