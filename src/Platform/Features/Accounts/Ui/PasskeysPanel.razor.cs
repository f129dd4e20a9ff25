using Microsoft.Extensions.Localization;
using Microsoft.JSInterop;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>The passkeys of one's own account, for customers and staff. The browser makes one over the API, because the check wants a request.</summary>
public sealed partial class PasskeysPanel(CallerProvider callers, Passkeys own, IJSRuntime js, Toasts toasts, IStringLocalizer<StaffTexts> T)
{
    private Result<IReadOnlyList<PasskeyView>>? passkeys;
    private ConfirmDialog? confirm;
    private Modal? naming;
    private PasskeyView? renamed;
    private string name = "";
    private string said = "";
    private string? fault;
    private IReadOnlyList<string>? codes;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => passkeys = await own.ListAsync(await callers.GetAsync(), CancellationToken.None);

    private async Task AskNameAsync(PasskeyView? passkey)
    {
        (renamed, name, fault, said) = (passkey, passkey?.Name ?? "", null, "");
        if (passkey is null && !await confirm!.EnsureAsync()) { return; }
        await naming!.ShowAsync();
    }

    private async Task NamedAsync()
    {
        if (string.IsNullOrWhiteSpace(name)) { fault = T["PasskeyNameMissing"]; return; }
        if (renamed is { } passkey) { said = (await own.RenameAsync(await callers.GetAsync(), passkey.Id, name, CancellationToken.None)).Problem?.Message ?? ""; }
        else { await MakeAsync(); }
        await naming!.CloseAsync();
        await LoadAsync();
    }

    private async Task MakeAsync()
    {
        var api = (await callers.GetAsync()).Kind is CallerKind.Staff ? "/api/v1/admin/auth" : "/api/v1/auth";
        await using var module = await js.InvokeAsync<IJSObjectReference>("import", "/js/passkeys.js");
        var made = await module.InvokeAsync<Made>("register", api, name);
        (said, codes) = (made.Said switch { "unsupported" => T["PasskeyUnsupported"], "declined" => T["PasskeyDeclined"], _ => made.Said }, made.RecoveryCodes);
        if (said.Length == 0) { toasts.Say(T["PasskeyAdded"]); }
    }

    private async Task RemoveAsync(PasskeyView passkey)
    {
        if (!await confirm!.EnsureAsync()) { return; }
        said = (await own.RemoveAsync(await callers.GetAsync(), passkey.Id, CancellationToken.None)).Problem?.Message ?? "";
        if (said.Length == 0) { toasts.Say(T["PasskeyRemoved"]); }
        await LoadAsync();
    }

    /// <summary>What the browser says became of it.</summary>
    private sealed record Made(string Said, IReadOnlyList<string>? RecoveryCodes);
}
