using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where an invitation's link leads: one click for who is signed in with the address, a short form for who has no account. Looking at it uses nothing up.</summary>
public sealed partial class InvitationPage(JoinByInvitation join, IInvitations invitations, SwitchOrganization switching, IAccounts accounts, NavigationManager navigation, IStringLocalizer<InvitationTexts> T)
{
    private Problem? _problem;
    private bool _member;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>The link's token.</summary>
    [Parameter] public string? Token { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "join")] public JoinForm? Form { get; set; }

    private (InvitationOffer Offer, bool HasAccount)? Look { get; set; }

    private PersonView? Person { get; set; }

    private bool IsInvited => string.Equals(Person?.Email, Look?.Offer.Email, StringComparison.OrdinalIgnoreCase);

    private string SignInUrl => $"/sign-in?returnUrl={Uri.EscapeDataString($"/invitations/{Token}")}";

    private string RoleWords => T["Role." + Look?.Offer.Role];

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        // The address holds a token: the page must not be kept. (Referers leave this site never, see the headers of every answer.)
        Http.Response.Headers.CacheControl = "no-store";
        Look = await join.LookAsync(Token, Http.RequestAborted);
        var caller = Http.GetCaller();
        if (caller is { Kind: CallerKind.Person, UserId: { } user }) { Person = (await accounts.FindAsync([user], Http.RequestAborted)).GetValueOrDefault(user); }
    }

    private async Task AcceptAsync()
    {
        var caller = Http.GetCaller();
        var result = await invitations.AcceptAsync(caller, Token, Http.RequestAborted);
        (_problem, _member) = (result.Problem?.Code == "already_member" ? null : result.Problem, result.Problem?.Code == "already_member");
        if (!result.Ok) { return; }
        var switched = await switching.RunAsync(caller, result.Value.OrganizationId, Http.RequestAborted);
        if (switched.Ok) { await BrowserSession.OpenAsync(Http, switched.Value); }
        navigation.NavigateTo("/");
    }

    private async Task JoinAsync()
    {
        var request = new JoinRequest(Form?.FirstName ?? "", Form?.LastName ?? "", Form?.Password);
        var result = await join.RunAsync(Http.GetCaller(), Token, request, BrowserSession.Device(Http), Http.RequestAborted);
        _problem = result.Problem;
        if (!result.Ok) { return; }
        await BrowserSession.OpenAsync(Http, result.Value.Caller);
        navigation.NavigateTo("/");
    }
}

/// <summary>A new account for an invited address, as the form sends it.</summary>
public sealed class JoinForm
{
    /// <summary>First name.</summary>
    public string? FirstName { get; set; }

    /// <summary>Last name.</summary>
    public string? LastName { get; set; }

    /// <summary>The password.</summary>
    public string? Password { get; set; }
}
