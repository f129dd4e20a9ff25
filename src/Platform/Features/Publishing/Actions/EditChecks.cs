using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Publishing.Domain;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Publishing.Actions;

/// <summary>What stands against another text for what is out: the same rules as for a post that goes out.</summary>
public sealed class EditChecks(IChannels channels, IOrganizations organizations, IApprovalGate gate, IDraftRules rules)
{
    /// <summary>The channel, ready to be called. Forbidden <c>channel_not_allowed</c>; Conflict <c>approval_required</c>, <c>channel_gone</c>, <c>edit_unsupported</c>; Invalid <c>draft_invalid</c>.</summary>
    public async Task<Result<OpenChannel>> RunAsync(Caller caller, Publication publication, EditPublishedRequest request, CancellationToken cancellationToken)
    {
        if (ChannelAccess.Refuse(caller, [publication.ChannelId]) is { } refused) { return refused; }
        if (await channels.OpenAsync(caller.OrganizationId, publication.ChannelId, cancellationToken) is not { } channel) { return Problem.Conflict("channel_gone", "The channel was removed. Connect it again, then change the text."); }
        if (!channel.Network.Descriptor.CanEdit) { return Problem.Conflict("edit_unsupported", $"{channel.Network.Descriptor.Name} has no way to change a post that is out."); }
        if (DraftCheck.Unusable(channel.Status) is { } unusable) { return Problem.Conflict(unusable.Code, unusable.Message); }
        if (await organizations.GetAsync(caller.OrganizationId, cancellationToken) is null or { Suspended: true }) { return Problem.Conflict("organization_suspended", "The organization is suspended. Ask an owner to settle it with support."); }
        // Approval is of a text; another one would leave without it.
        if (await gate.MustApproveAsync(caller, publication.PostId, cancellationToken)) { return Problem.Conflict("approval_required", "What goes out must be approved here, and a changed text is not. Make a copy and submit it for approval."); }
        var fault = DraftCheck.Problems(rules, channel.Network.Descriptor, channel.Connection.Limits, With(publication, request)).FirstOrDefault();
        return fault is null ? channel : Problem.InvalidField("text", "draft_invalid", fault.Message);
    }

    private static PublicationContent With(Publication publication, EditPublishedRequest request)
    {
        var content = publication.ContentOut;
        return content with { Parts = [.. content.Parts.Select((p, i) => i == request.Part ? p with { Text = request.Text } : p)] };
    }
}
