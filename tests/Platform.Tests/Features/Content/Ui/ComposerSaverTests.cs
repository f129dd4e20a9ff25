using NSubstitute;
using Platform.Features.Content.Contracts;
using Platform.Features.Content.Ui;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Content.Ui;

public sealed class ComposerSaverTests
{
    private readonly FakeClock _clock = new();
    private readonly IPosts _posts = Substitute.For<IPosts>();
    private readonly ComposerDraft _draft = new();
    private readonly Caller _caller = Caller.System(Ids.New());

    [Fact]
    public async Task A_change_is_saved_after_a_pause_in_typing_and_not_before()
    {
        Creating(1);
        await using var saver = Saver();
        Write(saver, "a");
        _clock.Advance(ComposerSaver.Pause / 2);
        Write(saver, "ab");
        _clock.Advance(ComposerSaver.Pause / 2);
        await _posts.DidNotReceiveWithAnyArgs().CreateAsync(default!, default!, default);
        _clock.Advance(ComposerSaver.Pause);
        await Eventually.TrueAsync(() => saver.State == SaveState.Saved, "the draft was saved");
        await _posts.Received(1).CreateAsync(_caller, Arg.Is<NewPost>(p => p.Text == "ab"), Arg.Any<CancellationToken>());
        saver.IsBehind.ShouldBeFalse();
    }

    [Fact]
    public async Task The_second_save_rewrites_the_post_of_the_first_with_its_version()
    {
        Creating(7);
        _posts.UpdateAsync(default!, default!, default!, default, default).ReturnsForAnyArgs((Result<PostView>)Stored(8));
        await using var saver = Saver();
        Write(saver, "one");
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeTrue();
        Write(saver, "two");
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeTrue();
        await _posts.Received(1).UpdateAsync(_caller, "p", Arg.Is<NewPost>(p => p.Text == "two"), 7, Arg.Any<CancellationToken>());
        _draft.Version.ShouldBe(8);
    }

    [Fact]
    public async Task A_change_by_somebody_else_stops_saving_and_loses_nothing_until_a_person_decides()
    {
        Creating(1);
        _posts.UpdateAsync(default!, default!, default!, 1, default).ReturnsForAnyArgs((Result<PostView>)Problem.Conflict("version_mismatch", "Mats changed it."), (Result<PostView>)Stored(6));
        await using var saver = Saver();
        Write(saver, "one");
        await saver.SaveAsync(CancellationToken.None);
        Write(saver, "mine");
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeFalse();
        saver.State.ShouldBe(SaveState.Conflict);
        Write(saver, "mine, and more");
        saver.State.ShouldBe(SaveState.Conflict);
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeFalse();
        _draft.Parts[0].Text.ShouldBe("mine, and more");

        (await saver.KeepMineAsync(Stored(5), CancellationToken.None)).ShouldBeTrue();
        await _posts.Received(1).UpdateAsync(_caller, "p", Arg.Is<NewPost>(p => p.Text == "mine, and more"), 5, Arg.Any<CancellationToken>());
        saver.State.ShouldBe(SaveState.Saved);
    }

    [Fact]
    public async Task What_is_typed_while_a_save_is_on_its_way_is_still_behind_after_it()
    {
        var answer = new TaskCompletionSource<Result<PostView>>();
        _posts.CreateAsync(default!, default!, default).ReturnsForAnyArgs(answer.Task);
        await using var saver = Saver();
        Write(saver, "one");
        var save = saver.SaveAsync(CancellationToken.None);
        Write(saver, "one and two");
        answer.SetResult(Stored(1));
        await save;
        saver.IsBehind.ShouldBeTrue();
        saver.State.ShouldBe(SaveState.Waiting);
    }

    [Fact]
    public async Task A_failed_save_says_why_and_is_tried_again_with_the_next_change()
    {
        _posts.CreateAsync(default!, default!, default).ReturnsForAnyArgs((Result<PostView>)new Problem(ProblemKind.LimitReached, "limit_reached", "Too many."), (Result<PostView>)Stored(1));
        await using var saver = Saver();
        Write(saver, "one");
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeFalse();
        (saver.State, saver.Problem?.Code).ShouldBe((SaveState.Failed, "limit_reached"));
        Write(saver, "two");
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeTrue();
        saver.Problem.ShouldBeNull();
    }

    [Fact]
    public async Task A_blank_draft_is_never_stored()
    {
        await using var saver = Saver();
        _draft.Toggle("c");
        saver.Touch();
        (await saver.SaveAsync(CancellationToken.None)).ShouldBeTrue();
        await _posts.DidNotReceiveWithAnyArgs().CreateAsync(default!, default!, default);
    }

    [Fact]
    public void A_channel_that_is_left_out_takes_its_own_text_with_it()
    {
        _draft.Toggle("c");
        _draft.SetVariant("c", "only here");
        _draft.TextFor("c").ShouldBe("only here");
        _draft.Toggle("c");
        _draft.Toggle("c");
        _draft.TextFor("c").ShouldBe("");
    }

    [Fact]
    public void A_loaded_post_is_saved_as_it_was()
    {
        var media = new MediaView("m", "a.png", "image/png", 1, 1, 1, "alt", "/media/m", default);
        var post = Stored(3) with
        {
            Text = "first", ChannelIds = ["c"], Variants = new Dictionary<string, PostVariant> { ["c"] = new("own") },
            Parts = [new("second", ["m"])], MediaIds = ["m"], Labels = ["x"], CampaignId = "k",
        };
        _draft.Load(post, new Dictionary<string, MediaView> { ["m"] = media });
        var saved = _draft.ToPost();
        (saved.Text, saved.CampaignId).ShouldBe(("first", "k"));
        saved.ChannelIds.ShouldBe(["c"]);
        saved.Variants!["c"].Text.ShouldBe("own");
        saved.Parts!.Single().MediaIds.ShouldBe(["m"]);
        saved.Labels.ShouldBe(["x"]);
    }

    private ComposerSaver Saver() => new(_posts, _draft, _clock, () => Task.FromResult(_caller), () => Task.CompletedTask);

    private void Write(ComposerSaver saver, string text)
    {
        _draft.Parts[0].Text = text;
        _draft.Touch();
        saver.Touch();
    }

    private void Creating(long version) => _posts.CreateAsync(default!, default!, default).ReturnsForAnyArgs((Result<PostView>)Stored(version));

    private static PostView Stored(long version) => new()
    {
        Id = "p", Version = version, State = PublicationState.Draft, Text = "", ChannelIds = [], CreatedBy = "u", CreatedAt = default, UpdatedAt = default,
    };
}
