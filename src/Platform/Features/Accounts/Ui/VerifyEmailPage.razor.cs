using Platform.Api;
using Microsoft.AspNetCore.Components;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where a mailed link leads that confirms an address. It takes a click: mail scanners follow links, and would use the token up.</summary>
public sealed partial class VerifyEmailPage(Verification verification)
{
    private Problem? _problem;
    private bool _done;
    private bool _sent;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>The link's token.</summary>
    [SupplyParameterFromQuery] public string? Token { get; set; }

    /// <summary>Where to send another mail.</summary>
    [SupplyParameterFromForm(FormName = "resend")] public EmailForm? Resend { get; set; }

    private async Task VerifyAsync()
    {
        var result = await verification.VerifyAsync(Http.GetCaller(), Token, Http.RequestAborted);
        (_problem, _done) = (result.Problem, result.Ok);
    }

    private async Task ResendAsync() => _sent = (await verification.ResendAsync(Resend?.Email, Http.RequestAborted)).Ok;
}
