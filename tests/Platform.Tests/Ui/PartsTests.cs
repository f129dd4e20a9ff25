using Bunit;
using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Rendering;
using Microsoft.Extensions.DependencyInjection;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Layouts;
using Platform.Ui.Live;
using Platform.Ui.Parts;

namespace Platform.Tests.Ui;

public sealed class PartsTests : UiContext
{
    [Fact]
    public void A_part_that_breaks_is_left_out_and_the_rest_stays()
    {
        var page = Render(builder =>
        {
            foreach (var part in new[] { typeof(Whole), typeof(BrokenAtOnce), typeof(BrokenByClick) })
            {
                builder.OpenComponent<SafePart>(0);
                builder.SetKey(part);
                builder.AddComponentParameter(1, nameof(SafePart.Component), part);
                builder.CloseComponent();
            }
        });
        page.Markup.ShouldContain("I am whole");
        page.Markup.ShouldNotContain("never seen");
        page.Find("button").Click();
        page.FindAll("button").ShouldBeEmpty();
        page.Markup.ShouldContain("I am whole");
        page.InvokeAsync(page.FindComponents<SafePart>()[2].Instance.Recover);
        page.FindAll("button").Count.ShouldBe(1, "what was recovered is drawn again");
    }

    [Fact]
    public void The_menu_marks_the_open_page_and_follows_the_reader()
    {
        var caller = SignedIn.Caller;
        MenuEntry Entry(int order, string url) => new(MenuArea.Customer, order, "Page " + url, url, "edit", Permission.ContentRead);
        var model = ShellModel.For(MenuArea.Customer, caller, ReaderSettings.Default, [Entry(10, "/"), Entry(20, "/posts") with { Badge = typeof(Whole) }, Entry(30, "/postscript")], [], []);
        var navigation = Services.GetRequiredService<NavigationManager>();
        navigation.NavigateTo("/posts/1?tab=history");
        var side = Render<SideNavigation>(p => p.Add(s => s.Model, model).Add(s => s.Area, MenuArea.Customer));

        side.FindAll("[aria-current=page]").Select(a => a.GetAttribute("href")).ShouldBe(["/posts"]);
        side.Find("a[href='/posts']").TextContent.ShouldContain("I am whole");
        navigation.NavigateTo("/?at=1");
        side.FindAll("a.active").Select(a => a.GetAttribute("href")).ShouldBe(["/"]);
        navigation.NavigateTo("/POSTSCRIPT#end");
        side.FindAll("a.active").Select(a => a.GetAttribute("href")).ShouldBe(["/postscript"]);
    }

    [Fact]
    public void A_chart_shows_its_numbers_when_they_are_asked_for()
    {
        var chart = Render<BarChart>(p => p.Add(c => c.Label, "Posts").Add(c => c.Points, [new("Mon", 2), new("Tue", null)]));

        chart.FindAll("path").Select(bar => (bar.GetAttribute("class"), bar.TextContent)).ShouldBe([(null, "Mon: 2"), ("none", "Tue: No data")]);
        chart.FindAll("table").ShouldBeEmpty();
        chart.Find("details").TriggerEvent("ontoggle", EventArgs.Empty);
        chart.FindAll("tr").Select(row => row.TextContent).ShouldBe(["Mon2", "TueNo data"]);
    }

    private sealed class Whole : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "I am whole");
    }

    private sealed class BrokenAtOnce : ComponentBase
    {
        protected override void OnInitialized() => throw new InvalidOperationException("broken at once");

        protected override void BuildRenderTree(RenderTreeBuilder builder) => builder.AddContent(0, "never seen");
    }

    private sealed class BrokenByClick : ComponentBase
    {
        protected override void BuildRenderTree(RenderTreeBuilder builder)
        {
            builder.OpenElement(0, "button");
            builder.AddAttribute(1, "onclick", EventCallback.Factory.Create(this, () => throw new InvalidOperationException("broken by a click")));
            builder.CloseElement();
        }
    }

    [Fact]
    public void A_state_view_shows_a_skeleton_with_its_reason_while_the_action_runs() =>
        View(null).Find("[aria-busy=true]").TextContent.ShouldContain("Reading posts");

    [Fact]
    public void A_state_view_shows_the_problem_and_tries_again_when_asked()
    {
        var retried = 0;
        var view = View(new Problem(ProblemKind.UpstreamFailed, "down", "Mastodon did not answer."), () => retried++);

        view.Find("[role=alert]").TextContent.ShouldContain("Mastodon did not answer.");
        view.Find("button").Click();

        retried.ShouldBe(1);
    }

    [Fact]
    public void A_state_view_shows_what_an_empty_list_is_for() => View("").Markup.ShouldContain("nothing yet");

    [Fact]
    public void A_state_view_shows_the_value() => View("three posts").Markup.ShouldContain("three posts");

    [Fact]
    public void No_data_is_said_in_words_and_is_not_zero()
    {
        Stat(null).Markup.ShouldContain("No data");
        Stat(null).Markup.ShouldNotContain("stat-value\">0");
        Stat(0).Find(".stat-value").TextContent.Trim().ShouldBe("0");
    }

    [Fact]
    public void A_time_says_the_distance_and_keeps_the_exact_moment_with_its_zone_in_the_tooltip()
    {
        var text = Render<TimeText>(p => p.Add(t => t.At, Clock.GetUtcNow().AddHours(3)).Add(t => t.Zone, "Europe/Berlin")).Find("time");

        text.TextContent.ShouldBe("in 3 hours");
        text.GetAttribute("title")!.ShouldContain("UTC+1 (Europe/Berlin)");
        text.GetAttribute("datetime").ShouldBe("2026-11-22T11:00:00Z");
    }

    [Fact]
    public void A_time_is_shown_in_the_organizations_zone()
    {
        var text = Render<TimeText>(p => p.AddCascadingValue(ReaderSettings.For("Asia/Kolkata")).Add(t => t.At, new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero)).Add(t => t.Style, TimeStyle.Exact));

        text.Markup.ShouldContain("UTC+5:30");
        text.Markup.ShouldContain("1:30");
    }

    [Fact]
    public void A_field_ties_its_control_to_label_hint_and_error()
    {
        var field = Render<Field>(p => p.Add(f => f.Label, "E-mail").Add(f => f.Hint, "Yours").Add(f => f.Error, "Not an address").Add(f => f.ChildContent, control => builder =>
        {
            builder.OpenElement(0, "input");
            builder.AddMultipleAttributes(1, control.Attributes!);
            builder.CloseElement();
        }));
        var input = field.Find("input");

        field.Find("label").GetAttribute("for").ShouldBe(input.Id);
        input.GetAttribute("aria-invalid").ShouldBe("true");
        input.GetAttribute("aria-describedby")!.Split(' ').ShouldAllBe(id => field.Find($"#{id}") != null);
    }

    [Fact]
    public void A_confirmation_waits_for_the_typed_word_and_stays_open_on_a_problem()
    {
        var asked = 0;
        var dialog = Render<ConfirmByTyping>(p => p.Add(c => c.Title, "Remove?").Add(c => c.Word, "sunrise").Add(c => c.ActionText, "Remove channel").AddChildContent("3 posts wait")
            .Add(c => c.OnConfirm, () => { asked++; return Task.FromResult<Problem?>(Problem.Conflict("busy", "One post is being sent.")); }));
        dialog.InvokeAsync(dialog.Instance.ShowAsync);

        dialog.Find(".danger").HasAttribute("disabled").ShouldBeTrue();
        dialog.Find("input").Input("Sunrise ");
        dialog.Find(".danger").Click();

        asked.ShouldBe(1);
        dialog.Find("[role=alert]").TextContent.ShouldContain("One post is being sent.");
    }

    [Fact]
    public void A_toast_goes_after_ten_seconds_and_stays_while_the_pointer_is_on_it()
    {
        var (host, toasts) = (Render<ToastHost>(), Services.GetRequiredService<Toasts>());
        toasts.Say("Saved");
        Clock.Advance(TimeSpan.FromSeconds(9));
        host.Find(".toast").MouseEnter();
        Clock.Advance(TimeSpan.FromMinutes(1));
        host.FindAll(".toast").Count.ShouldBe(1);
        host.Find(".toast").MouseLeave();
        Clock.Advance(TimeSpan.FromSeconds(10));

        host.WaitForAssertion(() => host.FindAll(".toast").ShouldBeEmpty());
    }

    [Fact]
    public void Undo_takes_it_back_once()
    {
        var (host, toasts, undone) = (Render<ToastHost>(), Services.GetRequiredService<Toasts>(), 0);
        toasts.OfferUndo("Moved", () => { undone++; return Task.CompletedTask; });

        host.Find(".undo").Click();

        undone.ShouldBe(1);
        host.FindAll(".toast").ShouldBeEmpty();
    }

    [Fact]
    public void Tabs_keep_the_rest_of_the_address_and_mark_the_chosen_one()
    {
        Services.GetRequiredService<Microsoft.AspNetCore.Components.NavigationManager>().NavigateTo("/posts?q=bread");
        var tabs = Render<Tabs>(p => p.Add(t => t.Label, "Kind").Add(t => t.Current, "drafts").Add(t => t.Items, [new Tab("", "All"), new Tab("drafts", "Drafts")]));

        tabs.FindAll("a")[0].GetAttribute("href")!.ShouldEndWith("/posts?q=bread");
        tabs.Find("[aria-current=page]").TextContent.Trim().ShouldBe("Drafts");
        tabs.Find("[aria-current=page]").GetAttribute("href")!.ShouldEndWith("/posts?q=bread&tab=drafts");
    }

    [Fact]
    public void A_table_names_the_column_in_every_cell_so_that_a_row_can_be_a_card()
    {
        var table = Render<DataTable<string>>(p => p.Add(t => t.Label, "Names").Add(t => t.Items, ["Anna", "Ben"]).Add(t => t.Key, n => n).Add(t => t.Columns, builder =>
        {
            builder.OpenComponent<Column<string>>(0);
            builder.AddComponentParameter(1, "Title", "Name");
            builder.AddComponentParameter(2, "ChildContent", (Microsoft.AspNetCore.Components.RenderFragment<string>)(n => b => b.AddContent(0, n)));
            builder.CloseComponent();
        }));

        table.FindAll("tbody td").Select(c => (c.GetAttribute("data-label"), c.TextContent)).ShouldBe([("Name", "Anna"), ("Name", "Ben")]);
    }

    [Fact]
    public void A_menu_shows_only_what_the_caller_may_open()
    {
        var viewer = SignedIn.Caller with { Role = Role.Viewer };
        MenuEntry[] menu = [new(MenuArea.Customer, 20, "Channels", "/channels", "hub", Permission.ChannelsManage), new(MenuArea.Customer, 10, "Posts", "/posts", "article", Permission.ContentRead), new(MenuArea.Staff, 10, "Jobs", "/admin/jobs", "work", Permission.StaffJobsRead)];

        ShellModel.For(MenuArea.Customer, viewer, ReaderSettings.Default, menu, [], []).Menu.Select(m => m.Text).ShouldBe(["Posts"]);
        ShellModel.For(MenuArea.Customer, SignedIn.Caller, ReaderSettings.Default, menu, [], []).Menu.Select(m => m.Text).ShouldBe(["Posts", "Channels"]);
    }

    [Fact]
    public async Task A_burst_of_changes_is_told_once_and_a_page_that_left_hears_nothing()
    {
        var told = new List<IReadOnlyCollection<LiveChange>>();
        var updates = Render<LiveUpdates>(p => p.Add(u => u.Kinds, ["post-status"]).Add(u => u.OnChange, told.Add));
        updates.WaitForAssertion(() => Live.Subscribers.ShouldBe(1));

        var first = Live.SendAsync(new LiveChange("post-status", "1"));
        await Live.SendAsync(new LiveChange("post-status", "2"));
        await Live.SendAsync(new LiveChange("post-status", "2"));
        await Live.SendAsync(new LiveChange("inbox", "9"));
        Clock.Advance(TimeSpan.FromSeconds(1));
        await first;

        told.ShouldHaveSingleItem().Select(c => c.Id).ShouldBe(["1", "2"]);
        await DisposeComponentsAsync();
        Live.Subscribers.ShouldBe(0);
    }

    private IRenderedComponent<StateView<string>> View(Result<string>? value, Action? retry = null) => Render<StateView<string>>(p => p
        .Add(v => v.Value, value).Add(v => v.Reason, "Reading posts").Add(v => v.IsEmpty, s => s.Length == 0).Add(v => v.Empty, "nothing yet").Add(v => v.OnRetry, () => retry?.Invoke())
        .Add(v => v.ChildContent, s => b => b.AddContent(0, s)));

    private IRenderedComponent<NumberStat> Stat(double? value) => Render<NumberStat>(p => p.Add(s => s.Label, "Posts").Add(s => s.Value, value).Add(s => s.Period, "last 7 days"));
}
