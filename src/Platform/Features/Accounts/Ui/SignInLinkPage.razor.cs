using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where clients, who need no password, ask for a link that signs in, and where that link leads.</summary>
public sealed partial class SignInLinkPage(AskForLink ask, SignInByLink signIn, NavigationManager navigation, IStringLocalizer<InvitationTexts> T)
{
    private Problem? _problem;
    private bool _sent;
    private bool _stale;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>The link's token.</summary>
    [SupplyParameterFromQuery] public string? Token { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "ask-for-link")] public EmailForm? Form { get; set; }

    /// <inheritdoc />
    protected override void OnInitialized()
    {
        Http.Response.Headers.CacheControl = "no-store";
    }

    private async Task AskAsync()
    {
        var result = await ask.RunAsync(Http.GetCaller(), Form?.Email, Http.RequestAborted);
        (_problem, _sent) = (result.Problem, result.Ok);
    }

    private async Task SignInAsync()
    {
        var result = await signIn.RunAsync(Http.GetCaller(), Token, BrowserSession.Device(Http), Http.RequestAborted);
        (_problem, _stale) = (result.Problem, !result.Ok);
        if (result.Ok) { navigation.NavigateTo(await BrowserSession.GoOnAsync(Http, CallerKind.Person, result.Value, null)); }
    }
}
