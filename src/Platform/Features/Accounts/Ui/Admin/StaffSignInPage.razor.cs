using Microsoft.AspNetCore.Components;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui.Admin;

/// <summary>Where staff sign in. While there is no staff account it leads to the setup.</summary>
public sealed partial class StaffSignInPage(SignIn signIn, FirstStaff first, NavigationManager navigation)
{
    private Problem? _problem;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>Where to go afterwards.</summary>
    [SupplyParameterFromQuery] public string? ReturnUrl { get; set; }

    /// <summary>Set after the setup.</summary>
    [SupplyParameterFromQuery] public string? Ready { get; set; }

    /// <summary>Set after a second step that took too long.</summary>
    [SupplyParameterFromQuery] public string? Late { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "staff-sign-in")] public SignInForm? Form { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        if (HttpMethods.IsGet(Http.Request.Method) && await first.IsMissingAsync(Http.RequestAborted)) { navigation.NavigateTo("/setup"); }
    }

    private async Task SubmitAsync()
    {
        var result = await signIn.RunAsync(CallerKind.Staff, Http.GetCaller(), new SignInRequest(Form?.Email ?? "", Form?.Password ?? ""), BrowserSession.Device(Http), Http.RequestAborted);
        _problem = result.Problem;
        if (result.Ok) { navigation.NavigateTo(await BrowserSession.GoOnAsync(Http, CallerKind.Staff, result.Value, ReturnUrl)); }
    }
}
