using Bunit;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Notifications.Actions;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Notifications.Ui;
using Platform.Tenancy;
using Platform.Tests.Ui;
using Platform.Ui.Live;

namespace Platform.Tests.Features.Notifications;

public sealed class NoticePagesTests : UiContext
{
    private readonly NotificationsHarness _harness = new();
    private readonly Caller _ada;

    public NoticePagesTests()
    {
        _ada = _harness.AddMember(Role.Owner);
        Services.AddSingleton(_harness.Get<CountUnread>()).AddSingleton(_harness.Get<ListNotices>()).AddSingleton(_harness.Get<NoticeCommands>());
    }

    protected override async ValueTask DisposeAsyncCore()
    {
        await base.DisposeAsyncCore();
        await _harness.DisposeAsync();
    }

    [Fact]
    public async Task The_bell_counts_and_follows_live()
    {
        SignedIn.Caller = _ada;
        await RaiseAsync("one");
        var bell = Render<NoticeBell>();
        bell.WaitForAssertion(() => bell.Find("a").GetAttribute("aria-label").ShouldBe("Notifications, 1 unread"));
        await RaiseAsync("two");
        var told = Live.SendAsync(new LiveChange("notification", ""));
        Clock.Advance(TimeSpan.FromSeconds(1)); // what comes in a burst is told once
        await told;
        bell.WaitForAssertion(() => bell.Find("a").GetAttribute("aria-label").ShouldBe("Notifications, 2 unread"));
    }

    [Fact]
    public void Nobody_signed_in_has_no_bell()
    {
        SignedIn.Caller = Caller.Anonymous;
        Render<NoticeBell>().Markup.Trim().ShouldBeEmpty();
    }

    [Fact]
    public async Task The_page_shows_reads_and_puts_away()
    {
        SignedIn.Caller = _ada;
        await RaiseAsync("<b>one</b>");
        var page = Render<NotificationsPage>();
        page.WaitForAssertion(() => page.Find("li strong").TextContent.ShouldBe("<b>one</b>"));
        page.FindAll("li button").First(b => b.TextContent == "Mark as read").Click();
        page.WaitForAssertion(() => page.Markup.ShouldContain("Nothing new"));
    }

    private Task RaiseAsync(string title) => _harness.Get<INotices>().RaiseAsync(Caller.System(_harness.Organization), new Notice("agent_finished", title, "M", "/agents", title), CancellationToken.None);
}
