using System.Net;
using System.Net.Http.Json;
using System.Text.Json;
using NSubstitute;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Channels;

public sealed class ChannelEndpointTests(ChannelsFixture fixture) : IClassFixture<ChannelsFixture>
{
    private const string Root = "/api/v1/social-accounts";
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task Sandbox_is_connected_with_its_name_alone()
    {
        var ann = await _app.SignUpAsync();
        var answer = await ann.Client.PostAsJsonAsync($"{Root}/connect", new { network = "sandbox" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var channel = await answer.ReadAsync();
        channel.GetProperty("network").GetString().ShouldBe("sandbox");
        channel.GetProperty("status").GetString().ShouldBe("active");
        channel.GetProperty("handle").GetString().ShouldNotBeNullOrEmpty();
        answer.Headers.Location!.ToString().ShouldEndWith(Id(channel));
        var list = await (await ann.Client.GetAsync(Root)).ReadAsync();
        list.GetProperty("items").EnumerateArray().Select(Id).ShouldBe([Id(channel)]);
    }

    [Fact]
    public async Task Networks_tell_their_limits_and_their_readiness()
    {
        var ann = await _app.SignUpAsync();
        var networks = (await (await ann.Client.GetAsync("/api/v1/networks")).ReadAsync()).EnumerateArray().ToDictionary(n => n.GetProperty("key").GetString()!);
        var sandbox = networks["sandbox"];
        sandbox.GetProperty("connect").GetString().ShouldBe("none");
        sandbox.GetProperty("limits").GetProperty("maxText").GetInt32().ShouldBe(500);
        sandbox.GetProperty("capabilities").EnumerateArray().Select(c => c.GetString()).ShouldContain("threads");
    }

    [Theory]
    [InlineData("nowhere", "ann", "secret", "unknown_network", "network")]
    [InlineData("typed", "", "secret", "identifier_missing", "identifier")]
    [InlineData("typed", "ann", " ", "secret_missing", "secret")]
    public async Task What_is_missing_is_named(string network, string identifier, string secret, string code, string field)
    {
        var ann = await _app.SignUpAsync();
        var answer = await ann.Client.PostAsJsonAsync($"{Root}/connect", new { network, identifier, secret });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await answer.Content.ReadAsStringAsync()).ShouldContain($"\"{field}\"");
        (await answer.ProblemAsync()).ShouldBe(code);
    }

    [Fact]
    public async Task An_account_is_one_channel_and_connecting_it_again_gives_it_new_tokens()
    {
        var ann = await _app.SignUpAsync();
        var first = await ConnectAsync(ann, "ann", "one");
        var second = await ConnectAsync(ann, "ann", "two");
        Id(second).ShouldBe(Id(first));
        (await OpenAsync(ann, first)).Connection.Secrets.AccessToken.ShouldBe("two");
        var other = await _app.SignUpAsync();
        Id(await ConnectAsync(other, "ann", "three")).ShouldNotBe(Id(first));
    }

    [Fact]
    public async Task Reconnecting_takes_the_same_account_only_and_releases_what_was_held()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "ann", "one");
        await Door().FlagAsync(ann.OrganizationId, Id(channel), "revoked", default);
        (await GetAsync(ann, channel)).GetProperty("status").GetString().ShouldBe("needsReconnect");
        var wrong = await ann.Client.PostAsJsonAsync($"{Root}/{Id(channel)}/reconnect", new { identifier = "bob", secret = "x" });
        wrong.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await wrong.ProblemAsync()).ShouldBe("different_account");
        (await (await ann.Client.PostAsJsonAsync($"{Root}/{Id(channel)}/reconnect", new { identifier = "ann", secret = "two" })).ReadAsync()).GetProperty("status").GetString().ShouldBe("active");
        await fixture.Publishing.Received(1).ReleaseChannelAsync(Arg.Any<Caller>(), Id(channel), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_paused_channel_holds_its_posts_until_it_is_resumed()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "ann", "one");
        (await PutAsync(ann, channel, new { paused = true, displayName = "Our shop" })).GetProperty("status").GetString().ShouldBe("paused");
        await fixture.Publishing.Received(1).HoldChannelAsync(Arg.Any<Caller>(), Id(channel), Arg.Is<PublicationError>(e => e.Code == "channel_paused"), Arg.Any<CancellationToken>());
        var resumed = await PutAsync(ann, channel, new { paused = false });
        resumed.GetProperty("status").GetString().ShouldBe("active");
        resumed.GetProperty("displayName").GetString().ShouldBe("Our shop");
        await fixture.Publishing.Received(1).ReleaseChannelAsync(Arg.Any<Caller>(), Id(channel), Arg.Any<CancellationToken>());
    }

    [Fact]
    public async Task A_removed_channel_is_gone_with_its_tokens_and_its_waiting_posts_are_cancelled()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "ann", "one");
        (await OpenAsync(ann, channel)).Status.ShouldBe(Platform.Features.Channels.Contracts.ChannelStatus.Active);
        (await ann.Client.DeleteAsync($"{Root}/{Id(channel)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        await fixture.Publishing.Received(1).CancelChannelAsync(Arg.Any<Caller>(), Id(channel), Arg.Any<CancellationToken>());
        (await Door().OpenAsync(ann.OrganizationId, Id(channel), default)).ShouldBeNull();
        (await ann.Client.GetAsync($"{Root}/{Id(channel)}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task An_oauth_connect_is_ended_once_by_who_began_it()
    {
        var (ann, bob) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var answer = await ann.Client.PostAsJsonAsync($"{Root}/connect", new { network = "sent" });
        answer.StatusCode.ShouldBe(HttpStatusCode.Accepted);
        var begun = await answer.ReadAsync();
        var state = begun.GetProperty("state").GetString()!;
        begun.GetProperty("authorizeUrl").GetString()!.ShouldContain(state);
        var callback = $"/connect/callback/sent?code=carol&state={state}";
        (await bob.Client.GetAsync(callback)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await ann.Client.GetAsync($"/connect/callback/typed?code=carol&state={state}")).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await (await ann.Client.GetAsync(callback)).ReadAsync()).GetProperty("handle").GetString().ShouldBe("carol");
        (await ann.Client.GetAsync(callback)).StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await _app.CreateClient(new() { AllowAutoRedirect = false }).GetAsync(callback)).IsSuccessStatusCode.ShouldBeFalse();
    }

    [Fact]
    public async Task A_refused_oauth_connect_makes_no_channel()
    {
        var ann = await _app.SignUpAsync();
        var state = (await (await ann.Client.PostAsJsonAsync($"{Root}/connect", new { network = "sent" })).ReadAsync()).GetProperty("state").GetString();
        var answer = await ann.Client.PostAsJsonAsync($"{Root}/connect/complete", new { network = "sent", parameters = new { state, error = "access_denied" } });
        answer.StatusCode.ShouldBe(HttpStatusCode.BadGateway);
        (await (await ann.Client.GetAsync(Root)).ReadAsync()).GetProperty("items").GetArrayLength().ShouldBe(0);
    }

    [Fact]
    public async Task Over_the_plan_is_402_and_makes_no_channel()
    {
        var ann = await _app.SignUpAsync();
        fixture.ChannelLimit = 1;
        try
        {
            var channel = await ConnectAsync(ann, "ann", "one");
            var over = await ann.Client.PostAsJsonAsync($"{Root}/connect", new { network = "typed", identifier = "bob", secret = "x" });
            over.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
            (await over.ProblemAsync()).ShouldBe("limit_reached");
            Id(await ConnectAsync(ann, "ann", "again")).ShouldBe(Id(channel));
        }
        finally { fixture.ChannelLimit = null; }
    }

    [Fact]
    public async Task A_check_takes_over_what_changed_and_refreshes_an_ended_token_once()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "checked", "old");
        fixture.Typed.OnRefresh = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.Refreshed(new ChannelSecrets { AccessToken = "new" }));
        fixture.Typed.OnCheck = connection => Task.FromResult<CheckOutcome>(connection.Secrets.AccessToken == "new"
            ? new CheckOutcome.Healthy(ScriptedNetwork.Account("renamed", "new"))
            : new CheckOutcome.AuthExpired("ended"));
        var check = await (await ann.Client.PostAsync($"{Root}/{Id(channel)}/check", null)).ReadAsync();
        check.GetProperty("healthy").GetBoolean().ShouldBeTrue();
        check.GetProperty("channel").GetProperty("handle").GetString().ShouldBe("renamed");
    }

    [Fact]
    public async Task Another_organization_never_sees_or_touches_a_channel()
    {
        var (ann, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var channel = await ConnectAsync(ann, "ann", "one");
        var path = $"{Root}/{Id(channel)}";
        (await eve.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.PutAsJsonAsync(path, new { paused = true })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.PostAsync($"{path}/check", null)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.PostAsJsonAsync($"{path}/reconnect", new { identifier = "ann", secret = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await eve.Client.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await Door().OpenAsync(eve.OrganizationId, Id(channel), default)).ShouldBeNull();
        (await GetAsync(ann, channel)).GetProperty("status").GetString().ShouldBe("active");
    }

    private Platform.Features.Channels.Contracts.IChannels Door() => _app.Get<Platform.Features.Channels.Contracts.IChannels>();

    private async Task<Platform.Features.Channels.Contracts.OpenChannel> OpenAsync(TestCustomer customer, JsonElement channel) =>
        (await Door().OpenAsync(customer.OrganizationId, Id(channel), default)).ShouldNotBeNull();

    private static async Task<JsonElement> ConnectAsync(TestCustomer customer, string identifier, string secret)
    {
        var answer = await customer.Client.PostAsJsonAsync($"{Root}/connect", new { network = "typed", identifier, secret });
        (await answer.Content.ReadAsStringAsync()).ShouldNotContain($"\"{secret}\"");
        return await answer.ReadAsync();
    }

    private static async Task<JsonElement> GetAsync(TestCustomer customer, JsonElement channel) => await (await customer.Client.GetAsync($"{Root}/{Id(channel)}")).ReadAsync();

    private static async Task<JsonElement> PutAsync(TestCustomer customer, JsonElement channel, object body) => await (await customer.Client.PutAsJsonAsync($"{Root}/{Id(channel)}", body)).ReadAsync();

    private static string Id(JsonElement channel) => channel.GetProperty("id").GetString()!;
}
