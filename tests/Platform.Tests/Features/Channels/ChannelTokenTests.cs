using System.Net.Http.Json;
using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Platform.Coordination;
using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Contracts;
using Platform.Features.Channels.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Channels;

public sealed class ChannelTokenTests(ChannelsFixture fixture) : IClassFixture<ChannelsFixture>
{
    private readonly PlatformApp _app = fixture.App;

    [Fact]
    public async Task Tokens_are_nowhere_on_disk()
    {
        Assert.SkipUnless(_app.KeepsRecordsInItsFolder, "it looks into the embedded engine's file");
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "canary-owner", "canary-7f3a9c");
        await ann.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sent" });
        (await OpenAsync(ann, channel)).Connection.Secrets.AccessToken.ShouldBe("canary-7f3a9c");
        string[] canaries = ["canary-7f3a9c", "verifier-canary"];
        var traces = canaries.SelectMany(c => new[] { c, Convert.ToBase64String(Encoding.UTF8.GetBytes(c))[..^2], Convert.ToHexString(Encoding.UTF8.GetBytes(c)) }).ToArray();
        var files = Directory.GetFiles(_app.DataDirectory, "*", SearchOption.AllDirectories).Where(file => !file.EndsWith(".lock", StringComparison.Ordinal));
        var seenOwner = false;
        foreach (var file in files)
        {
            using var stream = new FileStream(file, FileMode.Open, FileAccess.Read, FileShare.ReadWrite | FileShare.Delete);
            using var reader = new StreamReader(stream, Encoding.Latin1);
            var text = await reader.ReadToEndAsync();
            seenOwner |= text.Contains("canary-owner", StringComparison.Ordinal);
            foreach (var trace in traces) { text.Contains(trace, StringComparison.OrdinalIgnoreCase).ShouldBeFalse($"{trace} in {file}"); }
        }
        seenOwner.ShouldBeTrue("the handle, which is no secret, shows that the search looks at the right files");
    }

    [Fact]
    public async Task Sealed_tokens_open_only_where_they_belong_and_only_unchanged()
    {
        var (ann, eve) = (await _app.SignUpAsync(), await _app.SignUpAsync());
        var (annChannel, eveChannel) = (await ConnectAsync(ann, "a", "token-of-ann"), await ConnectAsync(eve, "e", "token-of-eve"));
        var sealedText = (await RecordAsync(ann, annChannel)).Sealed;
        await SetAsync(eve, eveChannel, sealedText);
        await Should.ThrowAsync<CryptographicException>(() => _app.Get<IChannels>().OpenAsync(eve.OrganizationId, eveChannel, default));
        for (var at = 0; at < sealedText.Length; at += 7)
        {
            var changed = sealedText[..at] + (sealedText[at] == 'A' ? 'B' : 'A') + sealedText[(at + 1)..];
            Should.Throw<Exception>(() => _app.Get<ChannelSeal>().OpenTokens(ann.OrganizationId, annChannel, changed), $"byte {at}");
        }
        _app.Get<ChannelSeal>().OpenTokens(ann.OrganizationId, annChannel, sealedText).AccessToken.ShouldBe("token-of-ann");
    }

    [Fact]
    public async Task However_many_ask_in_one_copy_or_two_the_network_is_asked_once()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "many", "old");
        var before = fixture.Typed.Refreshes.Count;
        fixture.Typed.OnRefresh = async _ => { await Task.Delay(100); return new RefreshOutcome.Refreshed(new ChannelSecrets { AccessToken = "new", RefreshToken = "new-refresh" }); };
        var (here, there) = (_app.Get<RefreshTokens>(), ActivatorUtilities.CreateInstance<RefreshTokens>(_app.Services));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 60).Select(n => (n % 2 == 0 ? here : there).RunAsync(ann.OrganizationId, channel, "old", default)));
        outcomes.ShouldAllBe(outcome => outcome is RefreshOutcome.Refreshed && ((RefreshOutcome.Refreshed)outcome).Secrets.AccessToken == "new");
        (fixture.Typed.Refreshes.Count - before).ShouldBe(1);
        (await OpenAsync(ann, channel)).Connection.Secrets.AccessToken.ShouldBe("new");
        await here.RunAsync(ann.OrganizationId, channel, "old", default);
        (fixture.Typed.Refreshes.Count - before).ShouldBe(1, "who holds an older token gets the stored one");
    }

    [Fact]
    public async Task An_empty_answer_never_overwrites_a_token()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "empty", "first");
        var ends = new DateTimeOffset(2026, 12, 1, 0, 0, 0, TimeSpan.Zero);
        fixture.Typed.OnRefresh = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.Refreshed(new ChannelSecrets { AccessToken = "second", RefreshToken = "", ExpiresAt = ends }));
        await RefreshAsync(ann, channel, "first");
        var kept = (await OpenAsync(ann, channel)).Connection.Secrets;
        (kept.AccessToken, kept.RefreshToken, kept.ExpiresAt, kept.Extra["app"]).ShouldBe(("second", "first-refresh", ends, "first-app"));
        fixture.Typed.OnRefresh = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.Refreshed(new ChannelSecrets { AccessToken = " " }));
        (await RefreshAsync(ann, channel, "second")).ShouldBeOfType<RefreshOutcome.Transient>();
        (await OpenAsync(ann, channel)).Connection.Secrets.AccessToken.ShouldBe("second");
    }

    [Fact]
    public async Task A_failed_refresh_leaves_the_channel_connected_and_can_be_tried_again_at_once()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "blip", "old");
        fixture.Typed.OnRefresh = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.Transient("500"));
        (await RefreshAsync(ann, channel, "old")).ShouldBeOfType<RefreshOutcome.Transient>();
        fixture.Typed.OnRefresh = _ => throw new InvalidOperationException("a bug in the network");
        await Should.ThrowAsync<InvalidOperationException>(() => RefreshAsync(ann, channel, "old"));
        (await OpenAsync(ann, channel)).Status.ShouldBe(ChannelStatus.Active);
        fixture.Typed.OnRefresh = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.Refreshed(new ChannelSecrets { AccessToken = "new" }));
        (await RefreshAsync(ann, channel, "old")).ShouldBeOfType<RefreshOutcome.Refreshed>();
    }

    [Fact]
    public async Task A_lost_grant_flags_the_channel_holds_its_posts_and_gives_one_notice()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "revoked", "old");
        fixture.Typed.OnRefresh = _ => Task.FromResult<RefreshOutcome>(new RefreshOutcome.NeedsReconnect("invalid_grant"));
        var outcomes = await Task.WhenAll(Enumerable.Range(0, 20).Select(_ => RefreshAsync(ann, channel, "old")));
        outcomes.ShouldAllBe(outcome => outcome is RefreshOutcome.NeedsReconnect);
        (await OpenAsync(ann, channel)).Status.ShouldBe(ChannelStatus.NeedsReconnect);
        await fixture.Publishing.Received().HoldChannelAsync(Arg.Any<Caller>(), channel, Arg.Is<PublicationError>(e => e.Code == "channel_needs_reconnect"), Arg.Any<CancellationToken>());
        var keys = fixture.Notices.ReceivedCalls().Select(call => (Notice)call.GetArguments()[1]!).Where(notice => notice.Url.Contains(channel, StringComparison.Ordinal)).Select(notice => notice.UniqueKey).ToHashSet();
        keys.Count.ShouldBe(1);
        (await RefreshAsync(ann, channel, "old")).ShouldBeOfType<RefreshOutcome.NeedsReconnect>();
        (await RecordAsync(ann, channel)).Sealed.ShouldNotBeEmpty();
    }

    [Fact]
    public async Task A_change_is_seen_at_once_though_opened_channels_are_kept()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "kept", "one");
        // The connecting itself is a change, whose signal may come between two looks.
        var first = await OpenAsync(ann, channel);
        await Eventually.TrueAsync(async () => ReferenceEquals(first, first = await OpenAsync(ann, channel)), "an opened channel is kept");
        await ann.Client.PutAsJsonAsync($"/api/v1/social-accounts/{channel}", new { paused = true });
        (await OpenAsync(ann, channel)).Status.ShouldBe(ChannelStatus.Paused);
        await _app.Get<ISignals>().PublishAsync("channels-changed", channel);
        await Eventually.TrueAsync(async () => !ReferenceEquals(first, await OpenAsync(ann, channel)), "another copy's change is heard");
    }

    private Task<RefreshOutcome> RefreshAsync(TestCustomer customer, string channel, string seen) => _app.Get<IChannels>().RefreshAsync(customer.OrganizationId, channel, seen, default);

    [Fact]
    public async Task A_token_that_another_copy_got_is_used_at_once_though_its_word_of_it_comes_late()
    {
        var ann = await _app.SignUpAsync();
        var channel = await ConnectAsync(ann, "late", "old");
        (await OpenAsync(ann, channel)).Connection.Secrets.AccessToken.ShouldBe("old", "and it is kept for some seconds");
        var newer = _app.Get<ChannelSeal>().Seal(ann.OrganizationId, channel, new ChannelSecrets { AccessToken = "newer" });
        await _app.Get<ChannelStore>().UpdateAsync(ann.Caller, c => c.Id == channel, new Update<Channel>().Set(c => c.Sealed, newer), default);
        (await RefreshAsync(ann, channel, "old")).ShouldBeOfType<RefreshOutcome.Refreshed>();
        (await OpenAsync(ann, channel)).Connection.Secrets.AccessToken.ShouldBe("newer");
    }

    private async Task<OpenChannel> OpenAsync(TestCustomer customer, string channel) => (await _app.Get<IChannels>().OpenAsync(customer.OrganizationId, channel, default)).ShouldNotBeNull();

    private async Task<Channel> RecordAsync(TestCustomer customer, string channel) => (await _app.Get<ChannelStore>().GetAsync(customer.Caller, channel, default)).ShouldNotBeNull();

    private async Task SetAsync(TestCustomer customer, string channel, string sealedText)
    {
        await _app.Get<ChannelStore>().UpdateAsync(customer.Caller, c => c.Id == channel, new Update<Channel>().Set(c => c.Sealed, sealedText), default);
        await _app.Get<ChannelChanges>().AnnounceAsync(customer.OrganizationId, channel, default);
    }

    private static async Task<string> ConnectAsync(TestCustomer customer, string identifier, string secret) =>
        (await (await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "typed", identifier, secret })).ReadAsync()).GetProperty("id").GetString()!;
}
