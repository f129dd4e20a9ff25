using Platform.Coordination;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A new organization.</summary>
/// <param name="Name">Its name.</param>
/// <param name="TimeZone">IANA zone; UTC where none is given.</param>
public sealed record CreateOrganizationRequest(string Name, string? TimeZone = null);

/// <summary>Makes another organization with the caller as its owner. Sessions act in it after a switch.</summary>
public sealed class CreateOrganization(OrganizationStore store, IOrganizations organizations, IAudit audit, ISignals signals)
{
    private const int Most = 20;

    /// <summary>Makes it.</summary>
    public async Task<Result<OrganizationView>> RunAsync(Caller caller, CreateOrganizationRequest request, CancellationToken cancellationToken)
    {
        if (caller is not { Kind: CallerKind.Person, UserId: { } user }) { return Problem.Forbidden(); }
        var zone = request.TimeZone ?? "Etc/UTC";
        if (OrganizationRules.Check(request.Name, zone) is { } wrong) { return wrong; }
        if ((await store.OfUserAsync(user, cancellationToken)).Count >= Most) { return Problem.Conflict("too_many_organizations", $"A person can be in {Most} organizations. Leave one first."); }
        var batch = new WriteBatch();
        var id = organizations.StageNew(batch, request.Name, user, zone);
        audit.Record(batch, caller, new AuditEntry("organization.created", "organization", id, OrganizationId: id));
        await store.CommitAsync(batch, cancellationToken);
        await signals.PublishAsync(Topics.SessionsChanged, user, cancellationToken);
        return await organizations.GetAsync(id, cancellationToken) is { } made ? made : Problem.NotFound("organization");
    }
}
