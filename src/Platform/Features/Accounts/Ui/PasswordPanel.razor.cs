using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Accounts.Ui;

/// <summary>Changes one's password, with a hint how good the new one is while it is typed.</summary>
public sealed partial class PasswordPanel(CallerProvider callers, ChangePassword change, Toasts toasts, IStringLocalizer<SignInTexts> T)
{
    private bool open;
    private string current = "";
    private string next = "";
    private int strength;
    private Problem? problem;
    private CallerKind kind;

    /// <summary>Told after it was changed.</summary>
    [Parameter] public EventCallback OnChanged { get; set; }

    private int Shortest => kind is CallerKind.Staff ? Domain.Credentials.ShortestStaffPassword : Domain.Credentials.ShortestPassword;

    /// <inheritdoc />
    protected override async Task OnInitializedAsync() => kind = (await callers.GetAsync()).Kind;

    private void Close() => (open, current, next, problem) = (false, "", "", null);

    private async Task TypedAsync(string? typed)
    {
        next = typed ?? "";
        var refused = await change.CheckNewAsync(await callers.GetAsync(), next, CancellationToken.None) is not null;
        // Length is what makes a password that is not known hard to guess; the rule itself is the action's.
        strength = (refused, next.Length) switch { (true, _) => 0, (_, < 12) => 1, (_, < 16) => 2, (_, < 20) => 3, _ => 4 };
    }

    private async Task SaveAsync()
    {
        problem = (await change.RunAsync(await callers.GetAsync(), new ChangePasswordRequest(current, next), CancellationToken.None)).Problem;
        if (problem is not null) { return; }
        Close();
        toasts.Say(T["Password.Done"]);
        await OnChanged.InvokeAsync();
    }
}
