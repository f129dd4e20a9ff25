using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Jobs;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Jobs;

/// <summary>An organization that is being closed.</summary>
public sealed record ClosedOrganization(string OrganizationId);

/// <summary>Cancels all that a closed organization had scheduled. Nothing leaves meanwhile: the dispatcher asks whether the organization may publish.</summary>
[Job("cancel-closed-publications", MaxAttempts = 10)]
public sealed class CancelClosedPublications(IChannels channels, IPublishing publishing) : IJob<ClosedOrganization>
{
    /// <inheritdoc />
    public async Task RunAsync(ClosedOrganization payload, JobContext context, CancellationToken cancellationToken)
    {
        var caller = Caller.System(payload.OrganizationId, "closing the organization");
        foreach (var channel in await channels.ListAsync(caller, cancellationToken)) { await publishing.CancelChannelAsync(caller, channel.Id, cancellationToken); }
    }
}

/// <summary>Deletes organizations whose days of grace are over.</summary>
[Job("delete-closed-organizations", TimeoutSeconds = 3600), Recurring("23 * * * *")]
public sealed class DeleteClosed(DeleteClosedOrganizations delete) : IJob<Nothing>
{
    /// <inheritdoc />
    public Task RunAsync(Nothing payload, JobContext context, CancellationToken cancellationToken) => delete.RunAsync(cancellationToken);
}
