using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Domain;

/// <summary>A member as the rules see one.</summary>
/// <param name="UserId">The person.</param>
/// <param name="Role">Their role.</param>
public sealed record Seat(string UserId, Role Role);

/// <summary>
/// Who may do what to whose membership: only owners make and unmake owners, admins do not touch them, nobody raises themself, and there is always an owner.
/// Null means: allowed.
/// </summary>
public static class MemberRules
{
    /// <summary>Whether a role may be limited to channels: those who act on channels, but not those who manage them.</summary>
    public static bool MayBeLimited(Role role) => role is Role.Manager or Role.Editor or Role.Client;

    /// <summary>Giving a member another role.</summary>
    public static Problem? CheckRole(Seat actor, Seat target, Role to, int owners)
    {
        if (actor.UserId == target.UserId && to < actor.Role) { return Refused("own_role", "Nobody gives themself more rights. Ask an owner."); }
        if (Outranked(actor, target) is { } outranked) { return outranked; }
        if (to == Role.Owner && actor.Role != Role.Owner) { return Refused("owner_only", "Only an owner makes another owner."); }
        return target.Role == Role.Owner && to != Role.Owner && owners <= 1 ? LastOwner() : null;
    }

    /// <summary>Removing a member.</summary>
    public static Problem? CheckRemoval(Seat actor, Seat target, int owners)
    {
        if (actor.UserId == target.UserId) { return Problem.Conflict("leave_instead", "You cannot remove yourself. Leave the organization instead."); }
        return Outranked(actor, target) ?? (target.Role == Role.Owner && owners <= 1 ? LastOwner() : null);
    }

    /// <summary>Leaving.</summary>
    public static Problem? CheckLeaving(Seat self, int owners) => self.Role == Role.Owner && owners <= 1 ? LastOwner() : null;

    /// <summary>Inviting somebody with a role.</summary>
    public static Problem? CheckInvitation(Role actor, Role role)
    {
        if (actor > Role.Admin) { return Problem.Forbidden(); }
        return role == Role.Owner && actor != Role.Owner ? Refused("owner_only", "Only an owner makes another owner.") : null;
    }

    /// <summary>Handing the ownership to another member.</summary>
    public static Problem? CheckTransfer(Seat actor, Seat target)
    {
        if (actor.Role != Role.Owner) { return Refused("owner_only", "Only an owner hands the ownership over."); }
        if (actor.UserId == target.UserId) { return Problem.InvalidField("userId", "already_owner", "You own the organization already. Choose another member."); }
        if (target.Role == Role.Owner) { return Problem.InvalidField("userId", "already_owner", "This member is an owner already."); }
        return target.Role == Role.Client ? Problem.InvalidField("userId", "client_owner", "A client cannot own the organization. Make them a member first.") : null;
    }

    private static Problem? Outranked(Seat actor, Seat target)
    {
        if (actor.Role > Role.Admin) { return Problem.Forbidden(); }
        return target.Role == Role.Owner && actor.Role != Role.Owner ? Refused("owner_only", "Only an owner changes or removes an owner.") : null;
    }

    private static Problem LastOwner() => Problem.Conflict("last_owner", "An organization needs an owner. Make another member the owner first.");

    private static Problem Refused(string code, string message) => new(ProblemKind.Forbidden, code, message);
}
