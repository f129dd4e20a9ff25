using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Microsoft.Extensions.Options;
using Microsoft.JSInterop;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>Connects identities at the sign-in provider to one's account and disconnects them.</summary>
public sealed partial class IdentitiesPanel(CallerProvider callers, OpenIdAccounts accounts, IOptions<OpenIdConnectOptions> settings, IJSRuntime js, Toasts toasts, IStringLocalizer<StaffTexts> T)
{
    private Result<IReadOnlyList<ConnectedIdentity>>? identities;
    private ConfirmDialog? confirm;
    private Problem? problem;

    [SupplyParameterFromQuery(Name = "provider")] private string? Outcome { get; set; }

    private string? Provider => settings.Value.Enabled ? settings.Value.Name : null;

    private string? Said => Outcome is null ? null : T[$"Provider.{Outcome}"] is { ResourceNotFound: false } known ? known.Value : T["Provider.failed"].Value;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => Provider is null ? Task.CompletedTask : LoadAsync();

    private async Task LoadAsync() => identities = await accounts.ListAsync(await callers.GetAsync(), CancellationToken.None);

    // An ordinary request of the page, because the way to the provider begins with a cookie that only an ordinary answer can set.
    private async Task ConnectAsync()
    {
        if (await confirm!.EnsureAsync()) { await js.InvokeVoidAsync("platform.leave", "/auth/oidc/connect"); }
    }

    private async Task DisconnectAsync(ConnectedIdentity identity)
    {
        if (!await confirm!.EnsureAsync()) { return; }
        problem = (await accounts.DisconnectAsync(await callers.GetAsync(), identity.Id, CancellationToken.None)).Problem;
        if (problem is null) { toasts.Say(T["Disconnected"]); }
        await LoadAsync();
    }
}
