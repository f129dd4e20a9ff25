using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Tests.TestKit;

/// <summary>An authenticator app and recovery codes of an account, put on without the set-up page.</summary>
/// <param name="Secret">What the app holds.</param>
/// <param name="RecoveryCodes">The codes in the clear.</param>
public sealed record TestTwoFactor(byte[] Secret, IReadOnlyList<string> RecoveryCodes)
{
    /// <summary>The app's code at a moment.</summary>
    public string CodeAt(DateTimeOffset at) => Totp.CodeOf(Secret, Totp.StepOf(at));

    /// <summary>A code that is certainly wrong at a moment.</summary>
    public string WrongAt(DateTimeOffset at)
    {
        var right = Enumerable.Range(-2, 5).Select(d => Totp.CodeOf(Secret, Totp.StepOf(at) + d)).ToHashSet();
        return Enumerable.Range(100_000, 10).Select(n => $"{n}").First(code => !right.Contains(code));
    }

    /// <summary>Turns it on for an account.</summary>
    public static async Task<TestTwoFactor> OnAsync(PlatformApp app, string accountId)
    {
        var secret = Totp.NewSecret();
        var record = new TwoFactor { Id = accountId, SealedSecret = app.Get<ISecretBox>().Seal(Convert.ToBase64String(secret), TwoFactor.AadOf(accountId)), EnabledAt = app.Get<TimeProvider>().GetUtcNow() };
        var (codes, full) = app.Get<RecoveryCodeFactor>().Renew(record, record.EnabledAt!.Value);
        await app.Get<IDocumentStore>().ForPlatform<TwoFactor>(Caller.Platform).InsertAsync(full, CancellationToken.None);
        return new TestTwoFactor(secret, codes);
    }
}
