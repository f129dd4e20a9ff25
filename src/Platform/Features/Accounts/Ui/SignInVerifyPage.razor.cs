using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>The second step of signing in, for customers and staff: a plain form, so that it works without a circuit and codes can be pasted.</summary>
public sealed partial class SignInVerifyPage(VerifySignIn verify, NavigationManager navigation)
{
    private IReadOnlyList<string> _methods = [];
    private Problem? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    /// <summary>recovery: by a recovery code.</summary>
    [SupplyParameterFromQuery] public string? With { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "verify-sign-in")] public VerifySignInForm? Form { get; set; }

    private CallerKind Kind => ApiPaths.IsStaff(Http.Request.Path) ? CallerKind.Staff : CallerKind.Person;

    private string Prefix => Kind is CallerKind.Staff ? "/admin" : "";

    private bool ByRecoveryCode => Offers(SignInMethods.RecoveryCode) && (With == "recovery" || !Offers(SignInMethods.Totp));

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var challenge = await verify.LookAsync(Kind, ChallengeCookie.Get(Http, Kind), Http.RequestAborted);
        if (challenge.Ok) { _methods = challenge.Value.Methods; }
        else { navigation.NavigateTo($"{Prefix}/sign-in?late=1"); }
    }

    private bool Offers(string method) => _methods.Contains(method);

    private string Link(bool recovery)
    {
        var back = string.IsNullOrEmpty(ReturnUrl) ? "" : $"returnUrl={Uri.EscapeDataString(ReturnUrl)}";
        return $"{Prefix}/sign-in/verify?{string.Join('&', new[] { recovery ? "with=recovery" : "", back }.Where(p => p.Length > 0))}";
    }

    private async Task SubmitAsync()
    {
        var request = new VerifySignInRequest(ChallengeCookie.Get(Http, Kind) ?? "", Form?.Code, Form?.RecoveryCode);
        var result = await verify.RunAsync(Kind, Http.GetCaller(), request, BrowserSession.Device(Http), Http.RequestAborted);
        _problem = result.Problem;
        if (result.Problem is { Code: "invalid_challenge" }) { ChallengeCookie.Clear(Http, Kind); navigation.NavigateTo($"{Prefix}/sign-in?late=1"); }
        if (!result.Ok) { return; }
        ChallengeCookie.Clear(Http, Kind);
        await BrowserSession.OpenAsync(Http, result.Value.Caller);
        navigation.NavigateTo(BrowserSession.SafeUrl(ReturnUrl, Kind is CallerKind.Staff ? "/admin" : "/"));
    }
}

/// <summary>A second factor, as the form sends it.</summary>
public sealed class VerifySignInForm
{
    /// <summary>The authenticator app's code.</summary>
    public string? Code { get; set; }

    /// <summary>A recovery code.</summary>
    public string? RecoveryCode { get; set; }
}
