using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Organizations.Ui;

/// <summary>Who is in the organization, who is asked to join, and what each may do.</summary>
public sealed partial class TeamPage(CallerProvider callers, TeamReads reads, MemberCommands memberCommands, InvitationCommands invitationCommands, Toasts toasts, IStringLocalizer<OrganizationTexts> T)
{
    private Result<IReadOnlyList<MemberView>>? members;
    private Result<IReadOnlyList<InvitationView>>? invitations;
    private Result<PlacesView>? places;
    private IReadOnlyList<ChannelView> channels = [];
    private InviteDialog? invite;
    private MemberDialog? change;
    private TransferDialog? transfer;
    private ConfirmByTyping? remove;
    private ConfirmByTyping? leave;
    private MemberView? chosen;

    [SupplyParameterFromQuery(Name = "tab")]
    private string? Tab { get; set; }

    [SupplyParameterFromQuery(Name = "q")]
    private string? Words { get; set; }

    [SupplyParameterFromQuery(Name = "role")]
    private string? RoleName { get; set; }

    [CascadingParameter]
    private Task<AuthenticationState>? Signed { get; set; }

    [Inject]
    private NavigationManager Navigation { get; set; } = null!;

    private Caller Caller { get; set; } = Caller.Anonymous;

    private string OrganizationName { get; set; } = "";

    private IReadOnlyList<Tab> Choices => [new Tab("", T["Members"], Count: members?.Value?.Count), new Tab("invitations", T["Invitations"], Count: invitations?.Value?.Count)];

    private IReadOnlyList<Tab> RoleChoices => [new Tab("", T["AllRoles"]), .. Enum.GetValues<Role>().Select(r => new Tab(r.ToString().ToLowerInvariant(), T["Role." + r]))];

    private IReadOnlyList<MemberView> Shown =>
        [.. (members?.Value ?? []).Where(m => Matches(m.Name) || Matches(m.Email)).Where(m => string.IsNullOrEmpty(RoleName) || m.Role.ToString().Equals(RoleName, StringComparison.OrdinalIgnoreCase))];

    private string? PlacesText => places?.Value switch
    {
        null => null,
        { Limit: null } open => T["PlacesOpen", open.Members].Value,
        { Invitations: 0 } used => T["Places", used.Members, used.Limit!, used.Plan].Value,
        { } used => T["PlacesInvited", used.Members, used.Invitations, used.Limit!, used.Plan].Value,
    };

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        Caller = await callers.GetAsync();
        if (Caller.Organization is null) { return; }
        var id = Caller.OrganizationId;
        OrganizationName = (await reads.Organizations.GetAsync(Caller, id, CancellationToken.None)).Value?.Name ?? "";
        members = (await reads.Members.RunAsync(Caller, id, CancellationToken.None)).Map(page => page.Items);
        channels = await reads.Channels.ListAsync(Caller, CancellationToken.None);
        if (!Caller.May(Permission.MembersManage)) { (invitations, places) = (null, null); return; }
        invitations = (await reads.Invitations.RunAsync(Caller, id, CancellationToken.None)).Map(page => page.Items);
        places = await reads.Members.PlacesAsync(Caller, id, CancellationToken.None);
    }

    private bool Matches(string text) => string.IsNullOrWhiteSpace(Words) || text.Contains(Words.Trim(), StringComparison.CurrentCultureIgnoreCase);

    private string ChannelWords(MemberView member) => member.Channels switch
    {
        null => T["AllChannels"],
        { } some => string.Join(", ", some.Select(id => channels.FirstOrDefault(c => c.Id == id)?.DisplayName ?? T["ChannelGone"].Value)),
    };

    private bool MayChange(MemberView member) => Caller.May(Permission.MembersManage) && (member.Role != Role.Owner || Caller.Role == Role.Owner);

    private bool MayTransferTo(MemberView member) => Caller is { Role: Role.Owner, IsInPerson: true } && member.Role is not (Role.Owner or Role.Client);

    private bool HasActions(MemberView member) => member.UserId == Caller.UserId || MayChange(member);

    private Task AskRemoveAsync(MemberView member)
    {
        chosen = member;
        return remove!.ShowAsync();
    }

    private async Task<Problem?> RemoveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await memberCommands.Remove.RunAsync(caller, caller.OrganizationId, chosen!.UserId, CancellationToken.None);
        if (!result.Ok) { return result.Problem; }
        toasts.Say(T["Removed", chosen.Name]);
        await LoadAsync();
        StateHasChanged();
        return null;
    }

    private async Task<Problem?> LeaveAsync()
    {
        var caller = await callers.GetAsync();
        var result = await memberCommands.Leave.RunAsync(caller, caller.OrganizationId, CancellationToken.None);
        if (result.Ok) { Navigation.NavigateTo("/no-access", forceLoad: true); }
        return result.Problem;
    }

    private async Task ResendAsync(InvitationView invitation)
    {
        var caller = await callers.GetAsync();
        var result = await invitationCommands.Resend.RunAsync(caller, caller.OrganizationId, invitation.Id, CancellationToken.None);
        toasts.Say(result.Ok ? T["SentAgain", invitation.Email] : result.Problem.Message);
        await LoadAsync();
    }

    private async Task RevokeAsync(InvitationView invitation)
    {
        var caller = await callers.GetAsync();
        var result = await invitationCommands.Revoke.RunAsync(caller, caller.OrganizationId, invitation.Id, CancellationToken.None);
        toasts.Say(result.Ok ? T["Revoked", invitation.Email] : result.Problem.Message);
        await LoadAsync();
    }
}
