using System.Net;
using System.Net.Http.Json;
using Platform.Features.Content.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ApprovalTeam;
using static Platform.Tests.Features.Content.ContentFixture;

namespace Platform.Tests.Features.Content;

/// <summary>Approval over HTTP, with the dispatcher running and the practice network answering.</summary>
public sealed class ApprovalFlowTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    private static DateTimeOffset Soon => DateTimeOffset.UtcNow.AddHours(2);

    [Fact]
    public async Task Two_stages_by_two_people_then_it_is_published()
    {
        var team = await StartAsync(fixture);
        var (editor, manager, admin) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager), await team.MemberAsync(Role.Admin));
        await team.PolicyAsync([Stage("Brand", ["manager"]), Stage("Legal", members: [admin.Id])]);
        var id = await team.DraftAsync(editor.Client, "Two people looked");
        var submitted = await (await SubmitAsync(editor.Client, id)).ReadAsync();
        (Text(submitted, "state"), submitted.GetProperty("stage").GetInt32(), submitted.GetProperty("stages").GetArrayLength()).ShouldBe(("pending", 1, 2));
        (await team.StateAsync(id)).ShouldBe("awaitingApproval");
        (await (await PostAsync(admin.Client, id, "approve", new { version = 1 })).ProblemAsync()).ShouldBe("forbidden", "the second stage is not asked yet");
        var first = await (await PostAsync(manager.Client, id, "approve", new { version = 1, stage = 1, comment = "Good" })).ReadAsync();
        first.GetProperty("stage").GetInt32().ShouldBe(2);
        (await team.StateAsync(id)).ShouldBe("awaitingApproval");
        (await (await PostAsync(manager.Client, id, "approve", new { version = 1, stage = 1 })).ProblemAsync()).ShouldBe("stage_over");
        Text(await (await PostAsync(admin.Client, id, "approve", new { version = 1 })).ReadAsync(), "state").ShouldBe("approved");
        await Eventually.TrueAsync(async () => await team.StateAsync(id) == "published", "the post is published");
        var audited = (await fixture.App.Get<Platform.Storage.IDocumentStore>().ForPlatform<Platform.Features.Audit.Store.AuditRecord>(Caller.Platform).FindAsync(new() { Filter = r => r.TargetId == id, Limit = 200 }, default)).Items.Select(r => r.Action).ToList();
        audited.Count(a => a == "post.approved").ShouldBe(2);
        audited.ShouldContain("post.submitted");
    }

    [Fact]
    public async Task A_version_that_has_changed_cannot_be_approved_and_an_edit_asks_the_first_stage_again()
    {
        var team = await StartAsync(fixture);
        var (editor, manager, admin) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager), await team.MemberAsync(Role.Admin));
        await team.PolicyAsync([Stage("Brand", ["manager"]), Stage("Legal", members: [admin.Id])]);
        var id = await team.DraftAsync(editor.Client, "First words");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        await (await PostAsync(manager.Client, id, "approve", new { version = 1 })).ReadAsync();
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "Other words" })).ReadAsync();
        var stale = await PostAsync(admin.Client, id, "approve", new { version = 1 });
        (stale.StatusCode, await stale.ProblemAsync()).ShouldBe((HttpStatusCode.Conflict, "post_changed"));
        var (item, _) = (await (await manager.Client.GetAsync($"/api/v1/approvals/{id}")).ReadAsync(), 0);
        item.GetProperty("review").GetProperty("stage").GetInt32().ShouldBe(1);
        (await (await PostAsync(admin.Client, id, "approve", new { version = 2 })).ProblemAsync()).ShouldBe("forbidden");
        (await (await PostAsync(manager.Client, id, "approve", new { })).ProblemAsync()).ShouldBe("version_missing");
    }

    [Fact]
    public async Task Editing_what_was_approved_takes_the_approval_back_and_it_does_not_go_out()
    {
        var team = await StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Brand", ["manager"])]);
        var id = await team.DraftAsync(editor.Client, "Approved words");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        await (await PostAsync(manager.Client, id, "approve", new { version = 1 })).ReadAsync();
        (await team.StateAsync(id)).ShouldBe("scheduled");
        await (await manager.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "Sneaked in" })).ReadAsync();
        (await team.StateAsync(id)).ShouldBe("awaitingApproval");
        var again = await PostAsync(manager.Client, id, "publish", new { });
        await again.ReadAsync();
        (await team.StateAsync(id)).ShouldBe("awaitingApproval", "publish now is a submission too");
        (await (await PostAsync(manager.Client, id, "approve", new { version = 2 })).ProblemAsync()).ShouldBe("self_approval");
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { labels = new[] { "only a label" } })).ReadAsync();
    }

    [Fact]
    public async Task Where_edits_do_not_reset_a_publishers_edit_keeps_the_approval_and_an_editors_does_not()
    {
        var team = await StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Brand", ["manager"])], editsReset: false);
        var id = await team.DraftAsync(editor.Client, "Approved words");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        await (await PostAsync(manager.Client, id, "approve", new { version = 1 })).ReadAsync();
        await (await manager.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "A comma, moved" })).ReadAsync();
        (await team.StateAsync(id)).ShouldBe("scheduled");
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "Quite other words" })).ReadAsync();
        (await team.StateAsync(id)).ShouldBe("awaitingApproval");
    }

    [Fact]
    public async Task Nobody_approves_their_own_post_where_the_rules_say_so_and_it_counts_where_they_do_not()
    {
        var team = await StartAsync(fixture);
        var manager = await team.MemberAsync(Role.Manager);
        await team.MemberAsync(Role.Admin);
        await team.PolicyAsync([Stage("Any", ["manager", "admin", "owner"])]);
        var id = await team.DraftAsync(manager.Client, "My own");
        Text(await (await SubmitAsync(manager.Client, id, Soon)).ReadAsync(), "state").ShouldBe("pending");
        (await (await PostAsync(manager.Client, id, "approve", new { version = 1 })).ProblemAsync()).ShouldBe("self_approval");
        await team.PolicyAsync([Stage("Any", ["manager", "admin", "owner"])], noSelfApproval: false);
        var other = await team.DraftAsync(manager.Client, "My own, and that is fine");
        Text(await (await SubmitAsync(manager.Client, other, Soon)).ReadAsync(), "state").ShouldBe("approved", "the own word counts");
        (await team.StateAsync(other)).ShouldBe("scheduled");
    }

    [Fact]
    public async Task A_stage_that_needs_two_waits_for_two_different_people()
    {
        var team = await StartAsync(fixture);
        var (editor, one, two) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Both", ["manager"], approvals: 2)]);
        var id = await team.DraftAsync(editor.Client, "Four eyes");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        await (await PostAsync(one.Client, id, "approve", new { version = 1 })).ReadAsync();
        Text(await (await PostAsync(one.Client, id, "approve", new { version = 1 })).ReadAsync(), "state").ShouldBe("pending", "twice by one is once");
        Text(await (await PostAsync(two.Client, id, "approve", new { version = 1 })).ReadAsync(), "state").ShouldBe("approved");
    }

    [Fact]
    public async Task Asked_for_changes_must_be_resolved_before_it_is_submitted_again()
    {
        var team = await StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Brand", ["manager"])]);
        var id = await team.DraftAsync(editor.Client, "Buy now!!!");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        (await (await PostAsync(manager.Client, id, "request-changes", new { version = 1 })).ProblemAsync()).ShouldBe("comment_missing");
        Text(await (await PostAsync(manager.Client, id, "request-changes", new { version = 1, comment = "Fewer marks" })).ReadAsync(), "state").ShouldBe("changesRequested");
        (await team.StateAsync(id)).ShouldBe("draft");
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "Buy now." })).ReadAsync();
        (await (await SubmitAsync(editor.Client, id, Soon)).ProblemAsync()).ShouldBe("changes_open");
        var comment = (await (await editor.Client.GetAsync($"{Root}/{id}/comments")).ReadAsync()).GetProperty("items")[0];
        (Text(comment, "text"), comment.GetProperty("changeRequest").GetBoolean()).ShouldBe(("Fewer marks", true));
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}/comments/{Id(comment)}", new { resolved = true })).ReadAsync();
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        Text(await (await PostAsync(manager.Client, id, "approve", new { version = 2 })).ReadAsync(), "state").ShouldBe("approved");
    }

    [Theory]
    [InlineData("withdraw", "withdrawn")]
    [InlineData("cancel", "withdrawn")]
    [InlineData("unschedule", "withdrawn")]
    public async Task What_is_taken_back_no_longer_waits(string verb, string state)
    {
        var team = await StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Brand", ["manager"])]);
        var id = await team.DraftAsync(editor.Client, "Not yet");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        await (await PostAsync(verb == "withdraw" ? editor.Client : manager.Client, id, verb, new { })).ReadAsync();
        await Eventually.TrueAsync(async () => Text((await (await manager.Client.GetAsync($"/api/v1/approvals/{id}")).ReadAsync()).GetProperty("review"), "state") == state, "the approval ends");
        (await (await PostAsync(manager.Client, id, "approve", new { version = 1 })).ProblemAsync()).ShouldBe("not_waiting");
        (await team.StateAsync(id)).ShouldBeOneOf("draft", "cancelled");
    }

    [Fact]
    public async Task Rejected_it_is_a_draft_and_the_author_is_told()
    {
        var team = await StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Brand", ["manager"])]);
        var id = await team.DraftAsync(editor.Client, "Off brand");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        await (await PostAsync(manager.Client, id, "reject", new { version = 1, comment = "Never" })).ReadAsync();
        (await team.StateAsync(id)).ShouldBe("draft");
        var notices = (await (await editor.Client.GetAsync("/api/v1/notifications")).ReadAsync()).GetProperty("items").EnumerateArray().Select(n => Text(n, "title")).ToList();
        notices.ShouldContain(title => title.Contains("rejected your post"));
    }

    [Fact]
    public async Task An_editor_whom_nobody_need_approve_hands_the_post_to_those_who_may_publish()
    {
        var team = await StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        var id = await team.DraftAsync(editor.Client, "From me to you");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        (await team.StateAsync(id)).ShouldBe("awaitingApproval");
        (await (await SubmitAsync(manager.Client, await team.DraftAsync(manager.Client, "x"), Soon)).ProblemAsync()).ShouldBe("approval_not_needed");
        Text(await (await PostAsync(manager.Client, id, "approve", new { version = 1 })).ReadAsync(), "state").ShouldBe("approved");
        (await team.StateAsync(id)).ShouldBe("scheduled");
    }

    [Fact]
    public async Task A_channels_own_rules_count_and_no_channels_approvers_are_passed_by()
    {
        var team = await StartAsync(fixture, channels: 2);
        var (editor, manager, admin) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager), await team.MemberAsync(Role.Admin));
        await (await team.Owner.Client.PutAsJsonAsync($"/api/v1/settings/approval/channels/{team.Channels[1]}", new { stages = new[] { Stage("Second channel", members: [admin.Id]) } })).ReadAsync();
        var free = await team.DraftAsync(manager.Client, "On the first", [team.Channels[0]]);
        await (await PostAsync(manager.Client, free, "schedule", new { scheduledAt = Soon.ToString("O") })).ReadAsync();
        (await team.StateAsync(free)).ShouldBe("scheduled");
        var both = await team.DraftAsync(editor.Client, "On both");
        var submitted = await (await SubmitAsync(editor.Client, both, Soon)).ReadAsync();
        Text(submitted.GetProperty("stages")[0], "name").ShouldBe("Second channel");
        (await (await PostAsync(manager.Client, both, "approve", new { version = 1 })).ProblemAsync()).ShouldBe("forbidden");
        (await team.PostOfAsync(both)).GetProperty("publications").EnumerateArray().Select(p => Text(p, "state")).ShouldBe(["awaitingApproval", "awaitingApproval"]);
    }

    [Fact]
    public async Task The_plan_says_how_many_stages_there_are_and_every_stage_must_be_within_somebodys_reach()
    {
        var team = await StartAsync(fixture);
        var (manager, editor) = (await team.MemberAsync(Role.Manager), await team.MemberAsync(Role.Editor));
        var three = await team.Owner.Client.PutAsJsonAsync("/api/v1/settings/approval", new { stages = new[] { Stage("1", ["manager"]), Stage("2", ["manager"]), Stage("3", ["manager"]) } });
        ((int)three.StatusCode, await three.ProblemAsync()).ShouldBe((402, "limit_reached"), "the trial's plan has two");
        (await (await team.Owner.Client.GetAsync("/api/v1/settings/approval")).ReadAsync()).GetProperty("maxStages").GetInt32().ShouldBe(2);
        foreach (var (stage, code) in new[]
        {
            (Stage("x"), "stage_empty"), (Stage("", ["manager"]), "stage_name"), (Stage("x", ["editor"]), "stage_role"), (Stage("x", members: [editor.Id]), "stage_member_role"),
            (Stage("x", members: [Platform.Primitives.Ids.New()]), "stage_member_unknown"), (Stage("x", ["manager"], approvals: 2), "stage_unreachable"), (Stage("x", ["manager"], approvals: 0), "stage_approvals"),
        })
        {
            (await (await team.Owner.Client.PutAsJsonAsync("/api/v1/settings/approval", new { stages = new[] { stage } })).ProblemAsync()).ShouldBe(code);
        }
        (await manager.Client.GetAsync("/api/v1/settings/approval")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task A_client_sees_only_what_asks_them_and_nothing_internal()
    {
        var team = await StartAsync(fixture);
        var (editor, client, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Client), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Agency", ["manager"]), Stage("Customer", ["client"])]);
        var (id, draft) = (await team.DraftAsync(editor.Client, "For the customer"), await team.DraftAsync(editor.Client, "A secret draft"));
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        (await client.Client.GetAsync($"/api/v1/approvals/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound, "their stage is not asked yet");
        await (await editor.Client.PostAsJsonAsync($"{Root}/{id}/comments", new { text = "The customer is difficult", @internal = true })).ReadAsync();
        await (await editor.Client.PostAsJsonAsync($"{Root}/{id}/comments", new { text = "We like it" })).ReadAsync();
        await (await PostAsync(manager.Client, id, "approve", new { version = 1, comment = "An inner note" })).ReadAsync();
        var list = (await (await client.Client.GetAsync("/api/v1/approvals")).ReadAsync()).GetProperty("items");
        list.GetArrayLength().ShouldBe(1);
        list[0].ToString().ShouldNotContain("inner note");
        (await (await client.Client.GetAsync("/api/v1/approvals?list=done")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
        (await (await client.Client.GetAsync($"/api/v1/approvals/{id}/comments")).ReadAsync()).GetProperty("items").EnumerateArray().Select(c => Text(c, "text")).ShouldBe(["We like it"]);
        foreach (var path in new[] { $"/api/v1/approvals/{draft}", $"/api/v1/approvals/{draft}/comments" }) { (await client.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound, path); }
        foreach (var path in new[] { Root, $"{Root}/{id}", $"{Root}/{id}/comments", $"{Root}/{id}/versions", "/api/v1/calendar?from=2026-01-01T00:00:00Z&to=2026-01-02T00:00:00Z", "/api/v1/settings/approval" }) { (await client.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.Forbidden, path); }
        Text(await (await PostAsync(client.Client, id, "approve", new { version = 1 })).ReadAsync(), "state").ShouldBe("approved");
        (await (await client.Client.GetAsync("/api/v1/approvals")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_client_is_not_told_what_all_members_are_told()
    {
        var team = await StartAsync(fixture);
        var (client, viewer) = (await team.MemberAsync(Role.Client), await team.MemberAsync(Role.Viewer));
        await fixture.App.Get<Platform.Features.Notifications.Contracts.INotices>().RaiseAsync(Caller.System(team.Owner.OrganizationId), new("channel_needs_reconnect", "An inner matter", "x", "/channels", $"k{Platform.Primitives.Ids.New()}"), default);
        (await (await viewer.Client.GetAsync("/api/v1/notifications")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(1);
        (await (await client.Client.GetAsync("/api/v1/notifications")).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task A_member_limited_to_channels_writes_submits_and_approves_only_there()
    {
        var team = await StartAsync(fixture, channels: 2);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        await team.PolicyAsync([Stage("Brand", ["manager"])]);
        var id = await team.DraftAsync(editor.Client, "On both");
        var limited = editor.Caller with { Channels = new HashSet<string> { team.Channels[0] } };
        (await fixture.App.Get<CreatePost>().RunAsync(limited, new() { Text = "x", ChannelIds = team.Channels }, default)).Problem?.Code.ShouldBe("channel_not_allowed");
        (await fixture.App.Get<UpdatePost>().RunAsync(limited, id, new() { Text = "y" }, null, default)).Problem?.Code.ShouldBe("channel_not_allowed");
        (await fixture.App.Get<UpdatePost>().RunAsync(limited, id, new() { ChannelIds = [team.Channels[0]] }, null, default)).Problem?.Code.ShouldBe("channel_not_allowed", "taking one away changes it too");
        (await fixture.App.Get<DeletePost>().RunAsync(limited, id, default)).Problem?.Code.ShouldBe("channel_not_allowed");
        (await fixture.App.Get<SubmitPost>().RunAsync(limited, new(id, null), default)).Problem?.Code.ShouldBe("channel_not_allowed");
        await (await SubmitAsync(editor.Client, id, Soon)).ReadAsync();
        (await fixture.App.Get<AnswerReview>().RunAsync(manager.Caller with { Channels = new HashSet<string> { team.Channels[0] } }, new(id, ReviewAnswerKind.Approve, 1), default)).Problem?.Code.ShouldBe("channel_not_allowed");
        (await fixture.App.Get<AnswerReview>().RunAsync(manager.Caller with { Impersonator = new("s", "Staff") }, new(id, ReviewAnswerKind.Approve, 1), default)).Problem?.Code.ShouldBe("forbidden", "staff do not approve in a customer's name");
        (await fixture.App.Get<CreatePost>().RunAsync(limited, new() { Text = "x", ChannelIds = [team.Channels[0]] }, default)).Ok.ShouldBeTrue();
    }
}
