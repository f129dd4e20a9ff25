using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>An organization's settings as they shall be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TimeZone">IANA zone of its calendar. Posts that are scheduled keep their own zone.</param>
/// <param name="WeekStart">The first day of its week.</param>
public sealed record UpdateOrganizationRequest(string Name, string TimeZone, DayOfWeek WeekStart = DayOfWeek.Monday);

/// <summary>Changes the settings of the caller's organization.</summary>
public sealed class UpdateOrganization(OrganizationStore store, OrganizationDirectory directory, IAudit audit)
{
    /// <summary>Changes them, where <paramref name="version"/> is null or the stored one.</summary>
    public async Task<Result<OrganizationView>> RunAsync(Caller caller, string id, UpdateOrganizationRequest request, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        if (OrganizationRules.Check(request.Name, request.TimeZone) is { } wrong) { return wrong; }
        if (id != caller.OrganizationId || await store.GetAsync(id, cancellationToken) is not { } organization) { return Problem.NotFound("organization"); }
        if (version is { } expected && expected != organization.Version) { return Problem.VersionMismatch(); }
        var name = request.Name.Trim();
        var batch = new WriteBatch().Replace(Caller.Platform, organization with { Name = name, SearchName = name.ToLowerInvariant(), TimeZone = request.TimeZone, WeekStart = request.WeekStart });
        audit.Record(batch, caller, new AuditEntry("organization.updated", "organization", id, name));
        if (!await store.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await directory.AnnounceAsync(id, cancellationToken);
        return await store.GetAsync(id, cancellationToken) is { } stored ? directory.View(stored) : Problem.NotFound("organization");
    }
}
