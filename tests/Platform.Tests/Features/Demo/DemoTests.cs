using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Analytics.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Features.Demo.Actions;
using Platform.Features.Demo.Domain;
using Platform.Features.Media.Domain;
using Platform.Features.Publishing.Contracts;
using Platform.Features.Sandbox.Actions;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Demo;

public sealed class DemoTests
{
    [Fact]
    public async Task The_demo_can_be_signed_in_to_and_shows_every_state_of_a_post()
    {
        var terminal = new Terminal();
        using var app = Start(terminal);
        using var client = app.CreateClient();
        var (email, password) = (terminal.Lines[1].Trim(), terminal.Lines[2].Trim());
        var session = await (await client.PostAsJsonAsync("/api/v1/auth/login", new { email, password })).ReadAsync();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", session.GetProperty("accessToken").GetString());
        session.GetProperty("organization").GetProperty("name").GetString().ShouldBe("Northwind Coffee");
        foreach (var state in new[] { "published", "scheduled", "draft", "failed", "unconfirmed", "held" })
        {
            await Eventually.TrueAsync(async () => (await ItemsAsync(client, $"/api/v1/content?state={state}")).Count > 0, $"there is a post that is {state}");
        }
        var lost = (await ItemsAsync(client, "/api/v1/content?state=unconfirmed")).Single().GetProperty("publications")[0];
        lost.GetProperty("attempts").GetArrayLength().ShouldBe(1);
        lost.GetProperty("ledger").EnumerateArray().Last().GetProperty("state").GetString().ShouldBe("unconfirmed");
        (await ItemsAsync(client, "/api/v1/social-accounts")).Select(c => c.GetProperty("status").GetString()).Order().ShouldBe(["active", "active", "needsReconnect"]);
        (await ItemsAsync(client, "/api/v1/media")).Count.ShouldBe(DemoStory.Pictures.Count);
        (await client.GetAsync((await ItemsAsync(client, "/api/v1/media"))[0].GetProperty("url").GetString())).IsSuccessStatusCode.ShouldBeTrue();
    }

    [Fact]
    public async Task Two_installations_on_one_day_look_alike_and_a_second_start_changes_nothing()
    {
        var clock = new DateTimeOffset(2026, 11, 22, 8, 0, 0, TimeSpan.Zero);
        var first = await LookAsync(clock);
        var second = await LookAsync(clock);
        first.Count.ShouldBeGreaterThan(100);
        second.ShouldBe(first);
    }

    [Fact]
    public void The_story_is_as_long_as_it_says_and_never_repeats_itself()
    {
        var past = DemoStory.Past();
        past.Count.ShouldBeInRange(100, 180);
        past.Select(p => p.Text).Distinct().Count().ShouldBe(past.Count);
        past.ShouldAllBe(p => p.Day >= -DemoStory.Days && p.Day < 0 && p.Text.Length <= 500 && !p.Text.Contains('{'));
        DemoStory.Coming().ShouldAllBe(p => p.Day > 0 && p.Day <= 14);
        DemoStory.Past().ShouldBe(past);
    }

    [Fact]
    public void The_pictures_are_real()
    {
        foreach (var picture in DemoStory.Pictures)
        {
            using var bytes = new MemoryStream(picture.Draw());
            MediaCleaner.Clean(bytes, new MemoryStream()).Unwrap().ShouldBe(new CleanMedia(MediaType.Png, 960, 540));
        }
    }

    private static PlatformApp Start(Terminal terminal, TimeProvider? clock = null)
    {
        var app = new PlatformApp().With("Demo:Enabled", "true").With(services => services.AddSingleton<ICommandOutput>(terminal));
        return clock is null ? app : app.With(clock);
    }

    /// <summary>Everything that a visitor would see, without ids: texts, states, times, and the numbers of the practice network.</summary>
    private static async Task<List<string>> LookAsync(DateTimeOffset now)
    {
        var terminal = new Terminal();
        using var app = Start(terminal, new FakeClock(now));
        await using var scope = app.Services.CreateAsyncScope();
        var again = await scope.ServiceProvider.GetRequiredService<FillDemo>().RunAsync(_ => throw new InvalidOperationException("made twice"), default);
        again.Password.ShouldBeNull();
        var caller = Caller.System(again.OrganizationId);
        var seen = new List<string>();
        for (string? cursor = null, next = ""; next is not null; cursor = next)
        {
            var page = (await app.Get<ListPosts>().RunAsync(caller, new ListPostsRequest { Order = PostOrder.Upcoming, Limit = 100, Cursor = cursor }, default)).Unwrap();
            seen.AddRange(page.Items.SelectMany(post => post.Publications.Where(p => p.State != PublicationState.Draft).Select(p => $"{p.Due?.At:O} {p.State} {post.Labels[0]} {post.MediaIds.Count} {post.Text}")));
            next = page.NextCursor;
        }
        var web = (await scope.ServiceProvider.GetRequiredService<ReadSandboxPage>().RunAsync("northwind-coffee", default)).Unwrap();
        web.Posts.Count.ShouldBeGreaterThan(10);
        seen.AddRange(web.Posts.Select(p => $"{p.Text} {p.Numbers.Impressions} {p.Numbers.Likes} {p.Numbers.Comments}"));
        seen.Add($"followers {web.Followers}");
        var analytics = app.Get<IAnalytics>();
        var period = new AnalyticsPeriod(DateOnly.FromDateTime(now.Date.AddDays(-90)), DateOnly.FromDateTime(now.Date.AddDays(-1)));
        var days = (await analytics.SeriesAsync(caller, period, default)).Unwrap();
        days.Count(day => day.Gained.Impressions > 0).ShouldBeGreaterThan(80);
        seen.AddRange(days.Select(day => $"{day}"));
        var totals = (await analytics.TotalsAsync(caller, period, default)).Unwrap();
        totals.Current.Impressions.ShouldBe(days.Sum(day => day.Gained.Impressions));
        totals.Followers.ShouldNotBeNull().ShouldBeGreaterThan(100);
        seen.Add($"{totals}");
        return [.. seen.Order(StringComparer.Ordinal)];
    }

    private static async Task<List<JsonElement>> ItemsAsync(HttpClient client, string path) =>
        [.. (await (await client.GetAsync(path)).ReadAsync()).GetProperty("items").EnumerateArray()];

    private sealed class Terminal : ICommandOutput
    {
        public List<string> Lines { get; } = [];

        public void Say(string line) => Lines.Add(line);

        public void Complain(string line) => Lines.Add(line);
    }
}
