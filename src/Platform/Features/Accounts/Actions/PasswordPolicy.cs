using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// What a new password may be (ASVS 5 chapter 6.2, NIST SP 800-63B): long enough, at most 256 characters, any characters, not among those that are tried
/// first, not made of the owner's own names, and not in the operator's list of leaked ones.
/// </summary>
public sealed class PasswordPolicy(BreachedPasswordFile breached, IPasswordHasher<Account> hasher)
{
    /// <summary>What is wrong with a password; null where nothing is.</summary>
    /// <param name="password">The password.</param>
    /// <param name="kind">Staff's are longer.</param>
    /// <param name="context">What everyone knows of the owner: address, names, organization.</param>
    /// <param name="field">The field's name on the wire.</param>
    public Problem? Check(string? password, CallerKind kind, IReadOnlyList<string> context, string field = "password")
    {
        var shortest = kind == CallerKind.Staff ? Credentials.ShortestStaffPassword : Credentials.ShortestPassword;
        if (Credentials.CheckPassword(password, context, shortest, field) is { } wrong) { return wrong; }
        return breached.Contains(password!) ? Problem.InvalidField(field, "weak_password", "This password is in a list of leaked ones. Choose another, and change it wherever else you use it.") : null;
    }

    /// <summary>Gives an account that is not stored yet its password.</summary>
    internal void SetOn(Account account, string password) => account.PasswordHash = hasher.HashPassword(account, password);

    /// <summary>What everyone knows of an account's owner.</summary>
    internal static IReadOnlyList<string> ContextOf(Account account) => [account.NormalizedEmail, account.FirstName, account.LastName];
}
