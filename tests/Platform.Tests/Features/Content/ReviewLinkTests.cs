using System.Net.Http.Json;
using System.Text.RegularExpressions;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Domain;
using Platform.Features.Notifications.Actions;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ApprovalTeam;
using static Platform.Tests.Features.Content.ContentFixture;

namespace Platform.Tests.Features.Content;

/// <summary>The mailed way to one post, one version, for one person.</summary>
public sealed partial class ReviewLinkTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    private ReviewByLink Links => fixture.App.Get<ReviewByLink>();

    [Fact]
    public async Task A_link_shows_the_post_and_takes_one_answer_without_a_password()
    {
        var (team, editor, client) = await TeamAsync();
        var id = await SubmittedAsync(team, editor, "Please look");
        var token = await TokenAsync(client.Email);
        var shown = (await Links.ShowAsync(token, default)).Unwrap();
        (shown.Item.Text, shown.Superseded, shown.Item.Review.AsksMe).ShouldBe(("Please look", false, true));
        (await team.StateAsync(id)).ShouldBe("awaitingApproval", "looking decides nothing");
        (await Links.AnswerAsync(new(token, ReviewAnswerKind.Approve, null), null, default)).Unwrap().State.ShouldBe(ReviewState.Approved);
        (await team.StateAsync(id)).ShouldBe("scheduled");
        (await Links.ShowAsync(token, default)).Problem?.Code.ShouldBe("link_over", "nothing waits for them any more");
    }

    [Fact]
    public async Task A_superseded_link_says_so_takes_no_answer_and_gets_another()
    {
        var (team, editor, client) = await TeamAsync();
        var id = await SubmittedAsync(team, editor, "First words");
        var token = await TokenAsync(client.Email);
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "Second words" })).ReadAsync();
        (await Links.ShowAsync(token, default)).Unwrap().Superseded.ShouldBeTrue();
        (await Links.AnswerAsync(new(token, ReviewAnswerKind.Approve, null), null, default)).Problem?.Code.ShouldBe("post_changed");
        (await Links.RenewAsync(token, default)).Unwrap();
        (await Links.ShowAsync(token, default)).Problem?.Code.ShouldBe("link_over", "a renewed link asks for one mail, not many");
        var fresh = await TokenAsync(client.Email);
        fresh.ShouldNotBe(token);
        (await Links.AnswerAsync(new(fresh, ReviewAnswerKind.RequestChanges, "Third words, please"), null, default)).Unwrap().State.ShouldBe(ReviewState.ChangesRequested);
    }

    [Theory]
    [InlineData("")]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA")]
    public async Task An_invented_link_opens_nothing(string token) => (await Links.ShowAsync(token, default)).Problem?.Code.ShouldBe("link_over");

    [Fact]
    public async Task Each_approver_gets_one_mail_for_a_post_and_stage_however_often_it_is_saved()
    {
        var (team, editor, client) = await TeamAsync();
        var id = await SubmittedAsync(team, editor, "Words");
        for (var save = 0; save < 5; save++) { await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = $"Words {save}" })).ReadAsync(); }
        (await MailsAsync(client.Email)).Count.ShouldBe(1);
    }

    private async Task<(ApprovalTeam Team, TestMember Editor, TestMember Client)> TeamAsync()
    {
        var team = await StartAsync(fixture);
        var (editor, client) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Client));
        await team.PolicyAsync([Stage("Customer", ["client"])]);
        return (team, editor, client);
    }

    private static async Task<string> SubmittedAsync(ApprovalTeam team, TestMember editor, string text)
    {
        var id = await team.DraftAsync(editor.Client, text);
        await (await SubmitAsync(editor.Client, id, DateTimeOffset.UtcNow.AddHours(5))).ReadAsync();
        return id;
    }

    private async Task<IReadOnlyList<string>> MailsAsync(string email) =>
        [.. (await fixture.App.Get<ListMailbox>().RunAsync(Caller.Platform, 100, null, default)).Unwrap().Items.Where(m => m.To == email).OrderByDescending(m => m.CreatedAt).Select(m => m.ActionUrl ?? "")];

    private async Task<string> TokenAsync(string email) => Token().Match((await MailsAsync(email))[0]).Groups[1].Value;

    [GeneratedRegex("/review/([A-Za-z0-9_-]{43})")]
    private static partial Regex Token();
}
