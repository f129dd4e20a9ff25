using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where a mailed link leads that sets a new password.</summary>
public sealed partial class ResetPasswordPage(ResetPassword reset, NavigationManager navigation)
{
    private Problem? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>The link's token.</summary>
    [SupplyParameterFromQuery] public string? Token { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "reset-password")] public NewPasswordForm? Form { get; set; }

    private bool IsStaff => ApiPaths.IsStaff(Http.Request.Path);

    private string Prefix => IsStaff ? "/admin" : "";

    private async Task SubmitAsync()
    {
        var kind = IsStaff ? CallerKind.Staff : CallerKind.Person;
        var result = await reset.RunAsync(kind, Http.GetCaller(), new ResetPasswordRequest(Token ?? "", Form?.NewPassword ?? ""), Http.RequestAborted);
        _problem = result.Problem;
        if (!result.Ok) { return; }
        await BrowserSession.CloseAsync(Http, kind);
        navigation.NavigateTo($"{Prefix}/sign-in?reset=1");
    }
}

/// <summary>A new password, as a form sends it.</summary>
public sealed class NewPasswordForm
{
    /// <summary>The password.</summary>
    public string? NewPassword { get; set; }
}
