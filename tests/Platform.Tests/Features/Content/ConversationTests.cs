using System.Net;
using System.Net.Http.Json;
using Platform.Features.Content.Domain;
using Platform.Features.Content.Store;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using static Platform.Tests.Features.Content.ContentFixture;

namespace Platform.Tests.Features.Content;

/// <summary>Comments, versions and their comparison.</summary>
public sealed class ConversationTests(ContentFixture fixture) : IClassFixture<ContentFixture>
{
    [Fact]
    public async Task Comments_are_changed_and_deleted_by_their_author_alone_and_tell_whom_they_name()
    {
        var team = await ApprovalTeam.StartAsync(fixture);
        var (editor, manager, viewer) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager), await team.MemberAsync(Role.Viewer));
        var id = await team.DraftAsync(editor.Client, "Talk about me");
        var said = await (await editor.Client.PostAsJsonAsync($"{Root}/{id}/comments", new { text = "Look, @Manager", mentions = new[] { manager.Id } })).ReadAsync();
        var notices = (await (await manager.Client.GetAsync("/api/v1/notifications")).ReadAsync()).GetProperty("items").EnumerateArray().Select(n => Text(n, "title"));
        notices.ShouldContain(title => title.Contains("mentioned you"));
        (await manager.Client.PutAsJsonAsync($"{Root}/{id}/comments/{Id(said)}", new { text = "mine now" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await manager.Client.DeleteAsync($"{Root}/{id}/comments/{Id(said)}")).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        (await viewer.Client.PostAsJsonAsync($"{Root}/{id}/comments", new { text = "I only look" })).StatusCode.ShouldBe(HttpStatusCode.Forbidden);
        Text(await (await editor.Client.PutAsJsonAsync($"{Root}/{id}/comments/{Id(said)}", new { text = "Look again" })).ReadAsync(), "text").ShouldBe("Look again");
        (await editor.Client.DeleteAsync($"{Root}/{id}/comments/{Id(said)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        var left = (await (await viewer.Client.GetAsync($"{Root}/{id}/comments")).ReadAsync()).GetProperty("items")[0];
        (Text(left, "text"), left.GetProperty("deleted").GetBoolean()).ShouldBe(("", true));
        (await (await editor.Client.PostAsJsonAsync($"{Root}/{id}/comments", new { text = " " })).ProblemAsync()).ShouldBe("comment_empty");
        (await (await editor.Client.PostAsJsonAsync($"{Root}/{id}/comments", new { text = "x", mentions = new[] { Platform.Primitives.Ids.New() } })).ProblemAsync()).ShouldBe("unknown_member");
        var stranger = await fixture.App.SignUpAsync();
        (await stranger.Client.GetAsync($"{Root}/{id}/comments")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Every_save_keeps_a_version_those_of_one_author_within_minutes_are_one_and_any_can_come_back()
    {
        var team = await ApprovalTeam.StartAsync(fixture);
        var (editor, manager) = (await team.MemberAsync(Role.Editor), await team.MemberAsync(Role.Manager));
        var id = await team.DraftAsync(editor.Client, "The quick brown fox");
        for (var save = 0; save < 3; save++) { await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = $"The quick brown dog {save}" })).ReadAsync(); }
        await (await manager.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "The quick red dog 2" })).ReadAsync();
        var versions = (await (await editor.Client.GetAsync($"{Root}/{id}/versions")).ReadAsync()).GetProperty("items");
        versions.EnumerateArray().Select(v => v.GetProperty("number").GetInt64()).ShouldBe([5, 4]);
        var shown = await (await editor.Client.GetAsync($"{Root}/{id}/versions/5")).ReadAsync();
        shown.GetProperty("changes")[0].GetProperty("pieces").EnumerateArray().Select(p => (Text(p, "kind"), Text(p, "text")))
            .ShouldBe([("same", "The quick "), ("removed", "brown"), ("added", "red"), ("same", " dog 2")]);
        var back = await (await editor.Client.PostAsJsonAsync($"{Root}/{id}/versions/4/restore", new { })).ReadAsync();
        (Text(back, "text"), back.GetProperty("version").GetInt64()).ShouldBe(("The quick brown dog 2", 6));
        (await editor.Client.GetAsync($"{Root}/{id}/versions/99")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task What_was_submitted_stays_a_version_and_a_post_keeps_at_most_a_hundred()
    {
        var team = await ApprovalTeam.StartAsync(fixture);
        var editor = await team.MemberAsync(Role.Editor);
        var id = await team.DraftAsync(editor.Client, "Submitted words");
        await (await ApprovalTeam.SubmitAsync(editor.Client, id)).ReadAsync();
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "Later words" })).ReadAsync();
        var versions = (await (await editor.Client.GetAsync($"{Root}/{id}/versions")).ReadAsync()).GetProperty("items");
        versions.EnumerateArray().Select(v => (v.GetProperty("number").GetInt64(), v.GetProperty("submitted").GetBoolean())).ShouldBe([(2, false), (1, true)]);
        var store = fixture.App.Get<IDocumentStore>().For<PostVersion>(team.Owner.Caller);
        var first = (await store.FindAsync(new() { Filter = v => v.PostId == id, Limit = 10 }, default)).Items.First(v => v.Number == 1);
        for (var n = 0; n < PostVersionStore.Most; n++) { await store.InsertAsync(first with { Id = Platform.Primitives.Ids.New(), Version = 0, Number = 1000 + n, Pinned = true }, default); }
        await (await editor.Client.PutAsJsonAsync($"{Root}/{id}", new { text = "One more" })).ReadAsync();
        (await store.CountAsync(v => v.PostId == id, default)).ShouldBeLessThanOrEqualTo(PostVersionStore.Most + 2);
    }

    [Theory]
    [InlineData("", "", "")]
    [InlineData("a b", "a b", "=a b")]
    [InlineData("", "new", "+new")]
    [InlineData("old", "", "-old")]
    [InlineData("one two three", "one 2 three", "=one |-two|+2|= three")]
    [InlineData("say hello world", "say goodbye moon", "=say |-hello|+goodbye|= |-world|+moon")]
    [InlineData("Grüße 👋 an alle", "Grüße 👍 an alle", "=Grüße |-👋|+👍|= an alle")]
    public void Texts_are_compared_word_by_word(string before, string after, string expected) =>
        string.Join('|', TextDiff.Of(before, after).Select(p => (p.Kind switch { DiffKind.Added => "+", DiffKind.Removed => "-", _ => "=" }) + p.Text)).ShouldBe(expected);

    [Fact]
    public void Whatever_is_compared_the_pieces_make_up_both_texts()
    {
        for (var seed = 0; seed < 300; seed++)
        {
            var random = new Random(seed);
            var (before, after) = (Words(random), Words(random));
            var pieces = TextDiff.Of(before, after);
            string.Concat(pieces.Where(p => p.Kind != DiffKind.Added).Select(p => p.Text)).ShouldBe(before);
            string.Concat(pieces.Where(p => p.Kind != DiffKind.Removed).Select(p => p.Text)).ShouldBe(after);
        }
    }

    private static string Words(Random random) => string.Concat(Enumerable.Range(0, random.Next(0, 40)).Select(_ => ((string[])["a", "bb", " ", "\n", "👋", "#tag", "."])[random.Next(7)]));
}
