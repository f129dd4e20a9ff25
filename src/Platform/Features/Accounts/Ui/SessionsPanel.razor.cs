using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>Where one is signed in, and the ways out of it.</summary>
public sealed partial class SessionsPanel(CallerProvider callers, OwnSessions own, Toasts toasts, IStringLocalizer<SignInTexts> T)
{
    private Result<IReadOnlyList<SessionView>>? sessions;

    /// <summary>Reads them again, after something that ends sessions.</summary>
    public async Task ReloadAsync()
    {
        await LoadAsync();
        StateHasChanged();
    }

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => sessions = (await own.ListAsync(await callers.GetAsync(), CancellationToken.None)).Map(page => page.Items);

    private async Task EndAsync(string id)
    {
        var result = await own.EndAsync(await callers.GetAsync(), id, CancellationToken.None);
        toasts.Say(result.Ok ? T["Sessions.Ended"] : result.Problem.Message);
        await LoadAsync();
    }

    private async Task EndOthersAsync()
    {
        var result = await own.EndOthersAsync(await callers.GetAsync(), CancellationToken.None);
        toasts.Say(result.Ok ? T["Sessions.OthersEnded"] : result.Problem.Message);
        await LoadAsync();
    }
}
