using Platform.Features.Accounts.Contracts;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>The mails of this feature. What people typed goes in as words only: links in notes are taken out.</summary>
public sealed class TeamMail(IMailer mailer, IAccounts accounts, OrganizationStore organizations, IJobQueue jobs, PublicLinks links)
{
    /// <summary>Adds the mail that asks somebody to join.</summary>
    public void StageInvitation(WriteBatch batch, Invitation invitation, string organizationName, string token)
    {
        List<string> lines = ["Hello,", $"{Plain(invitation.InvitedByName)} invites you to {Plain(organizationName)} as {RoleWords.WithArticle(invitation.Role)}."];
        if (invitation.Note.Length > 0) { lines.Add($"Their words: “{InvitationRules.ForMail(invitation.Note)}”"); }
        lines.Add($"The link works once, until {invitation.ExpiresAt:d MMMM yyyy, HH:mm} UTC, and only for {invitation.Email}. If you do not know the sender, do nothing.");
        mailer.Send(batch, Caller.System(invitation.OrganizationId), new Mail(
            invitation.Email, $"{Plain(invitation.InvitedByName)} invites you to {Plain(organizationName)}", lines, "See the invitation", links.To($"/invitations/{token}")));
    }

    /// <summary>Adds the mail that tells a person that they were removed.</summary>
    public Task StageRemovedAsync(WriteBatch batch, string organizationId, string userId, CancellationToken cancellationToken) => StageAsync(
        batch, organizationId, userId, name => ($"You are no longer a member of {name}", [$"you were removed from {name}. Your account and your other organizations stay as they are."]), cancellationToken);

    /// <summary>Adds the mails that tell both sides of a new owner.</summary>
    public async Task StageTransferredAsync(WriteBatch batch, string organizationId, (string From, string To) users, CancellationToken cancellationToken)
    {
        await StageAsync(batch, organizationId, users.To, name => ($"You own {name} now", [$"the ownership of {name} was handed to you."]), cancellationToken);
        await StageAsync(
            batch, organizationId, users.From, name => ($"You handed over {name}", [$"you are no longer the owner of {name}, but an admin.", "If it was not you, set a new password at once and write to support."]), cancellationToken);
    }

    /// <summary>Adds a mail to a person about an organization.</summary>
    public async Task StageAsync(WriteBatch batch, string organizationId, string userId, Func<string, (string Subject, string[] Lines)> words, CancellationToken cancellationToken)
    {
        var people = await accounts.FindAsync([userId], cancellationToken);
        if (!people.TryGetValue(userId, out var person) || await organizations.GetAsync(organizationId, cancellationToken) is not { } organization) { return; }
        var (subject, lines) = words(Plain(organization.Name));
        mailer.Send(batch, Caller.System(organizationId), new Mail(person.Email, subject, [$"Hello {Plain(person.Name)},", .. lines]));
    }

    /// <summary>Has what was staged sent, after the commit.</summary>
    public void Sent() => jobs.Wake();

    // A name is anybody's choice, too.
    private static string Plain(string name) => InvitationRules.ForMail(name);
}
