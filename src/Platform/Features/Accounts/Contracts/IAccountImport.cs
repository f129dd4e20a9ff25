using Platform.Storage;

namespace Platform.Features.Accounts.Contracts;

/// <summary>A person to take in whose address needs no proof.</summary>
public sealed record NewPerson(string Email, string Password, string FirstName, string LastName);

/// <summary>Takes people in without registration: for the demo.</summary>
public interface IAccountImport
{
    /// <summary>Adds a customer to the batch and returns the id. The commit throws <see cref="DuplicateKeyException"/> where the address is taken.</summary>
    string Stage(WriteBatch batch, NewPerson person);
}
