using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Actions;

namespace Platform.Features.Organizations.Ui;

/// <summary>What the team pages read.</summary>
public sealed record TeamReads(ReadMembers Members, ListInvitations Invitations, ReadOrganizations Organizations, IChannels Channels);

/// <summary>What can be done to members.</summary>
public sealed record MemberCommands(ChangeMember Change, RemoveMember Remove, LeaveOrganization Leave, TransferOwnership Transfer);

/// <summary>What can be done to invitations.</summary>
public sealed record InvitationCommands(InviteMember Invite, ResendInvitation Resend, RevokeInvitation Revoke);
