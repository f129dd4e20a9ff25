using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Store;

/// <summary>
/// Counts the changes of an organization's members and invitations. Every such change writes it under the condition that it is as it was read, so that
/// rules over all members (an owner is left, the plan's places suffice) hold also against changes at the same moment.
/// </summary>
public sealed record Roster : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>How many changes there were.</summary>
    public long Changes { get; init; }
}

/// <summary>All who are in an organization or asked to be, at one moment.</summary>
/// <param name="Changes">The state of the count that this was read at.</param>
/// <param name="Members">The members.</param>
/// <param name="Invitations">Those who may still accept.</param>
public sealed record RosterState(long Changes, IReadOnlyList<Membership> Members, IReadOnlyList<Invitation> Invitations)
{
    /// <summary>How many owners there are.</summary>
    public int Owners => Members.Count(m => m.Role == Role.Owner);

    /// <summary>How many places of the plan are taken or promised.</summary>
    public int Places => Members.Count + Invitations.Count;

    /// <summary>A member; null where there is none.</summary>
    public Membership? Find(string? userId) => Members.FirstOrDefault(m => m.UserId == userId);
}

/// <summary>Reads and guards rosters.</summary>
public sealed class RosterStore(IDocumentStore store, OrganizationStore organizations, InvitationStore invitations, TimeProvider time)
{
    /// <summary>The collection; a roster's id is its organization's.</summary>
    public static readonly Collection<Roster> Collection = new("rosters");

    /// <summary>The roster as it is now. The count is read first: what changes afterwards fails the commit.</summary>
    public async Task<RosterState> ReadAsync(string organizationId, CancellationToken cancellationToken)
    {
        var caller = Caller.System(organizationId);
        var roster = await store.For<Roster>(caller).GetAsync(organizationId, cancellationToken) ?? await MakeAsync(caller, cancellationToken);
        return new RosterState(roster.Changes, await organizations.MembersAsync(organizationId, cancellationToken), await invitations.OpenAsync(organizationId, time.GetUtcNow(), cancellationToken));
    }

    /// <summary>Makes a batch fail where the roster is not as it was read.</summary>
    public static void Guard(WriteBatch batch, string organizationId, RosterState seen)
    {
        var changes = seen.Changes;
        batch.Update(Caller.System(organizationId), r => r.Id == organizationId && r.Changes == changes, new Update<Roster>().Increment(r => r.Changes));
    }

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);

    // Organizations of before rosters get theirs with the first change.
    private async Task<Roster> MakeAsync(Caller caller, CancellationToken cancellationToken)
    {
        var first = new Roster { Id = caller.OrganizationId, OrganizationId = caller.OrganizationId };
        try { return await store.For<Roster>(caller).InsertAsync(first, cancellationToken); }
        // Another has just made it, and perhaps it cannot be read yet; the count it begins with is known.
        catch (DuplicateKeyException) { return await store.For<Roster>(caller).GetAsync(caller.OrganizationId, cancellationToken) ?? first; }
    }
}
