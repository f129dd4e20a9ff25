using Platform.Features.Organizations.Domain;
using Platform.Tenancy;

namespace Platform.Tests.Features.Organizations;

/// <summary>Who may do what to whose membership.</summary>
public sealed class MemberRulesTests
{
    private static readonly Role[] Roles = Enum.GetValues<Role>();

    [Fact]
    public void Only_owners_make_and_unmake_owners()
    {
        foreach (var actor in Roles)
        {
            foreach (var role in Roles)
            {
                (MemberRules.CheckRole(new("a", actor), new("b", role), Role.Owner, owners: 2) is null).ShouldBe(actor == Role.Owner, $"{actor} makes a {role} an owner");
                (MemberRules.CheckRole(new("a", actor), new("b", Role.Owner), role, owners: 2) is null).ShouldBe(actor == Role.Owner, $"{actor} makes an owner a {role}");
            }
            (MemberRules.CheckRemoval(new("a", actor), new("b", Role.Owner), owners: 2) is null).ShouldBe(actor == Role.Owner, $"{actor} removes an owner");
            (MemberRules.CheckInvitation(actor, Role.Owner) is null).ShouldBe(actor == Role.Owner, $"{actor} invites an owner");
            (MemberRules.CheckInvitation(actor, Role.Editor) is null).ShouldBe(actor <= Role.Admin, $"{actor} invites an editor");
        }
    }

    [Fact]
    public void Only_owners_and_admins_change_and_remove_others()
    {
        foreach (var actor in Roles)
        {
            (MemberRules.CheckRole(new("a", actor), new("b", Role.Editor), Role.Manager, owners: 1) is null).ShouldBe(actor <= Role.Admin, $"{actor}");
            (MemberRules.CheckRemoval(new("a", actor), new("b", Role.Editor), owners: 1) is null).ShouldBe(actor <= Role.Admin, $"{actor}");
        }
    }

    [Fact]
    public void Nobody_raises_themself_and_anybody_but_the_last_owner_may_step_down()
    {
        foreach (var role in Roles)
        {
            foreach (var to in Roles.Where(r => r < role)) { MemberRules.CheckRole(new("a", role), new("a", role), to, owners: 2)!.Code.ShouldBe("own_role", $"{role} to {to}"); }
        }
        MemberRules.CheckRole(new("a", Role.Owner), new("a", Role.Owner), Role.Admin, owners: 2).ShouldBeNull();
        MemberRules.CheckRole(new("a", Role.Owner), new("a", Role.Owner), Role.Admin, owners: 1)!.Code.ShouldBe("last_owner");
        MemberRules.CheckRole(new("a", Role.Owner), new("a", Role.Owner), Role.Owner, owners: 1).ShouldBeNull();
    }

    [Fact]
    public void There_is_always_an_owner()
    {
        MemberRules.CheckLeaving(new("a", Role.Owner), owners: 1)!.Code.ShouldBe("last_owner");
        MemberRules.CheckLeaving(new("a", Role.Owner), owners: 2).ShouldBeNull();
        foreach (var role in Roles.Where(r => r != Role.Owner)) { MemberRules.CheckLeaving(new("a", role), owners: 1).ShouldBeNull(); }
        MemberRules.CheckRemoval(new("a", Role.Owner), new("a", Role.Owner), owners: 2)!.Code.ShouldBe("leave_instead");
    }

    [Fact]
    public void Only_an_owner_hands_over_and_only_to_a_member_who_is_none()
    {
        MemberRules.CheckTransfer(new("a", Role.Owner), new("b", Role.Viewer)).ShouldBeNull();
        MemberRules.CheckTransfer(new("a", Role.Admin), new("b", Role.Viewer))!.Code.ShouldBe("owner_only");
        MemberRules.CheckTransfer(new("a", Role.Owner), new("b", Role.Owner))!.Code.ShouldBe("already_owner");
        MemberRules.CheckTransfer(new("a", Role.Owner), new("a", Role.Owner))!.Code.ShouldBe("already_owner");
        MemberRules.CheckTransfer(new("a", Role.Owner), new("b", Role.Client))!.Code.ShouldBe("client_owner");
    }

    [Fact]
    public void Domains_are_cleaned_and_hold_members_but_not_clients()
    {
        MailDomains.Clean([" @Example.COM ", "example.com", "mail.example.org", ""]).Unwrap().ShouldBe(["example.com", "mail.example.org"]);
        MailDomains.Clean(["not a domain"]).Problem!.Code.ShouldBe("invalid_domain");
        MailDomains.Clean(["localhost"]).Problem!.Code.ShouldBe("invalid_domain");
        MailDomains.Clean(Enumerable.Range(0, 21).Select(n => $"d{n}.example.com")).Problem!.Code.ShouldBe("too_many_domains");
        MailDomains.Check(["example.com"], "ada@example.com", Role.Editor).ShouldBeNull();
        MailDomains.Check(["example.com"], "ada@evil-example.com", Role.Editor)!.Code.ShouldBe("domain_not_allowed");
        MailDomains.Check(["example.com"], "ada@sub.example.com", Role.Editor)!.Code.ShouldBe("domain_not_allowed");
        MailDomains.Check(["example.com"], "ada@elsewhere.test", Role.Client).ShouldBeNull();
        MailDomains.Check([], "ada@elsewhere.test", Role.Owner).ShouldBeNull();
    }

    [Theory]
    [InlineData("Come and see https://evil.test/x", "Come and see (link removed)")]
    [InlineData("www.evil.test now", "(link removed) now")]
    [InlineData("two\r\nlines\tand  more", "two lines and more")]
    [InlineData("plain", "plain")]
    public void Notes_carry_no_links_and_no_lines(string note, string kept) => InvitationRules.ForMail(note).ShouldBe(kept);
}
