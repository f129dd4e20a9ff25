using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>An organization's settings as they shall be.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TimeZone">IANA zone of its calendar. Posts that are scheduled keep their own zone.</param>
/// <param name="WeekStart">The first day of its week.</param>
public sealed record UpdateOrganizationRequest(string Name, string TimeZone, DayOfWeek WeekStart = DayOfWeek.Monday);

/// <summary>Changes the settings of the caller's organization.</summary>
public sealed class UpdateOrganization(OrganizationChanges changes, OrganizationDirectory directory)
{
    /// <summary>Changes them, where <paramref name="version"/> is null or the stored one.</summary>
    public async Task<Result<OrganizationView>> RunAsync(Caller caller, string id, UpdateOrganizationRequest request, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        if (OrganizationRules.Check(request.Name, request.TimeZone) is { } wrong) { return wrong; }
        var name = request.Name.Trim();
        var result = await changes.WriteAsync(caller, id, version, o => new ChangedOrganization(
            o with { Name = name, SearchName = name.ToLowerInvariant(), TimeZone = request.TimeZone, WeekStart = request.WeekStart },
            new AuditEntry("organization.updated", "organization", id, name)
            {
                Changes = OrganizationChanges.Differences(("name", o.Name, name), ("timeZone", o.TimeZone, request.TimeZone), ("weekStart", o.WeekStart.ToString(), request.WeekStart.ToString())),
            }), cancellationToken);
        return result.Map(directory.View);
    }
}
