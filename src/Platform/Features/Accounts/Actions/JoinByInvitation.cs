using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A person who accepts an invitation without having an account.</summary>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="Password">At least 10 characters. Clients may leave it out: they sign in by mailed links.</param>
public sealed record JoinRequest(string FirstName, string LastName, string? Password = null);

/// <summary>
/// Makes an account by accepting an invitation. The address is the invited one and counts as shown, because the link came by mail to it; no organization of
/// the person's own is made.
/// </summary>
public sealed class JoinByInvitation(IInvitations invitations, AccountStore accounts, PasswordPolicy policy, Sessions sessions, TimeProvider time)
{
    /// <summary>What a link offers, and whether its address has an account already.</summary>
    public async Task<(InvitationOffer Offer, bool HasAccount)?> LookAsync(string? token, CancellationToken cancellationToken) =>
        await invitations.FindAsync(token, cancellationToken) is { } offer ? (offer, await accounts.ByEmailAsync(CallerKind.Person, offer.Email, cancellationToken) is not null) : null;

    /// <summary>Joins and signs in.</summary>
    public async Task<Result<Grant>> RunAsync(Caller caller, string? token, JoinRequest request, Device device, CancellationToken cancellationToken)
    {
        if (await invitations.FindAsync(token, cancellationToken) is not { } offer) { return Stale(); }
        if (Check(offer, request) is { } wrong) { return wrong; }
        var account = Make(offer.Email, request);
        if (!string.IsNullOrEmpty(request.Password)) { policy.SetOn(account, request.Password); }
        try
        {
            var person = new NewMember(account.Id, account.DisplayName(), batch => batch.Insert(Caller.Platform, account));
            var joined = await invitations.AcceptAsync(caller, token, person, cancellationToken);
            if (!joined.Ok) { return joined.Problem; }
        }
        catch (DuplicateKeyException) { return Taken(); }
        return await sessions.StartAsync(account, caller, device, [account.PasswordHash is null ? SignInMethods.MagicLink : SignInMethods.Password], cancellationToken);
    }

    private Problem? Check(InvitationOffer offer, JoinRequest request)
    {
        var named = Credentials.CheckName(request.FirstName, "firstName") ?? Credentials.CheckName(request.LastName, "lastName");
        if (named is not null) { return named; }
        return offer.Role == Role.Client && string.IsNullOrEmpty(request.Password) ? null : policy.Check(request.Password, CallerKind.Person, [offer.Email, request.FirstName, request.LastName]);
    }

    private Account Make(string email, JoinRequest request)
    {
        var (first, last) = (request.FirstName.Trim(), request.LastName.Trim());
        return new Account
        {
            Kind = CallerKind.Person, Email = email, NormalizedEmail = email, EmailVerified = true, FirstName = first, LastName = last,
            SearchText = $"{first} {last} {email}".ToLowerInvariant(), SecurityStamp = OpaqueToken.New(), CreatedAt = time.GetUtcNow(),
        };
    }

    private static Problem Stale() => Problem.InvalidField("token", "invalid_token", "This invitation was used, taken back or is too old. Ask for a new one.");

    private static Problem Taken() => Problem.Conflict("email_taken", "There is an account with this address. Sign in to accept the invitation.");
}
