using Microsoft.Extensions.Options;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>How long sessions last: a customer's as long as it is used, a staff session until it idles or its day is over.</summary>
public sealed class SessionLimits(IOptions<AccountsOptions> accounts, IOptions<StaffOptions> staff)
{
    /// <summary>When a session that starts now ends whatever is done with it; null: never.</summary>
    public DateTimeOffset? EndOf(CallerKind kind, DateTimeOffset start) => kind == CallerKind.Staff ? start.AddHours(staff.Value.SessionHours) : null;

    /// <summary>When a session ends that is used now and not again.</summary>
    public DateTimeOffset ExpiryOf(CallerKind kind, DateTimeOffset now, DateTimeOffset? end)
    {
        var idle = now + (kind == CallerKind.Staff ? TimeSpan.FromMinutes(staff.Value.IdleMinutes) : TimeSpan.FromDays(accounts.Value.SessionDays));
        return end is { } last && last < idle ? last : idle;
    }

    /// <summary>How often a use is written down: often enough not to cut an idle time short.</summary>
    public static TimeSpan TouchEvery(CallerKind kind) => kind == CallerKind.Staff ? TimeSpan.FromMinutes(1) : TimeSpan.FromMinutes(5);
}
