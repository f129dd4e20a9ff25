using Microsoft.Extensions.Localization;
using Platform.Features.Organizations.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>The rules for members: two factors, mail domains.</summary>
public sealed partial class SecuritySettings(CallerProvider callers, SettingsActions actions, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private static readonly char[] Separators = ['\n', ',', ' ', ';'];
    private Result<SecurityView>? rules;
    private bool twoFactor;
    private string domains = "";
    private Problem? problem;

    private bool IsOwner { get; set; }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        problem = null;
        var caller = await callers.GetAsync();
        IsOwner = caller.Role == Role.Owner;
        Show(await actions.Security.GetAsync(caller, caller.OrganizationId, CancellationToken.None));
    }

    private void Show(Result<SecurityView> found)
    {
        rules = found;
        if (found.Ok) { (twoFactor, domains) = (found.Value.RequiresTwoFactor, string.Join('\n', found.Value.AllowedDomains)); }
    }

    private async Task SaveAsync()
    {
        var caller = await callers.GetAsync();
        var wanted = new SetSecurityRequest(twoFactor, domains.Split(Separators, StringSplitOptions.RemoveEmptyEntries | StringSplitOptions.TrimEntries));
        var result = await actions.Security.SetAsync(caller, caller.OrganizationId, wanted, rules?.Value?.Version, CancellationToken.None);
        problem = result.Problem;
        if (!result.Ok) { return; }
        Show(result);
        toasts.Say(T["SavedShort"]);
    }
}
