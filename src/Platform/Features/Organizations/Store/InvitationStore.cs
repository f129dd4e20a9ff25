using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Store;

/// <summary>Where an invitation stands.</summary>
public enum InvitationState
{
    /// <summary>It can be accepted until it expires.</summary>
    Pending,

    /// <summary>Somebody joined by it.</summary>
    Accepted,

    /// <summary>It was taken back, or another took its place.</summary>
    Revoked,
}

/// <summary>Somebody was asked to join.</summary>
public sealed record Invitation : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The address, as compared.</summary>
    public required string Email { get; init; }

    /// <summary>The role they will have.</summary>
    public required Role Role { get; init; }

    /// <summary>The channels they will be limited to; null: all.</summary>
    public IReadOnlyList<string>? ChannelIds { get; init; }

    /// <summary>A few personal words.</summary>
    public string Note { get; init; } = "";

    /// <summary>The hash of the link's token.</summary>
    public required string TokenHash { get; init; }

    /// <summary>Where it stands.</summary>
    public required InvitationState State { get; init; }

    /// <summary>Who invited.</summary>
    public required string InvitedBy { get; init; }

    /// <summary>Their name at the time.</summary>
    public required string InvitedByName { get; init; }

    /// <summary>When it was made.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When the last mail went out.</summary>
    public required DateTimeOffset SentAt { get; init; }

    /// <summary>How many mails went out.</summary>
    public int Mails { get; init; } = 1;

    /// <summary>Until when it can be accepted.</summary>
    public required DateTimeOffset ExpiresAt { get; init; }

    /// <summary>Who joined by it.</summary>
    public string? AcceptedBy { get; init; }

    /// <summary>Whether it can still be accepted.</summary>
    public bool IsOpen(DateTimeOffset now) => State == InvitationState.Pending && ExpiresAt > now;
}

/// <summary>Invitations.</summary>
public sealed class InvitationStore(IDocumentStore store)
{
    /// <summary>The collection. Old ones are kept three months for questions.</summary>
    public static readonly Collection<Invitation> Collection = new Collection<Invitation>("invitations")
        .Unique("by_token", Sort<Invitation>.By(i => i.TokenHash), acrossOrganizations: true)
        .Unique("one_pending", Sort<Invitation>.By(i => i.Email), i => i.State == InvitationState.Pending)
        .Index("by_state", Sort<Invitation>.By(i => i.State).ThenByDescending(i => i.CreatedAt))
        .Expire("old", i => i.ExpiresAt, TimeSpan.FromDays(90));

    /// <summary>The one with this token; null where there is none.</summary>
    public Task<Invitation?> ByTokenAsync(string tokenHash, CancellationToken cancellationToken) =>
        store.ForPlatform<Invitation>(Caller.Platform).FirstAsync(i => i.TokenHash == tokenHash, cancellationToken: cancellationToken);

    /// <summary>One of an organization.</summary>
    public Task<Invitation?> GetAsync(string organizationId, string id, CancellationToken cancellationToken) => Of(organizationId).GetAsync(id, cancellationToken);

    /// <summary>Those that can still be accepted, newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<Invitation>> OpenAsync(string organizationId, DateTimeOffset now, CancellationToken cancellationToken) =>
        [.. (await PendingAsync(organizationId, cancellationToken)).Where(i => i.ExpiresAt > now)];

    /// <summary>Those that nobody accepted or took back, expired ones too, newest first; at most 1,000.</summary>
    public async Task<IReadOnlyList<Invitation>> PendingAsync(string organizationId, CancellationToken cancellationToken) => (await Of(organizationId).FindAsync(
        new Query<Invitation> { Filter = i => i.State == InvitationState.Pending, Sort = Sort<Invitation>.ByDescending(i => i.CreatedAt), Limit = 1000 }, cancellationToken)).Items;

    /// <summary>The pending one for an address, expired or not.</summary>
    public Task<Invitation?> PendingForAsync(string organizationId, string email, CancellationToken cancellationToken) =>
        Of(organizationId).FirstAsync(i => i.State == InvitationState.Pending && i.Email == email, cancellationToken: cancellationToken);

    /// <summary>Adds a change of state to a batch: exactly one of several at the same time succeeds.</summary>
    public static void StageEnd(WriteBatch batch, Invitation invitation, InvitationState to, string? acceptedBy = null)
    {
        var id = invitation.Id;
        batch.Update(Caller.System(invitation.OrganizationId), i => i.Id == id && i.State == InvitationState.Pending, new Update<Invitation>().Set(i => i.State, to).Set(i => i.AcceptedBy, acceptedBy));
    }

    private IDocuments<Invitation> Of(string organizationId) => store.For<Invitation>(Caller.System(organizationId));
}
