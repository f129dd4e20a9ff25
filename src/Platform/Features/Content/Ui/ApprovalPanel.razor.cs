using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>On the post page: where the approval stands, whom it waits for, and what the reader can do about it.</summary>
public sealed partial class ApprovalPanel(ReadApproval read, SubmitPost submit, WithdrawPost withdraw, CallerProvider callers, Toasts toasts, ApprovalWords words)
{
    private Result<ApprovalStanding>? _standing;
    private Problem? _said;
    private bool _busy;

    /// <summary>The post.</summary>
    [Parameter, EditorRequired] public required PostView Post { get; set; }

    private IStringLocalizer<ApprovalTexts> T => words.T;

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => _standing = await read.RunAsync(await callers.GetAsync(), Post.Id, CancellationToken.None);

    // The time that was wished before, if it is still to come.
    private Task SubmitAsync() => DoAsync(async () => (await submit.RunAsync(await callers.GetAsync(), new(Post.Id, _standing!.Value!.WishedAgain, Post.Version), CancellationToken.None)).Problem, T["SubmittedNow"]);

    private Task WithdrawAsync() => DoAsync(async () => (await withdraw.RunAsync(await callers.GetAsync(), new(Post.Id), CancellationToken.None)).Problem, T["Withdrawn"]);

    private async Task DoAsync(Func<Task<Problem?>> act, string done)
    {
        _busy = true;
        _said = await act();
        _busy = false;
        if (_said is null) { toasts.Say(done); }
        await LoadAsync();
    }
}
