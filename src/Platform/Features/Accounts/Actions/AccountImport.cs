using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <inheritdoc />
public sealed class AccountImport(IPasswordHasher<Account> passwords, TimeProvider clock) : IAccountImport
{
    /// <inheritdoc />
    public string Stage(WriteBatch batch, NewPerson person)
    {
        var email = Credentials.Normalize(person.Email) ?? throw new ArgumentException("not an address", nameof(person));
        var account = new Account
        {
            Kind = CallerKind.Person, Email = person.Email, NormalizedEmail = email, FirstName = person.FirstName, LastName = person.LastName, EmailVerified = true,
            SearchText = $"{person.FirstName} {person.LastName} {email}".ToLowerInvariant(), SecurityStamp = OpaqueToken.New(), CreatedAt = clock.GetUtcNow(),
        };
        account.PasswordHash = passwords.HashPassword(account, person.Password);
        batch.Insert(Caller.Platform, account);
        return account.Id;
    }
}
