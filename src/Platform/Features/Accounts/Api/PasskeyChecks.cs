using System.Text.Json;
using Microsoft.AspNetCore.Identity;
using Platform.Features.Accounts.Actions;

namespace Platform.Features.Accounts.Api;

/// <summary>ASP.NET Core Identity's passkey handler, for whatever the account's type is. It wants the request, so it lives here; what it needs of it (the origin) is set in the options.</summary>
public sealed class PasskeyChecks<TUser>(IPasskeyHandler<TUser> handler, UserManager<TUser> users, IHttpContextAccessor http, ILogger<PasskeyChecks<TUser>> logger) : IPasskeyChecks where TUser : class
{
    private HttpContext Http => http.HttpContext ?? throw new InvalidOperationException("passkeys are checked within a request");

    /// <inheritdoc />
    public async Task<(string Options, string State)> AskNewAsync(string accountId, string email, string name)
    {
        var made = await handler.MakeCreationOptionsAsync(new PasskeyUserEntity { Id = accountId, Name = email, DisplayName = name }, Http);
        return (made.CreationOptionsJson, made.AttestationState ?? "");
    }

    /// <inheritdoc />
    public async Task<(string Options, string State)> AskAsync()
    {
        var made = await handler.MakeRequestOptionsAsync(null, Http);
        return (made.RequestOptionsJson, made.AssertionState ?? "");
    }

    /// <inheritdoc />
    public async Task<ProvedPasskey?> CheckNewAsync(string credential, string state, string accountId)
    {
        var result = await handler.PerformAttestationAsync(new PasskeyAttestationContext { HttpContext = Http, CredentialJson = credential, AttestationState = state });
        if (!result.Succeeded) { logger.LogInformation("A new passkey was refused: {Reason}", result.Failure.Message); return null; }
        return result.UserEntity.Id == accountId ? Proved(result.Passkey) : null;
    }

    /// <inheritdoc />
    public async Task<(string AccountId, ProvedPasskey Passkey)?> CheckAsync(string credential, string state)
    {
        var result = await handler.PerformAssertionAsync(new PasskeyAssertionContext { HttpContext = Http, CredentialJson = credential, AssertionState = state });
        if (!result.Succeeded) { logger.LogInformation("A passkey was refused: {Reason}", result.Failure.Message); return null; }
        return (await users.GetUserIdAsync(result.User), Proved(result.Passkey));
    }

    private static ProvedPasskey Proved(UserPasskeyInfo p) => new(p.CredentialId, p.PublicKey, p.SignCount, p.Transports ?? [], p.IsBackupEligible, p.IsBackedUp);
}

/// <summary>Which site passkeys are for.</summary>
public static class PasskeySite
{
    /// <summary>
    /// Binds passkeys to this site: to the host of <c>Platform:PublicUrl</c>, else to the request's own. A passkey is unlocked by its owner, and can be found by the
    /// browser without a name.
    /// </summary>
    public static void Configure(IdentityPasskeyOptions options, IConfiguration configuration)
    {
        var site = configuration["Platform:PublicUrl"] is { Length: > 0 } set && Uri.TryCreate(set, UriKind.Absolute, out var url) ? url : null;
        options.ServerDomain = site?.Host;
        options.UserVerificationRequirement = "required";
        options.ResidentKeyRequirement = "required";
        options.AuthenticatorTimeout = TimeSpan.FromMinutes(5);
        options.ValidateOrigin = asked => ValueTask.FromResult(!asked.CrossOrigin && asked.Origin == (site?.GetLeftPart(UriPartial.Authority) ?? $"{asked.HttpContext.Request.Scheme}://{asked.HttpContext.Request.Host}"));
    }
}
