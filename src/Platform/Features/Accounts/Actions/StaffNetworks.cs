using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>
/// Where staff may come from: the networks of <c>Staff:AllowedNetworks</c> and those of the list that SuperAdmins keep; with neither, everywhere.
/// Asked with every staff request, so the list is kept for seconds.
/// </summary>
public sealed class StaffNetworks(StaffNetworkStore store, IOptions<StaffOptions> options, TimeProvider time)
{
    private static readonly TimeSpan Fresh = TimeSpan.FromSeconds(5);
    private readonly IReadOnlyList<NetworkRange> _set = Ranges(options.Value.AllowedNetworks);
    private Known? _known;

    /// <summary>The networks of the setting.</summary>
    public IReadOnlyList<string> FromSettings { get; } = [.. options.Value.AllowedNetworks];

    /// <summary>Whether staff may come from an address. An unknown address only where there is no limit.</summary>
    public async Task<bool> AllowAsync(string? address, CancellationToken cancellationToken)
    {
        var known = Volatile.Read(ref _known);
        if (known is null || time.GetUtcNow() - known.At is var age && (age > Fresh || age < TimeSpan.Zero))
        {
            var list = await store.GetAsync(cancellationToken);
            known = new Known(Ranges(list?.Networks.Select(n => n.Range) ?? []), time.GetUtcNow());
            Volatile.Write(ref _known, known);
        }
        return Allows(known.Ranges, address);
    }

    /// <summary>The problem of somebody who comes from elsewhere; null where they may.</summary>
    public async Task<Problem?> ObjectionAsync(CallerKind kind, string? address, CancellationToken cancellationToken) =>
        kind != CallerKind.Staff || await AllowAsync(address, cancellationToken) ? null
            : new Problem(ProblemKind.Forbidden, StaffRules.WrongAddress, "Staff may not sign in from this address. Use the company's network or VPN, or ask a SuperAdmin.");

    /// <summary>Whether a list, once stored, would let an address in.</summary>
    public bool WouldAllow(IEnumerable<string> list, string? address) => Allows(Ranges(list), address);

    /// <summary>Forgets what was kept, after a change.</summary>
    public void Forget() => Volatile.Write(ref _known, null);

    private bool Allows(IReadOnlyList<NetworkRange> stored, string? address) =>
        (_set.Count == 0 && stored.Count == 0) || _set.Any(r => r.Contains(address)) || stored.Any(r => r.Contains(address));

    // A stored block that cannot be read any more lets nobody in; it never opens the list.
    private static List<NetworkRange> Ranges(IEnumerable<string> texts) => [.. texts.Select(t => NetworkRange.Parse(t) ?? NetworkRange.Parse("0.0.0.0/32")!)];

    private sealed record Known(IReadOnlyList<NetworkRange> Ranges, DateTimeOffset At);
}
