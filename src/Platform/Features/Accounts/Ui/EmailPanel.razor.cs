using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>Shows one's address and changes it, with the say of both addresses.</summary>
public sealed partial class EmailPanel(CallerProvider callers, ChangeEmail change, Toasts toasts, IStringLocalizer<SignInTexts> T)
{
    private ConfirmDialog? confirm;
    private EmailChangeView? pending;
    private bool open;
    private string email = "";
    private Problem? problem;

    /// <summary>The address of now.</summary>
    [Parameter, EditorRequired] public required string Email { get; set; }

    /// <summary>Whether it was confirmed.</summary>
    [Parameter, EditorRequired] public required bool Verified { get; set; }

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => pending = (await change.PendingAsync(await callers.GetAsync(), CancellationToken.None)).Value;

    private async Task OpenAsync()
    {
        if (await confirm!.EnsureAsync()) { (open, email, problem) = (true, "", null); }
    }

    private async Task AskAsync()
    {
        var result = await change.BeginAsync(await callers.GetAsync(), new ChangeEmailRequest(email), CancellationToken.None);
        problem = result.Problem;
        if (result.Ok) { (pending, open) = (result.Value, false); }
    }

    private async Task StopAsync()
    {
        var result = await change.CancelAsync(await callers.GetAsync(), CancellationToken.None);
        pending = null;
        toasts.Say(result.Ok ? T["Email.Stopped"] : result.Problem.Message);
    }
}
