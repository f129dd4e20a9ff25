using Platform.Features.Accounts.Contracts;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Store;
using Platform.Features.Organizations.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <summary>The mails of a notice: to its person, or to those members who can do something about it.</summary>
public sealed class NoticeMails(MailStore store, Mailer mailer, IOrganizations organizations, IAccounts accounts, PublicLinks links)
{
    /// <summary>
    /// Adds them. A post that fails on many channels, or an outage over many posts, is one mail per person, kind and hour; each notice is under the
    /// bell all the same.
    /// </summary>
    public async Task StageAsync(WriteBatch batch, Caller caller, Notice notice, DateTimeOffset now, CancellationToken cancellationToken)
    {
        var members = await organizations.MembersAsync(caller.OrganizationId, cancellationToken);
        var wanted = members.Where(m => !m.Suspended && (notice.UserId is { } one ? m.UserId == one : Roles.Of(m.Role).Contains(Permission.ContentPublish))).ToList();
        if (wanted.Count == 0) { return; }
        var people = await accounts.FindAsync([.. wanted.Select(m => m.UserId).Take(200)], cancellationToken);
        foreach (var (userId, person) in people)
        {
            var key = $"{caller.OrganizationId}:{userId}:{GroupOf(notice, now)}";
            if (await store.HasAsync(key, cancellationToken)) { continue; }
            var mail = new Mail(person.Email, notice.Title, [$"Hello {person.Name},", notice.Message, $"This is about {wanted[0].OrganizationName}."], "Open it", links.To(notice.Url));
            mailer.Stage(batch, caller, mail, key);
        }
    }

    private static string GroupOf(Notice notice, DateTimeOffset now) =>
        notice.Kind.StartsWith("publication_", StringComparison.Ordinal) ? $"{notice.Kind}:{now.UtcDateTime:yyyyMMddHH}" : notice.UniqueKey;
}
