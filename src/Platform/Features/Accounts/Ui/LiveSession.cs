using System.Security.Claims;
using Microsoft.AspNetCore.Components.Authorization;
using Microsoft.AspNetCore.Components.Server;
using Platform.Coordination;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Api;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Ui;

/// <summary>
/// Keeps an open page's idea of who is signed in true: looks again at once when a session of the person changes, and every half minute in any case.
/// Signed out elsewhere, suspended or given another role shows within seconds, without a reload.
/// </summary>
public sealed class LiveSession : ServerAuthenticationStateProvider, IDisposable
{
    private static readonly TimeSpan Interval = TimeSpan.FromSeconds(30);
    private readonly IServiceScopeFactory _scopes;
    private readonly ILogger<LiveSession> _logger;
    private readonly IDisposable _subscription;
    private readonly ITimer _timer;
    private ClaimsPrincipal? _user;
    private bool _used;

    /// <summary>Begins to watch; the first state comes from the request.</summary>
    public LiveSession(IServiceScopeFactory scopes, ISignals signals, TimeProvider time, ILogger<LiveSession> logger)
    {
        (_scopes, _logger) = (scopes, logger);
        AuthenticationStateChanged += Remember;
        _subscription = signals.Subscribe(Topics.SessionsChanged, userId => Concerns(userId) ? LookAsync() : Task.CompletedTask);
        _timer = time.CreateTimer(_ => _ = LookAsync(), null, Interval, Interval);
    }

    /// <inheritdoc />
    public void Dispose()
    {
        AuthenticationStateChanged -= Remember;
        _subscription.Dispose();
        _timer.Dispose();
    }

    private void Remember(Task<AuthenticationState> state) => _ = RememberAsync(state);

    private async Task RememberAsync(Task<AuthenticationState> state) => _user = (await state).User;

    private bool Concerns(string userId) => _user?.FindAll(claim => claim.Type is CallerClaims.Subject or CallerClaims.Impersonator).Any(claim => claim.Value == userId) == true;

    /// <summary>Somebody did something on the page: the next look counts as a use of the session. A page that is only open keeps no session alive.</summary>
    public void Used() => Volatile.Write(ref _used, true);

    internal async Task LookAsync()
    {
        if (_user is not { Identity.IsAuthenticated: true } user) { return; }
        var used = Interlocked.Exchange(ref _used, false);
        try
        {
            await using var scope = _scopes.CreateAsyncScope();
            var check = scope.ServiceProvider.GetRequiredService<CheckSession>();
            var present = new ClaimsPrincipal();
            foreach (var identity in user.Identities.Where(i => i.IsAuthenticated)) { present.AddIdentities(await PresentAsync(check, identity, used)); }
            if (Text(present) != Text(user)) { SetAuthenticationState(Task.FromResult(new AuthenticationState(present))); }
        }
        catch (Exception e)
        {
            // Storage is away: the page keeps what it knows, every action asks the store itself, and the next look comes soon.
            _logger.LogWarning(e, "Could not look at the session of an open page");
        }
    }

    private static async Task<IEnumerable<ClaimsIdentity>> PresentAsync(CheckSession check, ClaimsIdentity identity, bool used)
    {
        var address = identity.FindFirst(CallerClaims.Address)?.Value;
        return (await Schemes.PresentAsync(check, new ClaimsPrincipal(identity), identity.AuthenticationType!, address, used, CancellationToken.None))?.Identities ?? [];
    }

    private static string Text(ClaimsPrincipal user) => string.Join('\n', user.Claims.Select(c => $"{c.Type}={c.Value}").Order(StringComparer.Ordinal));
}
