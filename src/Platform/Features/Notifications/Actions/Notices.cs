using System.Text.Json;
using Platform.Coordination;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Store;
using Platform.Jobs;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Notifications.Actions;

/// <summary>Raises notices: once per key, with at most one mail per person, kind and hour, written together.</summary>
public sealed class Notices(NoticeStore store, NoticeMails mails, ISignals signals, IJobQueue jobs, TimeProvider time) : INotices
{
    /// <inheritdoc />
    public async Task RaiseAsync(Caller caller, Notice notice, CancellationToken cancellationToken)
    {
        var now = time.GetUtcNow();
        for (var tries = 0; ; tries++)
        {
            if (await store.HasAsync(caller, notice.UniqueKey, cancellationToken)) { return; }
            var batch = new WriteBatch();
            batch.Insert(caller, Record(caller.OrganizationId, notice, now));
            if (notice.Mail) { await mails.StageAsync(batch, caller, notice, now, cancellationToken); }
            try
            {
                await store.CommitAsync(batch, cancellationToken);
                break;
            }
            catch (DuplicateKeyException) when (tries < 3) { /* the notice, or one of its mails, was written this moment by another: look again */ }
        }
        if (notice.Mail) { jobs.Wake(); }
        await AnnounceAsync(caller.OrganizationId, cancellationToken);
    }

    /// <summary>Tells open pages to look again.</summary>
    internal async Task AnnounceAsync(string organizationId, CancellationToken cancellationToken) =>
        await signals.PublishAsync(Topics.Live(organizationId), JsonSerializer.Serialize(new LiveEvent("notification", ""), JsonSerializerOptions.Web), cancellationToken);

    private static StoredNotice Record(string organizationId, Notice notice, DateTimeOffset now) => new()
    {
        OrganizationId = organizationId,
        Kind = notice.Kind,
        Title = notice.Title,
        Message = notice.Message,
        Url = notice.Url,
        UniqueKey = notice.UniqueKey,
        UserId = notice.UserId,
        CreatedAt = now,
    };
}
