using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;

namespace Platform.Features.Accounts.Actions;

/// <inheritdoc cref="IPeopleSecurity" />
public sealed class PeopleSecurity(AccountStore accounts, SessionStore sessions, SecondFactors factors, TimeProvider time) : IPeopleSecurity
{
    /// <inheritdoc />
    public async Task<IReadOnlyDictionary<string, PersonSecurity>> FindAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken)
    {
        var found = new Dictionary<string, PersonSecurity>(StringComparer.Ordinal);
        foreach (var account in await accounts.PeopleAsync(userIds, cancellationToken))
        {
            var live = await sessions.LiveAsync(account.Id, time.GetUtcNow(), cancellationToken);
            found[account.Id] = new PersonSecurity((await factors.MethodsAsync(account, cancellationToken)).Count > 0, live.Count == 0 ? null : live.Max(s => s.LastSeenAt));
        }
        return found;
    }
}
