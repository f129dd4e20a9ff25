using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A changed organization, and the record of it.</summary>
public sealed record ChangedOrganization(Organization Organization, AuditEntry Entry);

/// <summary>What all changes of an organization's own record share: the version, the audit record, telling its members' sessions.</summary>
public sealed class OrganizationChanges(OrganizationStore store, OrganizationDirectory directory, IAudit audit)
{
    /// <summary>Changes the caller's organization, where <paramref name="version"/> is null or the stored one.</summary>
    public async Task<Result<Organization>> WriteAsync(Caller caller, string id, long? version, Func<Organization, ChangedOrganization> change, CancellationToken cancellationToken)
    {
        if (caller.Organization?.Value != id || await store.GetAsync(id, cancellationToken) is not { } organization) { return Problem.NotFound("organization"); }
        if (version is { } expected && expected != organization.Version) { return Problem.VersionMismatch(); }
        return await CommitAsync(caller, organization, new WriteBatch(), change, cancellationToken);
    }

    /// <summary>Changes an organization that was read and found to be the caller's to change, together with what the batch holds already.</summary>
    internal async Task<Result<Organization>> CommitAsync(Caller caller, Organization organization, WriteBatch batch, Func<Organization, ChangedOrganization> change, CancellationToken cancellationToken)
    {
        var changed = change(organization);
        batch.Replace(Caller.Platform, changed.Organization);
        audit.Record(batch, caller, changed.Entry with { OrganizationId = organization.Id });
        if (!await store.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await directory.AnnounceAsync(organization.Id, cancellationToken);
        return await store.GetAsync(organization.Id, cancellationToken) is { } stored ? stored : Problem.NotFound("organization");
    }

    /// <summary>The caller's organization as it is stored.</summary>
    public async Task<Result<Organization>> ReadAsync(Caller caller, string id, CancellationToken cancellationToken) =>
        caller.Organization?.Value == id && await store.GetAsync(id, cancellationToken) is { } found ? found : Problem.NotFound("organization");

    /// <summary>What differs, for the audit record.</summary>
    public static IReadOnlyList<AuditChange> Differences(params IEnumerable<(string Field, string Before, string After)> fields) =>
        [.. fields.Where(f => f.Before != f.After).Select(f => new AuditChange(f.Field, f.Before, f.After))];
}
