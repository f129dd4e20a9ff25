using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using Platform.Features.Notifications.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Notifications;

public sealed class NotificationEndpointTests(NotificationEndpointTests.Fixture fixture) : IClassFixture<NotificationEndpointTests.Fixture>
{
    public sealed class Fixture : IAsyncDisposable
    {
        public PlatformApp App { get; } = new();

        public ValueTask DisposeAsync() => App.DisposeAsync();
    }

    [Fact]
    public async Task A_person_lists_counts_reads_and_puts_away_their_notifications()
    {
        var ada = await fixture.App.SignUpAsync();
        foreach (var key in new[] { "one", "two" })
        {
            await fixture.App.Get<INotices>().RaiseAsync(Caller.System(ada.OrganizationId), new Notice("agent_finished", key, "Done.", "/agents", key), CancellationToken.None);
        }
        (await CountAsync(ada)).ShouldBe(2);
        var list = await ada.Client.GetFromJsonAsync<JsonElement>("/api/v1/notifications?limit=1");
        var id = list.GetProperty("items")[0].GetProperty("id").GetString();
        list.GetProperty("nextCursor").GetString().ShouldNotBeNull();

        (await ada.Client.PutAsync($"/api/v1/notifications/{id}/read", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await CountAsync(ada)).ShouldBe(1);
        (await ada.Client.PostAsync("/api/v1/notifications/read-all", null)).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await CountAsync(ada)).ShouldBe(0);
        (await ada.Client.DeleteAsync($"/api/v1/notifications/{id}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ada.Client.DeleteAsync($"/api/v1/notifications/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Another_organizations_notification_is_not_there()
    {
        var (ada, eve) = (await fixture.App.SignUpAsync(), await fixture.App.SignUpAsync());
        await fixture.App.Get<INotices>().RaiseAsync(Caller.System(ada.OrganizationId), new Notice("agent_finished", "secret title", "Done.", "/agents", Ids.New()), CancellationToken.None);
        var id = (await ada.Client.GetFromJsonAsync<JsonElement>("/api/v1/notifications")).GetProperty("items")[0].GetProperty("id").GetString();
        (await eve.Client.GetStringAsync("/api/v1/notifications")).ShouldNotContain("secret title");
        (await eve.Client.PutAsync($"/api/v1/notifications/{id}/read", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.DeleteAsync($"/api/v1/notifications/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        using var anonymous = fixture.App.CreateClient();
        (await anonymous.GetAsync("/api/v1/notifications")).StatusCode.ShouldBe(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task A_notice_with_a_mail_reaches_the_mailbox_of_its_member()
    {
        var ada = await fixture.App.SignUpAsync();
        await fixture.App.Get<INotices>().RaiseAsync(Caller.System(ada.OrganizationId), new Notice("channel_needs_reconnect", "Reconnect it", "It waits.", "/channels", Ids.New(), Mail: true), CancellationToken.None);
        using var anonymous = fixture.App.CreateClient();
        var page = await anonymous.GetStringAsync("/dev/mailbox");
        page.ShouldContain(ada.Email);
        page.ShouldContain("Reconnect it");
    }

    private static async Task<long> CountAsync(TestCustomer person) =>
        (await person.Client.GetFromJsonAsync<JsonElement>("/api/v1/notifications/unread-count")).GetProperty("count").GetInt64();
}
