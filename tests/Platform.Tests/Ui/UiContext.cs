using System.Globalization;
using System.Security.Claims;
using Bunit;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.Extensions.DependencyInjection;
using NSubstitute;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using Platform.Ui;
using Platform.Ui.Layouts;
using Platform.Ui.Live;
using Platform.Ui.Parts;
using Radzen;

namespace Platform.Tests.Ui;

/// <summary>What parts and pages need to be drawn in a test: words, a clock, someone signed in, and live events that the test sends.</summary>
public abstract class UiContext : BunitContext
{
    protected UiContext()
    {
        CultureInfo.CurrentCulture = CultureInfo.GetCultureInfo("en-US");
        JSInterop.Mode = JSRuntimeMode.Loose;
        Services.AddLogging();
        Services.AddLocalization();
        Services.AddRadzenComponents();
        Services.AddSingleton<TimeProvider>(Clock);
        Services.AddSingleton<ILiveEvents>(Live);
        Services.AddSingleton<ShellParts>();
        Services.AddSingleton(Substitute.For<IReaderSettings>());
        Services.AddScoped<PageActivity>().AddScoped<CallerProvider>();
        Services.AddScoped<Toasts>();
        Services.AddSingleton<AuthenticationStateProvider>(SignedIn);
    }

    protected FakeClock Clock { get; } = new();

    protected SentEvents Live { get; } = new();

    protected SignedInPerson SignedIn { get; } = new();

    /// <summary>Live events by hand.</summary>
    public sealed class SentEvents : ILiveEvents
    {
        private readonly List<(IReadOnlyCollection<string> Kinds, Func<LiveChange, Task> Handler)> _subscribers = [];

        public int Subscribers => _subscribers.Count;

        public IDisposable Subscribe(Caller caller, IReadOnlyCollection<string> kinds, Func<LiveChange, Task> handler)
        {
            var entry = (kinds, handler);
            _subscribers.Add(entry);
            return new Ending(() => _subscribers.Remove(entry));
        }

        public Task SendAsync(LiveChange change) => Task.WhenAll(_subscribers.Where(s => s.Kinds.Contains(change.Kind)).Select(s => s.Handler(change)));

        private sealed class Ending(Action end) : IDisposable
        {
            public void Dispose() => end();
        }
    }

    /// <summary>An owner, unless the test says otherwise.</summary>
    public sealed class SignedInPerson : AuthenticationStateProvider
    {
        public Caller Caller { get; set; } = new() { Kind = CallerKind.Person, UserId = new string('a', 32), Name = "Anna", Organization = new OrganizationId(new string('b', 32)), Role = Role.Owner };

        public override Task<AuthenticationState> GetAuthenticationStateAsync() => Task.FromResult(new AuthenticationState(new ClaimsPrincipal(Caller.Kind is CallerKind.Anonymous ? new ClaimsIdentity() : CallerClaims.ToIdentity(Caller, "test"))));
    }
}
