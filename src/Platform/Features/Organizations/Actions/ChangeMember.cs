using Platform.Features.Audit.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A member's rights as they shall be.</summary>
/// <param name="Role">The role.</param>
/// <param name="Channels">The channels they may act on; null: all. Only managers, editors and clients can be limited.</param>
public sealed record ChangeMemberRequest(Role Role, IReadOnlyList<string>? Channels = null);

/// <summary>Changes a member's role and channels. It holds for their open pages and tokens within seconds.</summary>
public sealed class ChangeMember(RosterChanges roster, ChannelChoice channels, IAudit audit)
{
    /// <summary>Changes them.</summary>
    public async Task<Result<Done>> RunAsync(Caller caller, string organizationId, string userId, ChangeMemberRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.MembersManage) || caller.Impersonator is not null) { return Problem.Forbidden(); }
        if (caller.OrganizationId != organizationId) { return Problem.NotFound("organization"); }
        var chosen = await channels.CheckAsync(caller, request.Role, request.Channels, cancellationToken);
        if (!chosen.Ok) { return chosen.Problem; }
        var result = await roster.WriteAsync(organizationId, (state, batch) => Task.FromResult(Plan(caller, state, batch, userId, (request.Role, chosen.Value.Ids))), cancellationToken);
        if (result.Ok) { await roster.AnnounceAsync(organizationId, [userId], cancellationToken); }
        return result;
    }

    private Result<Done> Plan(Caller caller, RosterState state, WriteBatch batch, string userId, (Role Role, IReadOnlyList<string>? Channels) to)
    {
        if (state.Find(caller.UserId) is not { } actor) { return Problem.Forbidden(); }
        if (state.Find(userId) is not { } target) { return Problem.NotFound("member"); }
        if (!caller.IsInPerson && (target.Role == Role.Owner || to.Role == Role.Owner)) { return Problem.Forbidden("Only a person makes and unmakes owners, not an API key."); }
        if (MemberRules.CheckRole(new Seat(actor.UserId, actor.Role), new Seat(target.UserId, target.Role), to.Role, state.Owners) is { } refused) { return refused; }
        // Nobody widens their own channels either.
        if (actor.UserId == target.UserId && Widens(target.ChannelIds, to.Channels)) { return Problem.Forbidden("Nobody gives themself more channels. Ask an owner."); }
        batch.Replace(Caller.System(target.OrganizationId), target with { Role = to.Role, ChannelIds = to.Channels });
        audit.Record(batch, caller, new AuditEntry("member.changed", "user", userId, to.Role.ToString())
        {
            Changes = [new("role", target.Role.ToString(), to.Role.ToString()), new("channels", ChannelChoice.Words(target.ChannelIds), ChannelChoice.Words(to.Channels))],
        });
        return Done.Ok;
    }

    private static bool Widens(IReadOnlyList<string>? from, IReadOnlyList<string>? to) => from is not null && (to is null || to.Except(from).Any());
}

/// <summary>A choice of channels that was looked at.</summary>
/// <param name="Ids">Their ids; null: all.</param>
public sealed record ChosenChannels(IReadOnlyList<string>? Ids);

/// <summary>Checks which channels a member may be limited to.</summary>
public sealed class ChannelChoice(IChannels channels)
{
    /// <summary>The choice, each once; a problem where the role cannot be limited or a channel is not there.</summary>
    public async Task<Result<ChosenChannels>> CheckAsync(Caller caller, Role role, IReadOnlyList<string>? ids, CancellationToken cancellationToken)
    {
        if (ids is null) { return new ChosenChannels(null); }
        if (!MemberRules.MayBeLimited(role)) { return Problem.InvalidField("channels", "role_not_limited", "Only managers, editors and clients can be limited to channels. Leave the channels out."); }
        var wanted = ids.Distinct(StringComparer.Ordinal).ToList();
        if (wanted.Count == 0) { return Problem.InvalidField("channels", "channels_missing", "Choose at least one channel, or all of them."); }
        var found = await channels.FindAsync(caller, wanted, cancellationToken);
        return found.Count == wanted.Count ? new ChosenChannels(wanted) : Problem.InvalidField("channels", "unknown_channel", "One of the channels is not there any more. Choose again.");
    }

    /// <summary>Whether a role can be limited.</summary>
    public static bool Fits(Role role) => MemberRules.MayBeLimited(role);

    /// <summary>A choice in words, for the audit log.</summary>
    public static string Words(IReadOnlyList<string>? ids) => ids is null ? "all" : string.Join(' ', ids);
}
