using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>The organization's API keys.</summary>
public sealed partial class ApiKeysPage(ApiKeys actions, CallerProvider callers, Toasts toasts, IStringLocalizer<ApiKeyTexts> T)
{
    private Result<Page<ApiKeyView>>? keys;
    private Caller caller = Caller.Anonymous;
    private ApiKeyDialog? dialog;
    private ConfirmByTyping? confirm;
    private ApiKeyView? asked;

    private bool InPerson => caller.IsInPerson;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        caller = await callers.GetAsync();
        keys = await actions.ListAsync(caller, CancellationToken.None);
    }

    private Task AskAsync(ApiKeyView key)
    {
        asked = key;
        return confirm!.ShowAsync();
    }

    private async Task<Problem?> RevokeAsync()
    {
        var revoked = await actions.RevokeAsync(await callers.GetAsync(), asked!.Id, CancellationToken.None);
        if (!revoked.Ok) { return revoked.Problem; }
        toasts.Say(T["Revoked", asked.Name]);
        await LoadAsync();
        StateHasChanged();
        return null;
    }

    private static (Tone Tone, string Icon) LookOf(string state) => state switch
    {
        "active" => (Tone.Success, "check_circle"),
        "expired" => (Tone.Warning, "timer_off"),
        _ => (Tone.Neutral, "block"),
    };
}
