using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Api;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Ui;

/// <summary>Says a signed-in person why they act in no organization at this moment, and what they can do: add a second factor, bring an organization back, go to another, make one. Also where somebody makes another one.</summary>
public sealed partial class NoAccessPage(
    ReadOrganizations read, IOrganizations organizations, CloseOrganization closing, CreateOrganization create, NavigationManager navigation, IStringLocalizer<OrganizationTexts> T)
{
    private static readonly string[] Known = ["email_not_verified", "two_factor_required", "organization_closing", "organization_suspended"];
    private IReadOnlyList<MyOrganizationView> others = [];
    private MembershipView? place;
    private Problem? problem;
    private OrganizationView? made;

    /// <summary>The request.</summary>
    [CascadingParameter] public required HttpContext Http { get; set; }

    /// <summary>What was sent.</summary>
    [SupplyParameterFromForm(FormName = "create-organization")] public NewOrganizationForm? Form { get; set; }

    private string Reason { get; set; } = "none";

    private string Name => place?.OrganizationName ?? "";

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var caller = Http.GetCaller();
        if (Http.Request.Path.StartsWithSegments("/organizations/new", StringComparison.OrdinalIgnoreCase)) { Reason = "new"; return; }
        if (caller.Organization is not null && HttpMethods.IsGet(Http.Request.Method)) { navigation.NavigateTo("/"); return; }
        var restriction = Http.User.FindFirst(CallerClaims.Restriction)?.Value;
        if (restriction == "email_not_verified") { navigation.NavigateTo("/verify-email"); return; }
        Reason = Known.Contains(restriction) ? restriction! : "none";
        var here = Http.User.FindFirst(CallerClaims.Organization)?.Value;
        place = (await organizations.OfUserAsync(caller.UserId!, Http.RequestAborted)).FirstOrDefault(p => p.OrganizationId == here);
        others = [.. ((await read.ListAsync(caller, Http.RequestAborted)).Value?.Items ?? []).Where(o => o.Id != here && !o.Suspended)];
    }

    private async Task RestoreAsync()
    {
        problem = (await closing.UndoAsync(Http.GetCaller(), place!.OrganizationId, Http.RequestAborted)).Problem;
        if (problem is null) { navigation.NavigateTo("/"); }
    }

    // The new organization is gone to by a switch, which sets a cookie and is a form of its own: its button stands on the page after this.
    private async Task CreateAsync()
    {
        var result = await create.RunAsync(Http.GetCaller(), new CreateOrganizationRequest(Form?.Name ?? ""), Http.RequestAborted);
        (problem, made) = (result.Problem, result.Value);
    }
}

/// <summary>A new organization, as the form sends it.</summary>
public sealed class NewOrganizationForm
{
    /// <summary>Its name.</summary>
    public string? Name { get; set; }
}
