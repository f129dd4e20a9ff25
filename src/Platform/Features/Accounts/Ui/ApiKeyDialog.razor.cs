using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Domain;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>The dialog that makes or changes an API key.</summary>
public sealed partial class ApiKeyDialog(ApiKeys actions, CallerProvider callers, PublicLinks Links, IStringLocalizer<ApiKeyTexts> T)
{
    private Modal? modal;
    private ApiKeyView? changed;
    private NewApiKey? made;
    private Problem? problem;
    private string name = "";
    private int days = 90;
    private bool busy;
    private HashSet<Permission> chosen = [];
    private Caller caller = Caller.Anonymous;

    /// <summary>Told when a key was made or changed.</summary>
    [Parameter, EditorRequired] public required EventCallback OnDone { get; set; }

    // Only what the person holds can be given to a key.
    private IEnumerable<(string Group, IReadOnlyList<Permission> Scopes)> Groups =>
        ApiKeyScopes.Groups.Select(g => (g.Group, (IReadOnlyList<Permission>)[.. g.Scopes.Where(caller.May)])).Where(g => g.Item2.Count > 0);

    /// <summary>Opens it for a new key.</summary>
    public async Task MakeAsync()
    {
        (changed, name, days, chosen) = (null, "", 90, [Permission.ContentRead]);
        await OpenAsync();
    }

    /// <summary>Opens it for a key that is there.</summary>
    public async Task ChangeAsync(ApiKeyView key)
    {
        (changed, name, chosen) = (key, key.Name, [.. key.Scopes]);
        await OpenAsync();
    }

    private async Task OpenAsync()
    {
        (made, problem) = (null, null);
        caller = await callers.GetAsync();
        await modal!.ShowAsync();
    }

    private void Choose(Permission scope, bool wanted) { if (wanted) { chosen.Add(scope); } else { chosen.Remove(scope); } }

    private async Task SaveAsync()
    {
        if (busy) { return; }
        busy = true;
        try { problem = changed is null ? await MakeItAsync() : await ChangeItAsync(changed); }
        finally { busy = false; }
    }

    private async Task<Problem?> MakeItAsync()
    {
        var result = await actions.MakeAsync(await callers.GetAsync(), new MakeApiKeyRequest(name, [.. chosen], days == 0 ? null : days), CancellationToken.None);
        made = result.Value;
        return result.Problem;
    }

    private async Task<Problem?> ChangeItAsync(ApiKeyView key)
    {
        var result = await actions.ChangeAsync(await callers.GetAsync(), key.Id, new ChangeApiKeyRequest(name, [.. chosen]), CancellationToken.None);
        if (result.Ok) { await modal!.CloseAsync(); }
        return result.Problem;
    }

    // The text leaves the page's memory with the dialog.
    private async Task ClosedAsync()
    {
        made = null;
        await OnDone.InvokeAsync();
    }
}
