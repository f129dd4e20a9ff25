using Platform.Features.Accounts.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A new password by the old one.</summary>
/// <param name="CurrentPassword">The old one.</param>
/// <param name="NewPassword">The new one.</param>
public sealed record ChangePasswordRequest(string CurrentPassword, string NewPassword);

/// <summary>Changes the password of a signed-in person and ends their other sessions.</summary>
public sealed class ChangePassword(OwnIdentity own, ConfirmIdentity confirm, PasswordPolicy policy, AccountChanges changes, IOrganizations organizations)
{
    /// <summary>Changes it.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, ChangePasswordRequest request, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var account = found.Value;
        if (account.PasswordHash is null) { return Problem.Conflict("no_password", "This account has no password. Set one with the link of \"Forgot the password?\"."); }
        if (await CheckNewAsync(caller, account, request.NewPassword, cancellationToken) is { } weak) { return weak; }
        if (await confirm.CheckPasswordAsync(account, request.CurrentPassword ?? "", cancellationToken, "currentPassword") is { } wrong) { return wrong; }
        if (request.NewPassword == request.CurrentPassword) { return Problem.InvalidField("newPassword", "same_password", "This is the password you have. Choose another."); }
        await changes.SetPasswordAsync(account, request.NewPassword, caller, caller.SessionId!, cancellationToken);
        return Done.Ok;
    }

    /// <summary>What is wrong with a new password; null where nothing is. For the hint while it is typed.</summary>
    public async Task<Problem?> CheckNewAsync(Caller caller, string? password, CancellationToken cancellationToken)
    {
        var found = await own.FindAsync(caller, cancellationToken);
        return found.Ok ? await CheckNewAsync(caller, found.Value, password, cancellationToken) : found.Problem;
    }

    private async Task<Problem?> CheckNewAsync(Caller caller, Account account, string? password, CancellationToken cancellationToken)
    {
        var organization = caller.Organization is { } id ? (await organizations.GetAsync(id.Value, cancellationToken))?.Name : null;
        return policy.Check(password, account.Kind, [.. PasswordPolicy.ContextOf(account), organization ?? ""], "newPassword");
    }
}
