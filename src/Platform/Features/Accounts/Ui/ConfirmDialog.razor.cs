using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>Asks a signed-in person once more who they are: <c>if (await confirm.EnsureAsync()) { … }</c>.</summary>
public sealed partial class ConfirmDialog(CallerProvider callers, ConfirmIdentity confirm, IStringLocalizer<SignInTexts> T)
{
    private Modal? modal;
    private TaskCompletionSource<bool>? waiting;
    private IReadOnlyList<string> methods = [];
    private bool preferCode;
    private string answer = "";
    private Problem? problem;

    private bool HasBoth => methods.Contains(SignInMethods.Password) && methods.Contains(SignInMethods.Totp);

    private bool ByCode => methods.Contains(SignInMethods.Totp) && (preferCode || !methods.Contains(SignInMethods.Password));

    /// <summary>True at once where the person showed lately who they are, else after they did in the dialog; false where they closed it.</summary>
    public async Task<bool> EnsureAsync()
    {
        var state = await confirm.StateAsync(await callers.GetAsync(), CancellationToken.None);
        if (!state.Ok || state.Value.Fresh) { return state.Ok; }
        (methods, answer, problem) = (state.Value.Methods, "", null);
        waiting = new TaskCompletionSource<bool>(TaskCreationOptions.RunContinuationsAsynchronously);
        await modal!.ShowAsync();
        return await waiting.Task;
    }

    private void Switch() => (preferCode, answer, problem) = (!preferCode, "", null);

    private void Closed() => waiting?.TrySetResult(false);

    private async Task SubmitAsync()
    {
        var request = ByCode ? new ConfirmIdentityRequest(Code: answer) : new ConfirmIdentityRequest(Password: answer);
        problem = (await confirm.RunAsync(await callers.GetAsync(), request, CancellationToken.None)).Problem;
        if (problem is not null) { return; }
        waiting?.TrySetResult(true);
        await modal!.CloseAsync();
    }
}
