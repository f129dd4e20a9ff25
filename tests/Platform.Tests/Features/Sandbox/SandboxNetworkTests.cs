using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Domain;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Tests.Features.Sandbox;

public sealed class SandboxNetworkTests(SandboxRig rig) : IClassFixture<SandboxRig>
{
    [Fact]
    public async Task A_post_appears_on_the_channel_s_public_page_with_its_pictures_parts_and_numbers()
    {
        var channel = await rig.ConnectAsync("Blue Bakery");
        var image = new MediaFile { Id = Ids.New(), ContentType = "image/png", Size = 10, AltText = "Warm bread", PublicUrl = "/media/x.png", OpenAsync = _ => throw new InvalidOperationException() };
        var first = await PublishedAsync(channel, SandboxRig.Request("Fresh bread today") with { Media = [image] });
        await PublishedAsync(channel, SandboxRig.Request("and rolls") with { Root = first, Parent = first });
        var page = (await rig.App.Get<ReadSandboxPage>().RunAsync(channel.Handle, CancellationToken.None)).Unwrap();
        page.DisplayName.ShouldBe("Blue Bakery");
        var post = page.Posts.ShouldHaveSingleItem();
        (post.Text, post.Parts.Single().Text, post.Media.Single().AltText).ShouldBe(("Fresh bread today", "and rolls", "Warm bread"));
        first.Url!.ShouldContain($"/sandbox/{channel.Handle}#{first.Id}");
    }

    [Fact]
    public async Task Two_calls_with_one_key_make_two_posts_unless_safe_repeats_are_on()
    {
        var channel = await rig.ConnectAsync();
        var key = $"{Ids.New()}-0";
        var one = await PublishedAsync(channel, SandboxRig.Request("x", key));
        var two = await PublishedAsync(channel, SandboxRig.Request("x", key));
        two.Id.ShouldNotBe(one.Id);
        await rig.MisbehaveAsync(channel, new SandboxBehavior { SafeRepeat = true });
        (await PublishedAsync(channel, SandboxRig.Request("x", key))).Id.ShouldBe(one.Id);
    }

    [Fact]
    public async Task Every_call_is_logged_on_arrival_with_its_key_and_part_and_acceptance()
    {
        var channel = await rig.ConnectAsync();
        var id = Ids.New();
        await PublishedAsync(channel, SandboxRig.Request("one", $"{id}-0"));
        await rig.MisbehaveAsync(channel, new SandboxBehavior { Fault = SandboxFault.ServerError, Count = 1 });
        await rig.SendAsync(channel, "two", $"{id}-1");
        var calls = await rig.CallsAsync(channel);
        calls.OrderBy(c => c.Part).Select(c => (c.Key, c.Part, Accepted: c.AcceptedAt is not null, c.Status)).ShouldBe([($"{id}-0", 0, true, 201), ($"{id}-1", 1, false, 500)]);
    }

    [Fact]
    public async Task A_closed_gate_sends_nothing()
    {
        var channel = await rig.ConnectAsync();
        (await rig.SendAsync(channel, maySend: () => false)).ShouldBeOfType<PublishOutcome.Withdrawn>();
        (await rig.CallsAsync(channel)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_text_over_the_limit_is_refused_by_the_network_too()
    {
        var channel = await rig.ConnectAsync();
        (await rig.SendAsync(channel, new string('x', 501))).ShouldBeOfType<PublishOutcome.Rejected>().Code.ShouldBe("text_too_long");
    }

    [Fact]
    public async Task A_deleted_post_is_gone_and_deleting_it_again_is_success()
    {
        var channel = await rig.ConnectAsync();
        var request = SandboxRig.Request();
        var post = await PublishedAsync(channel, request);
        (await rig.Network.DeleteAsync(channel, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await rig.Network.DeleteAsync(channel, post, CancellationToken.None)).Ok.ShouldBeTrue();
        (await rig.Network.FindAsync(channel, request, rig.Clock.GetUtcNow(), CancellationToken.None)).ShouldBeOfType<LookupOutcome.Absent>();
    }

    [Fact]
    public async Task A_channel_cannot_touch_the_posts_of_another()
    {
        var (mine, theirs) = (await rig.ConnectAsync(), await rig.ConnectAsync());
        var post = await PublishedAsync(theirs, SandboxRig.Request());
        await rig.Network.DeleteAsync(mine, post, CancellationToken.None);
        (await rig.Network.GetMetricsAsync(mine, [post], CancellationToken.None)).Unwrap().ShouldBeEmpty();
        (await rig.Network.GetMetricsAsync(theirs, [post], CancellationToken.None)).Unwrap().ShouldHaveSingleItem();
    }

    [Fact]
    public async Task Numbers_and_comments_grow_with_age_agree_with_each_other_and_never_shrink()
    {
        var channel = await rig.ConnectAsync("Growing");
        var post = await PublishedAsync(channel, SandboxRig.Request("Our new summer menu is here https://menu.example"));
        PostMetrics? before = null;
        foreach (var hours in new[] { 0, 1, 5, 20, 100 })
        {
            rig.Clock.Advance(TimeSpan.FromHours(hours));
            var now = (await rig.Network.GetMetricsAsync(channel, [post], CancellationToken.None)).Unwrap().Single();
            var replies = (await rig.Network.GetRepliesAsync(channel, post, CancellationToken.None)).Unwrap();
            now.Comments.ShouldBe(replies.Count);
            replies.Select(r => r.CreatedAt).ShouldBeInOrder();
            if (before is not null) { now.Impressions!.Value.ShouldBeGreaterThanOrEqualTo(before.Impressions!.Value); now.Likes!.Value.ShouldBeGreaterThanOrEqualTo(before.Likes!.Value); }
            before = now;
        }
        before!.Impressions!.Value.ShouldBeGreaterThan(0);
        (await rig.Network.GetAccountMetricsAsync(channel, CancellationToken.None)).Unwrap().Followers!.Value.ShouldBeGreaterThan(0);
    }

    [Fact]
    public async Task A_reconnect_keeps_the_posts_and_ends_the_old_token()
    {
        var id = Ids.New();
        var before = await rig.ConnectAsync("Again", id);
        await PublishedAsync(before, SandboxRig.Request());
        var after = await rig.ConnectAsync("Again", id);
        after.Handle.ShouldBe(before.Handle);
        (await rig.SendAsync(before)).ShouldBeOfType<PublishOutcome.NeedsReconnect>();
        (await rig.SendAsync(after)).ShouldBeOfType<PublishOutcome.Published>();
    }

    [Fact]
    public async Task Two_channels_of_one_name_get_two_handles()
    {
        var (one, two) = (await rig.ConnectAsync("Same Name"), await rig.ConnectAsync("Same Name"));
        one.Handle.ShouldBe("same-name");
        two.Handle.ShouldStartWith("same-name-");
    }

    [Fact]
    public async Task Two_organizations_channels_of_one_name_never_share_a_public_page()
    {
        var (one, two) = (await rig.ConnectAsync("Shared Name"), await rig.ConnectAsync("Shared Name", organizationId: Ids.New()));
        two.Handle.ShouldNotBe(one.Handle);
    }

    [Fact]
    public async Task Another_organization_can_neither_see_nor_change_how_a_channel_behaves()
    {
        var channel = await rig.ConnectAsync();
        var stranger = rig.Owner with { Organization = new(Ids.New()) };
        (await rig.App.Get<Misbehave>().ReadAsync(stranger, channel.ChannelId, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await rig.App.Get<Misbehave>().RunAsync(stranger, channel.ChannelId, new(), CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await rig.App.Get<Misbehave>().RunAsync(rig.Owner with { Role = Role.Editor }, channel.ChannelId, new(), CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    private async Task<RemotePost> PublishedAsync(ChannelConnection channel, PublishRequest request) =>
        (await rig.Network.PublishAsync(channel, request, CancellationToken.None)).ShouldBeOfType<PublishOutcome.Published>().Post;
}
