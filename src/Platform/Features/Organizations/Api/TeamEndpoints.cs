using Platform.Api;
using Platform.Features.Organizations.Actions;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Api;

/// <summary>Members and invitations over HTTP.</summary>
public static class TeamEndpoints
{
    private const string Tag = "Organizations";

    /// <summary>Maps the routes.</summary>
    public static void MapTeam(this IEndpointRouteBuilder routes)
    {
        var team = routes.MapApi("/organizations/{id}", Tag, Permission.MembersManage);
        team.MapPut("/users/{userId}", Change).Answers(404, 409).WithSummary("Changes a member's role and channels");
        team.MapDelete("/users/{userId}", Remove).Answers(404, 409).WithSummary("Removes a member; their sessions lose the organization within seconds");
        team.MapGet("/places", Places).WithSummary("Shows how many members the plan allows and how many places are taken");
        team.MapPost("/invite", Invite).Answers(402, 409).WithSummary("Invites somebody by mail with a role and channels");
        team.MapGet("/invitations", Invitations).WithSummary("Lists the invitations that nobody accepted yet");
        team.MapPost("/invitations/{invitationId}/resend", Resend).Answers(402, 404, 409).WithSummary("Mails an invitation again with a new link");
        team.MapDelete("/invitations/{invitationId}", Revoke).Answers(404).WithSummary("Takes an invitation back");

        routes.MapApi("/organizations/{id}", Tag, Permission.ContentRead).MapGet("/users", Members).WithSummary("Lists the members of your active organization");
        var person = routes.MapInPersonApi("/organizations/{id}", Tag);
        person.MapPost("/leave", Leave).Answers(404, 409).WithSummary("Leaves an organization; its last owner cannot");
        person.MapPost("/transfer", Transfer).Answers(404).WithSummary("Hands the ownership to another member; asks for the typed name and the password");

        routes.MapPublicApi("/invitations", Tag, RateLimit.Authentication).MapGet("/{token}", Offer).Answers(404).WithSummary("Shows what an invitation's link offers");
        routes.MapInPersonApi("/invitations", Tag).MapPost("/{token}/accept", Accept).Answers(402, 409).WithSummary("Accepts an invitation as the signed-in person; their address must be the invited one");
    }

    private static async Task<ApiOk<Page<MemberView>>> Members(ApiCaller caller, string id, ReadMembers read, CancellationToken token) => await read.RunAsync(caller, id, token);

    private static async Task<ApiNoContent> Change(ApiCaller caller, string id, string userId, ChangeMemberRequest body, ChangeMember change, CancellationToken token) =>
        (await change.RunAsync(caller, id, userId, body, token)).ToNoContent();

    private static async Task<ApiNoContent> Remove(ApiCaller caller, string id, string userId, RemoveMember remove, CancellationToken token) => (await remove.RunAsync(caller, id, userId, token)).ToNoContent();

    private static async Task<ApiOk<PlacesView>> Places(ApiCaller caller, string id, ReadMembers read, CancellationToken token) => await read.PlacesAsync(caller, id, token);

    private static async Task<ApiCreated<InvitationView>> Invite(ApiCaller caller, string id, InviteMemberRequest body, InviteMember invite, CancellationToken token) =>
        (await invite.RunAsync(caller, id, body, token)).ToCreated(_ => $"{ApiPaths.Root}/organizations/{id}/invitations");

    private static async Task<ApiOk<Page<InvitationView>>> Invitations(ApiCaller caller, string id, ListInvitations list, CancellationToken token) => await list.RunAsync(caller, id, token);

    private static async Task<ApiOk<InvitationView>> Resend(ApiCaller caller, string id, string invitationId, ResendInvitation resend, CancellationToken token) =>
        await resend.RunAsync(caller, id, invitationId, token);

    private static async Task<ApiNoContent> Revoke(ApiCaller caller, string id, string invitationId, RevokeInvitation revoke, CancellationToken token) =>
        (await revoke.RunAsync(caller, id, invitationId, token)).ToNoContent();

    private static async Task<ApiNoContent> Leave(ApiCaller caller, string id, LeaveOrganization leave, CancellationToken token) => (await leave.RunAsync(caller, id, token)).ToNoContent();

    private static async Task<ApiNoContent> Transfer(ApiCaller caller, string id, TransferOwnershipRequest body, TransferOwnership transfer, CancellationToken token) =>
        (await transfer.RunAsync(caller, id, body, token)).ToNoContent();

    private static async Task<ApiOk<InvitationOffer>> Offer(string token, IInvitations invitations, CancellationToken cancellationToken) =>
        await invitations.FindAsync(token, cancellationToken) is { } offer ? (Result<InvitationOffer>)offer : Problem.NotFound("invitation");

    private static async Task<ApiOk<InvitationOffer>> Accept(ApiCaller caller, string token, IInvitations invitations, CancellationToken cancellationToken) =>
        await invitations.AcceptAsync(caller, token, cancellationToken);
}
