using Platform.Coordination;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Store;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>
/// Deletes everything of organizations whose days of grace are over: files and the like first, then every collection of organization-owned records, in
/// batches, the organization itself last. Cut off, it goes on where it was. Kept are the audit log, which is append-only, and people's accounts.
/// </summary>
public sealed class DeleteClosedOrganizations(OrganizationStore store, IEnumerable<IOrganizationRecords> records, IEnumerable<IOrganizationEnd> ends, IAudit audit, ISignals signals, Clock clock)
{
    private const int Batch = 200;

    /// <summary>Deletes those that are due; returns how many are gone. One that fails does not keep the others.</summary>
    public async Task<int> RunAsync(CancellationToken cancellationToken)
    {
        var (gone, failures) = (0, new List<Exception>());
        foreach (var organization in await store.DueToGoAsync(clock.Now, cancellationToken))
        {
            try { gone += await DeleteAsync(organization, cancellationToken) ? 1 : 0; }
            catch (Exception e) when (e is not OperationCanceledException) { failures.Add(e); }
        }
        return failures.Count == 0 ? gone : throw new AggregateException($"{gone} organizations were deleted and {failures.Count} were not", failures);
    }

    private async Task<bool> DeleteAsync(Organization organization, CancellationToken cancellationToken)
    {
        var (caller, deleted) = (Caller.System(organization.Id), 0L);
        var people = (await store.MembersAsync(organization.Id, cancellationToken)).Select(m => m.UserId).ToList();
        foreach (var end in ends) { await end.RemoveAsync(organization.Id, cancellationToken); }
        foreach (var collection in records) { deleted += await EmptyAsync(collection, caller, cancellationToken); }
        // A job that was still running may have written again: then the next run takes the rest.
        foreach (var collection in records) { if (await collection.CountAsync(caller, cancellationToken) > 0) { return false; } }
        var batch = new WriteBatch().Delete<Organization>(Caller.Platform, organization.Id);
        audit.Record(batch, Caller.Platform, new AuditEntry("organization.deleted", "organization", organization.Id, $"{organization.Name}: {deleted} records", organization.Id));
        if (!await store.CommitAsync(batch, cancellationToken)) { return false; }
        foreach (var user in people) { await signals.PublishAsync(Topics.SessionsChanged, user, cancellationToken); }
        return true;
    }

    private static async Task<long> EmptyAsync(IOrganizationRecords collection, Caller caller, CancellationToken cancellationToken)
    {
        for (var deleted = 0L; ;)
        {
            var some = await collection.DeleteSomeAsync(caller, Batch, cancellationToken);
            if (some == 0) { return deleted; }
            deleted += some;
        }
    }
}
