using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Features.Analytics.Actions;
using Platform.Features.Analytics.Contracts;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.Features.Sandbox;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Analytics;

/// <summary>Collecting on the real store and the real practice network; publishing and channels are stood in for at their doors.</summary>
public sealed class CollectNumbersTests : IAsyncLifetime
{
    private readonly SandboxRig _rig = new();
    private readonly IPublishing _publishing = Substitute.For<IPublishing>();
    private readonly IChannels _channels = Substitute.For<IChannels>();
    private ChannelConnection _channel = null!;

    private IAnalytics Analytics => _rig.App.Get<IAnalytics>();

    private DateOnly Today => DateOnly.FromDateTime(_rig.Clock.GetUtcNow().UtcDateTime);

    public async ValueTask InitializeAsync()
    {
        // The app's own recurring job would read too, whenever the clock comes by its time: here only the test reads.
        await _rig.InitializeAsync(app => app.With("Jobs:Enabled", "false").With(services =>
        {
            services.Replace(ServiceDescriptor.Singleton(_publishing)).Replace(ServiceDescriptor.Singleton(_channels));
        }));
        _channel = await _rig.ConnectAsync("Numbers");
        Open(ChannelStatus.Active, _rig.Network);
        _channels.ListAsync(Arg.Any<Caller>(), Arg.Any<CancellationToken>()).Returns([View()]);
        _channels.GetAsync(Arg.Any<Caller>(), _channel.ChannelId, Arg.Any<CancellationToken>()).Returns((Result<ChannelView>)View());
    }

    public ValueTask DisposeAsync() => _rig.DisposeAsync();

    [Fact]
    public async Task What_goes_out_is_read_on_the_clock_and_its_days_add_up_to_its_numbers()
    {
        var (postId, publicationId) = await PublishAsync("Fresh bread every morning");
        await CollectAsync();
        for (var hour = 0; hour < 60; hour += 3) { _rig.Clock.Advance(TimeSpan.FromHours(3)); await CollectAsync(); }
        var latest = (await Analytics.LatestAsync(_rig.Owner, [publicationId], CancellationToken.None)).ShouldHaveSingleItem();
        latest.Numbers.Impressions!.Value.ShouldBeGreaterThan(0);
        latest.CollectedAt.ShouldBe(_rig.Clock.GetUtcNow());
        var period = new AnalyticsPeriod(Today.AddDays(-6), Today);
        var days = (await Analytics.SeriesAsync(_rig.Owner, period, CancellationToken.None)).Unwrap();
        days.Count.ShouldBe(7);
        days.Count(d => d.Gained.Impressions is not null).ShouldBeGreaterThanOrEqualTo(3);
        days[0].Gained.ShouldBe(Numbers.None);
        days.Sum(d => d.Gained.Impressions ?? 0).ShouldBe(latest.Numbers.Impressions!.Value);
        var totals = (await Analytics.TotalsAsync(_rig.Owner, period, CancellationToken.None)).Unwrap();
        totals.Current.ShouldBe(latest.Numbers);
        (totals.Published, totals.PublishedBefore, totals.Previous).ShouldBe((1L, 0L, Numbers.None));
        (await Analytics.RepliesAsync(_rig.Owner, postId, CancellationToken.None)).Count.ShouldBe((int)latest.Numbers.Comments!.Value);
    }

    [Fact]
    public async Task Reading_again_before_the_time_reads_nothing()
    {
        await PublishAsync("Once");
        (await _rig.App.Get<CollectNumbers>().RunAsync(CancellationToken.None)).ShouldBe(1);
        (await _rig.App.Get<CollectNumbers>().RunAsync(CancellationToken.None)).ShouldBe(0);
        _rig.Clock.Advance(TimeSpan.FromMinutes(16));
        (await _rig.App.Get<CollectNumbers>().RunAsync(CancellationToken.None)).ShouldBe(1);
    }

    [Fact]
    public async Task An_event_told_twice_tracks_once()
    {
        var (postId, _) = await PublishAsync("Twice");
        await Analytics.TrackAsync(Caller.System(_channel.OrganizationId), postId, CancellationToken.None);
        (await Analytics.OfPostAsync(_rig.Owner, postId, CancellationToken.None)).Count.ShouldBe(1);
    }

    [Fact]
    public async Task A_post_that_is_gone_keeps_its_numbers_and_says_so()
    {
        var (postId, _) = await PublishAsync("Short life");
        _rig.Clock.Advance(TimeSpan.FromHours(5));
        await CollectAsync();
        var before = (await Analytics.OfPostAsync(_rig.Owner, postId, CancellationToken.None)).Single();
        var post = (await _publishing.OfPostsAsync(_rig.Owner, [postId], CancellationToken.None))[postId][0].Remote[0];
        await _rig.Network.DeleteAsync(_channel, post, CancellationToken.None);
        _rig.Clock.Advance(TimeSpan.FromHours(1));
        await CollectAsync();
        var after = (await Analytics.OfPostAsync(_rig.Owner, postId, CancellationToken.None)).Single();
        (after.Gone, after.Numbers).ShouldBe((true, before.Numbers));
    }

    [Fact]
    public async Task A_network_that_fails_leaves_no_data_rather_than_zero_and_is_read_again()
    {
        var broken = Substitute.For<ISocialNetwork>();
        broken.Descriptor.Returns(_rig.Network.Descriptor);
        broken.GetMetricsAsync(Arg.Any<ChannelConnection>(), Arg.Any<IReadOnlyList<RemotePost>>(), Arg.Any<CancellationToken>())
            .Returns(new Problem(ProblemKind.UpstreamFailed, "auth_expired", "The session has ended."));
        Open(ChannelStatus.Active, broken);
        var (postId, _) = await PublishAsync("Unlucky");
        await CollectAsync();
        var numbers = (await Analytics.OfPostAsync(_rig.Owner, postId, CancellationToken.None)).Single();
        (numbers.Numbers, numbers.CollectedAt, numbers.Note).ShouldBe((Numbers.None, null, "The session has ended."));
        await _channels.Received(1).RefreshAsync(_channel.OrganizationId, _channel.ChannelId, _channel.Secrets.AccessToken, Arg.Any<CancellationToken>());
        Open(ChannelStatus.Active, _rig.Network);
        _rig.Clock.Advance(TimeSpan.FromMinutes(16));
        await CollectAsync();
        (await Analytics.OfPostAsync(_rig.Owner, postId, CancellationToken.None)).Single().Numbers.Likes.ShouldNotBeNull();
    }

    [Fact]
    public async Task Followers_are_one_number_a_day_and_no_data_where_none_was_read()
    {
        (await Analytics.TotalsAsync(_rig.Owner, new(Today, Today), CancellationToken.None)).Unwrap().Followers.ShouldBeNull();
        var collect = _rig.App.Get<CollectFollowers>();
        await collect.OrganizationAsync(_channel.OrganizationId, CancellationToken.None);
        await collect.OrganizationAsync(_channel.OrganizationId, CancellationToken.None);
        var channel = (await _rig.App.Get<ReadAnalytics>().ChannelAsync(_rig.Owner, _channel.ChannelId, 7, CancellationToken.None)).Unwrap();
        var day = channel.Account.ShouldHaveSingleItem();
        (day.Day, channel.Totals.Followers).ShouldBe((Today, day.Followers));
    }

    [Fact]
    public async Task Another_organization_and_an_outside_approver_see_nothing()
    {
        var (postId, publicationId) = await PublishAsync("Private numbers");
        await CollectAsync();
        var stranger = _rig.Owner with { Organization = new(Ids.New()) };
        (await Analytics.LatestAsync(stranger, [publicationId], CancellationToken.None)).ShouldBeEmpty();
        (await Analytics.RepliesAsync(stranger, postId, CancellationToken.None)).ShouldBeEmpty();
        var client = _rig.Owner with { Role = Role.Client };
        (await Analytics.OfPostAsync(client, postId, CancellationToken.None)).ShouldBeEmpty();
        (await Analytics.TotalsAsync(client, new(Today, Today), CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    private Task<int> CollectAsync() => _rig.App.Get<CollectNumbers>().RunAsync(CancellationToken.None);

    private void Open(ChannelStatus status, ISocialNetwork network) =>
        _channels.OpenAsync(_channel.OrganizationId, _channel.ChannelId, Arg.Any<CancellationToken>()).Returns(new OpenChannel(status, network, _channel));

    private ChannelView View() => new() { Id = _channel.ChannelId, Network = "sandbox", Handle = _channel.Handle, DisplayName = "Numbers", Status = ChannelStatus.Active, Limits = _channel.Limits };

    private async Task<(string PostId, string PublicationId)> PublishAsync(string text)
    {
        var post = (await _rig.SendAsync(_channel, text)).ShouldBeOfType<PublishOutcome.Published>().Post;
        var (postId, publicationId, now) = (Ids.New(), Ids.New(), _rig.Clock.GetUtcNow());
        var publication = new PublicationView
        {
            Id = publicationId, Version = 1, PostId = postId, ChannelId = _channel.ChannelId, Network = "sandbox", State = PublicationState.Published,
            Content = new PublicationContent { Parts = [new PublicationPart(text, [])] }, PublishedAt = now, Remote = [post],
        };
        _publishing.OfPostsAsync(Arg.Any<Caller>(), Arg.Is<IReadOnlyCollection<string>>(ids => ids.Contains(postId)), Arg.Any<CancellationToken>())
            .Returns(new Dictionary<string, IReadOnlyList<PublicationView>> { [postId] = [publication] });
        await _rig.App.Get<TrackPublications>().OnChangedAsync(
            new PublicationChanged(Ids.New(), _channel.OrganizationId, publicationId, postId, _channel.ChannelId, "sandbox", PublicationState.Publishing, PublicationState.Published, now, null), CancellationToken.None);
        return (postId, publicationId);
    }
}
