using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where customers sign in.</summary>
public sealed partial class SignInPage(SignIn signIn, NavigationManager navigation)
{
    private Problem? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    /// <summary>Set after a new password.</summary>
    [SupplyParameterFromQuery] public string? Reset { get; set; }

    /// <summary>Set after a second step that took too long.</summary>
    [SupplyParameterFromQuery] public string? Late { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "sign-in")] public SignInForm? Form { get; set; }

    private async Task SubmitAsync()
    {
        var result = await signIn.RunAsync(CallerKind.Person, Http.GetCaller(), new SignInRequest(Form?.Email ?? "", Form?.Password ?? ""), BrowserSession.Device(Http), Http.RequestAborted);
        _problem = result.Problem;
        if (result.Ok) { navigation.NavigateTo(await BrowserSession.GoOnAsync(Http, CallerKind.Person, result.Value, ReturnUrl)); }
    }
}

/// <summary>An address and a password, as a form sends them.</summary>
public sealed class SignInForm
{
    /// <summary>The address.</summary>
    public string? Email { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }
}
