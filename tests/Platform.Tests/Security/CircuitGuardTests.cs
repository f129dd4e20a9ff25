using System.Net;
using System.Security.Claims;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.Connections.Features;
using Microsoft.AspNetCore.Http.Features;
using Microsoft.AspNetCore.SignalR;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using Platform.Ui.Live;

namespace Platform.Tests.Security;

/// <summary>S4: one person, one address and one page hold and send only so much.</summary>
public sealed class CircuitGuardTests
{
    private readonly FakeClock _clock = new();
    private readonly CircuitGuard _guard;

    public CircuitGuardTests() => _guard = new CircuitGuard(Options.Create(new CircuitLimits { PerPerson = 3, PerAddress = 5, MessagesPerTenSeconds = 100 }), _clock, NullLogger<CircuitGuard>.Instance);

    [Fact]
    public async Task S4_a_person_holds_only_so_many_pages_and_closing_one_makes_room()
    {
        var open = new List<Connection>();
        for (var at = 0; at < 3; at++) { open.Add(await OpenAsync("ada", $"10.0.0.{at}")); }
        (await RefusedAsync("ada", "10.0.0.9")).ShouldBeTrue();
        (await RefusedAsync("bob", "10.0.0.9")).ShouldBeFalse();
        await CloseAsync(open[0]);
        (await RefusedAsync("ada", "10.0.0.9")).ShouldBeFalse();
    }

    [Fact]
    public async Task S4_an_address_holds_only_so_many_pages()
    {
        for (var at = 0; at < 5; at++) { await OpenAsync($"person{at}", "203.0.113.7"); }
        (await RefusedAsync("person9", "203.0.113.7")).ShouldBeTrue();
        (await RefusedAsync("person9", "203.0.113.8")).ShouldBeFalse();
    }

    [Fact]
    public async Task S4_refused_pages_are_not_counted()
    {
        for (var at = 0; at < 3; at++) { await OpenAsync("ada", "10.0.0.1"); }
        for (var at = 0; at < 20; at++) { (await RefusedAsync("ada", "10.0.0.1")).ShouldBeTrue(); }
        _guard.Connections.ShouldBe(3);
        (await RefusedAsync("bob", "10.0.0.1")).ShouldBeFalse();
    }

    [Fact]
    public async Task S4_a_flood_cuts_the_page_off_and_a_pause_does_not()
    {
        var page = await OpenAsync("ada", "10.0.0.1");
        for (var at = 0; at < 100; at++) { await SayAsync(page); }
        _clock.Advance(TimeSpan.FromSeconds(11));
        for (var at = 0; at < 100; at++) { await SayAsync(page); }
        page.Aborted.ShouldBeFalse();
        await Should.ThrowAsync<HubException>(() => SayAsync(page));
        page.Aborted.ShouldBeTrue();
    }

    private async Task<Connection> OpenAsync(string user, string address)
    {
        var connection = new Connection(user, address);
        await _guard.OnConnectedAsync(new HubLifetimeContext(connection, Empty, new Nothing()), _ => Task.CompletedTask);
        return connection;
    }

    private async Task<bool> RefusedAsync(string user, string address)
    {
        try { await CloseAsync(await OpenAsync(user, address)); return false; }
        catch (HubException) { return true; }
    }

    private Task CloseAsync(Connection connection) => _guard.OnDisconnectedAsync(new HubLifetimeContext(connection, Empty, new Nothing()), null, (_, _) => Task.CompletedTask);

    private async Task SayAsync(Connection connection) =>
        await _guard.InvokeMethodAsync(new HubInvocationContext(connection, Empty, new Nothing(), typeof(Nothing).GetMethod(nameof(Nothing.Say))!, []), _ => ValueTask.FromResult<object?>(null));

    private static readonly IServiceProvider Empty = new ServiceCollection().BuildServiceProvider();

    private sealed class Nothing : Hub
    {
        public void Say() { }
    }

    private sealed class Connection : HubCallerContext, IHttpContextFeature
    {
        public Connection(string user, string address)
        {
            HttpContext = new DefaultHttpContext { Connection = { RemoteIpAddress = IPAddress.Parse(address) } };
            Features.Set<IHttpContextFeature>(this);
            User = new ClaimsPrincipal(CallerClaims.ToIdentity(new Caller { Kind = CallerKind.Person, UserId = user }, "test"));
        }

        public bool Aborted { get; private set; }

        public HttpContext? HttpContext { get; set; }

        public override string ConnectionId { get; } = Guid.NewGuid().ToString("n");

        public override string? UserIdentifier => null;

        public override ClaimsPrincipal? User { get; }

        public override IDictionary<object, object?> Items { get; } = new Dictionary<object, object?>();

        public override IFeatureCollection Features { get; } = new FeatureCollection();

        public override CancellationToken ConnectionAborted => CancellationToken.None;

        public override void Abort() => Aborted = true;
    }
}
