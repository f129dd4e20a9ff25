using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Accounts.Actions;
using Platform.Ui;

namespace Platform.Features.Accounts.Ui;

/// <summary>The banner of an impersonation; it counts the time down and leaves the customer's pages when it is over.</summary>
public sealed partial class ImpersonationBanner(CallerProvider callers, ReadImpersonation read, NavigationManager navigation, TimeProvider time, IStringLocalizer<StaffTexts> T) : IDisposable
{
    private static readonly TimeSpan Tick = TimeSpan.FromSeconds(5);
    private ImpersonationView? view;
    private ITimer? timer;

    /// <inheritdoc />
    public void Dispose() => timer?.Dispose();

    /// <inheritdoc />
    protected override async Task OnInitializedAsync()
    {
        var caller = await callers.GetAsync();
        if (caller.Impersonator is null) { return; }
        view = (await read.RunAsync(caller, CancellationToken.None)).Value;
    }

    /// <inheritdoc />
    protected override void OnAfterRender(bool firstRender)
    {
        if (view is not null && timer is null) { timer = time.CreateTimer(_ => _ = InvokeAsync(Look), null, Tick, Tick); }
    }

    private void Look()
    {
        if (view is { } v && v.EndsAt <= time.GetUtcNow()) { navigation.NavigateTo($"/admin/users/{v.CustomerId}", forceLoad: true); }
        StateHasChanged();
    }

    private string Left(ImpersonationView v)
    {
        var left = v.EndsAt - time.GetUtcNow();
        if (left <= TimeSpan.Zero) { return T["TimeIsUp"]; }
        return left >= TimeSpan.FromMinutes(1) ? T["MinutesLeft", (int)Math.Ceiling(left.TotalMinutes)] : T["SecondsLeft", (int)left.TotalSeconds];
    }
}
