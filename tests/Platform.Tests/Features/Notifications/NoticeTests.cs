using Platform.Coordination;
using Platform.Features.Notifications.Actions;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Notifications;

public sealed class NoticeTests : IAsyncDisposable
{
    private readonly NotificationsHarness _harness = new();

    public ValueTask DisposeAsync() => _harness.DisposeAsync();

    private Caller System => Caller.System(_harness.Organization);

    [Fact]
    public async Task A_notice_exists_once_per_key_and_is_announced()
    {
        var reader = _harness.AddMember(Role.Viewer);
        var heard = 0;
        using var live = _harness.Get<ISignals>().Subscribe(Topics.Live(_harness.Organization), m => { if (m.Contains("\"notification\"")) { heard++; } return Task.CompletedTask; });
        await Parallel.ForAsync(0, 20, async (_, ct) => await _harness.Get<INotices>().RaiseAsync(System, Some("k"), ct));
        await _harness.Get<INotices>().RaiseAsync(System, Some("other"), CancellationToken.None);
        (await ListAsync(reader)).Select(n => n.Title).ShouldBe(["T other", "T k"]);
        await Eventually.TrueAsync(() => heard == 2, "announced twice");
    }

    [Fact]
    public async Task Each_reader_reads_and_puts_away_alone()
    {
        var (ada, grace) = (_harness.AddMember(Role.Owner), _harness.AddMember(Role.Editor));
        foreach (var key in new[] { "a", "b" }) { await _harness.Get<INotices>().RaiseAsync(System, Some(key), CancellationToken.None); }
        var id = (await ListAsync(ada))[0].Id;
        (await _harness.Get<MarkNoticeRead>().RunAsync(ada, id, CancellationToken.None)).Ok.ShouldBeTrue();
        (await CountAsync(ada), await CountAsync(grace)).ShouldBe((1, 2));
        (await _harness.Get<MarkAllNoticesRead>().RunAsync(ada, CancellationToken.None)).Ok.ShouldBeTrue();
        (await CountAsync(ada), await CountAsync(grace)).ShouldBe((0, 2));
        (await _harness.Get<DeleteNotice>().RunAsync(ada, id, CancellationToken.None)).Ok.ShouldBeTrue();
        ((await ListAsync(ada)).Count, (await ListAsync(grace)).Count).ShouldBe((1, 2));
        (await _harness.Get<MarkNoticeRead>().RunAsync(ada, id, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
    }

    [Fact]
    public async Task A_persons_notice_is_for_that_person_and_another_organizations_for_nobody_here()
    {
        var (ada, grace) = (_harness.AddMember(Role.Owner), _harness.AddMember(Role.Editor));
        await _harness.Get<INotices>().RaiseAsync(System, Some("mine") with { UserId = ada.UserId }, CancellationToken.None);
        await _harness.Get<INotices>().RaiseAsync(Caller.System(Ids.New()), Some("theirs"), CancellationToken.None);
        var id = (await ListAsync(ada)).ShouldHaveSingleItem().Id;
        (await ListAsync(grace)).ShouldBeEmpty();
        (await _harness.Get<MarkNoticeRead>().RunAsync(grace, id, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.NotFound);
        (await _harness.Get<ListNotices>().RunAsync(Caller.Anonymous, false, 10, null, CancellationToken.None)).Problem!.Kind.ShouldBe(ProblemKind.Forbidden);
    }

    [Fact]
    public async Task Lists_page_by_cursor_newest_first()
    {
        var ada = _harness.AddMember(Role.Owner);
        foreach (var i in Enumerable.Range(0, 5))
        {
            await _harness.Get<INotices>().RaiseAsync(System, Some($"{i}"), CancellationToken.None);
            _harness.Clock.Advance(TimeSpan.FromSeconds(1));
        }
        var first = (await _harness.Get<ListNotices>().RunAsync(ada, true, 3, null, CancellationToken.None)).Unwrap();
        var second = (await _harness.Get<ListNotices>().RunAsync(ada, true, 3, first.NextCursor, CancellationToken.None)).Unwrap();
        first.Items.Concat(second.Items).Select(n => n.Title).ShouldBe(["T 4", "T 3", "T 2", "T 1", "T 0"]);
    }

    [Theory]
    [InlineData(PublicationState.Failed, "publication_failed")]
    [InlineData(PublicationState.Unconfirmed, "publication_unconfirmed")]
    [InlineData(PublicationState.Missed, "publication_missed")]
    public async Task A_publication_in_trouble_raises_one_notice_with_cause_and_link_however_often_it_is_told(PublicationState to, string kind)
    {
        var ada = _harness.AddMember(Role.Owner);
        var change = Change(to);
        foreach (var _ in Enumerable.Range(0, 3)) { await Observer.OnChangedAsync(change, CancellationToken.None); }
        var notice = (await ListAsync(ada)).ShouldHaveSingleItem();
        (notice.Kind, notice.Url).ShouldBe((kind, $"/posts/{change.PostId}"));
        notice.Message.ShouldBe("The network said no. Shorten the text.");
        (await _harness.MailsAsync()).ShouldHaveSingleItem().To.ShouldBe(_harness.People[ada.UserId!].Email);
    }

    [Theory]
    [InlineData(PublicationState.Published)]
    [InlineData(PublicationState.Held)]
    [InlineData(PublicationState.Scheduled)]
    [InlineData(PublicationState.Cancelled)]
    public async Task What_needs_nobody_raises_nothing(PublicationState to)
    {
        var ada = _harness.AddMember(Role.Owner);
        await Observer.OnChangedAsync(Change(to), CancellationToken.None);
        (await ListAsync(ada)).ShouldBeEmpty();
    }

    [Fact]
    public async Task A_day_of_outage_is_many_notices_and_one_mail_an_hour_for_each_who_can_act()
    {
        var owner = _harness.AddMember(Role.Owner);
        _harness.AddMember(Role.Viewer);
        foreach (var _ in Enumerable.Range(0, 10)) { await Observer.OnChangedAsync(Change(PublicationState.Failed), CancellationToken.None); }
        (await ListAsync(owner)).Count.ShouldBe(10);
        (await _harness.MailsAsync()).ShouldHaveSingleItem();
        _harness.Clock.Advance(TimeSpan.FromHours(1));
        await Observer.OnChangedAsync(Change(PublicationState.Failed), CancellationToken.None);
        var mails = await _harness.MailsAsync();
        mails.Count.ShouldBe(2);
        mails.ShouldAllBe(m => m.To == _harness.People[owner.UserId!].Email);
    }

    private IPublicationObserver Observer => new RaisePublicationNotices(_harness.Get<INotices>());

    private PublicationChanged Change(PublicationState to) => new(
        Ids.New(), _harness.Organization, Ids.New(), Ids.New(), Ids.New(), "sandbox", PublicationState.Publishing, to, _harness.Clock.GetUtcNow(), new PublicationError("rejected", "The network said no.", "Shorten the text."));

    private static Notice Some(string key) => new("agent_finished", $"T {key}", "M", "/agents", key);

    private async Task<IReadOnlyList<NoticeView>> ListAsync(Caller caller) => (await _harness.Get<ListNotices>().RunAsync(caller, false, 100, null, CancellationToken.None)).Unwrap().Items;

    private async Task<long> CountAsync(Caller caller) => (await _harness.Get<CountUnread>().RunAsync(caller, CancellationToken.None)).Unwrap().Count;
}
