using System.Globalization;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <inheritdoc />
public sealed class SecurityMail(AccountStore accounts, IMailer mailer, IJobQueue jobs, PublicLinks links, Places places, TimeProvider time) : ISecurityMail
{
    /// <inheritdoc />
    public async Task StageAsync(WriteBatch batch, Caller by, string userId, SecurityNews news, CancellationToken cancellationToken)
    {
        if (await accounts.GetAsync(userId, cancellationToken) is { } account) { Stage(batch, by, account, account.Email, news); }
    }

    /// <inheritdoc />
    public void Sent() => jobs.Wake();

    /// <inheritdoc />
    public async Task SendAsync(Caller by, string userId, SecurityNews news, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch();
        await StageAsync(batch, by, userId, news, cancellationToken);
        if (batch.Steps.Count == 0) { return; }
        await accounts.CommitAsync(batch, cancellationToken);
        Sent();
    }

    /// <summary>Adds the mail for an account that is at hand, to an address of it.</summary>
    internal void Stage(WriteBatch batch, Caller by, Account account, string to, SecurityNews news)
    {
        var staff = account.Kind == CallerKind.Staff;
        mailer.Send(batch, Caller.Platform, new Mail(
            to,
            news.Subject,
            [account.FirstName.Length > 0 ? $"Hello {account.FirstName}," : "Hello,", news.Happened, When(by), news.Advice],
            "Look at your security settings",
            links.To(staff ? "/admin/account" : "/account/security")));
    }

    private string When(Caller by)
    {
        var at = time.GetUtcNow().UtcDateTime.ToString("d MMMM yyyy, HH:mm", CultureInfo.InvariantCulture);
        if (by.Address is not { Length: > 0 } address) { return $"It was on {at} UTC."; }
        return places.Known(address) is { } place ? $"It was on {at} UTC, from {place} (the address {address})." : $"It was on {at} UTC, from the address {address}.";
    }
}
