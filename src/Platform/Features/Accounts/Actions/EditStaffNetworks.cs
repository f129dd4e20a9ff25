using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>One block of addresses.</summary>
/// <param name="Range">An address, or a block such as 203.0.113.0/24 or 2001:db8::/32.</param>
/// <param name="Note">What it is: office, VPN.</param>
public sealed record StaffNetworkEntry(string Range, string Note = "");

/// <summary>Where staff may come from.</summary>
/// <param name="FromSettings">The networks of <c>Staff:AllowedNetworks</c>; changed in the settings only.</param>
/// <param name="Networks">The list that SuperAdmins keep.</param>
/// <param name="YourAddress">Where the caller comes from.</param>
/// <param name="ChangedAt">When the list was last changed.</param>
public sealed record StaffNetworksView(IReadOnlyList<string> FromSettings, IReadOnlyList<StaffNetworkEntry> Networks, string? YourAddress, DateTimeOffset? ChangedAt);

/// <summary>The whole list as it shall be.</summary>
public sealed record SetStaffNetworksRequest(IReadOnlyList<StaffNetworkEntry> Networks);

/// <summary>Reads and changes the list of networks that staff may come from. Nobody can lock themselves out: their own address must stay inside.</summary>
public sealed class EditStaffNetworks(StaffNetworkStore store, StaffNetworks networks, AccountStore accounts, SessionAnnouncer announcer, IAudit audit, TimeProvider time)
{
    private const int Most = 100;
    private const int LongestNote = 100;

    /// <summary>Reads it.</summary>
    public async Task<Result<StaffNetworksView>> GetAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        var list = await store.GetAsync(cancellationToken);
        return View(list, caller);
    }

    /// <summary>Changes it, for everyone at once.</summary>
    public async Task<Result<StaffNetworksView>> SetAsync(Caller caller, SetStaffNetworksRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.StaffManage)) { return Problem.Forbidden(); }
        var read = Read(request);
        if (!read.Ok) { return read.Problem; }
        if (!networks.WouldAllow(read.Value.Select(n => n.Range), caller.Address))
        {
            return Problem.InvalidField("networks", "would_lock_you_out", $"Your own address {caller.Address ?? "(unknown)"} is in none of these networks: you would lock yourself out. Add it first.");
        }
        var before = await store.GetAsync(cancellationToken);
        var after = new StaffNetworkList { Id = StaffNetworkList.TheId, Networks = read.Value, ChangedAt = time.GetUtcNow() };
        var batch = new WriteBatch();
        StaffNetworkStore.Stage(batch, before, after);
        audit.Record(batch, caller, new AuditEntry("staff.networks_changed", "platform", StaffNetworkList.TheId)
        {
            Changes = [new AuditChange("networks", Text(before?.Networks ?? []), Text(after.Networks))],
        });
        if (!await store.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await TellAsync(cancellationToken);
        return View(after, caller);
    }

    private StaffNetworksView View(StaffNetworkList? list, Caller caller) =>
        new(networks.FromSettings, [.. (list?.Networks ?? []).Select(n => new StaffNetworkEntry(n.Range, n.Note))], caller.Address, list?.ChangedAt);

    // Open pages look again at once; other copies forget their list within seconds.
    private async Task TellAsync(CancellationToken cancellationToken)
    {
        networks.Forget();
        foreach (var account in (await accounts.ListAsync(CallerKind.Staff, null, 100, null, cancellationToken)).Items) { await announcer.ChangedAsync(account.Id, cancellationToken); }
    }

    private static Result<List<StaffNetwork>> Read(SetStaffNetworksRequest request)
    {
        if (request.Networks.Count > Most) { return Problem.InvalidField("networks", "too_many_networks", $"At most {Most} networks."); }
        var list = new List<StaffNetwork>();
        foreach (var entry in request.Networks)
        {
            if (NetworkRange.Parse(entry.Range) is not { } range) { return Problem.InvalidField("networks", "invalid_network", $"'{entry.Range}' is neither an address nor a block such as 203.0.113.0/24 or 2001:db8::/32."); }
            if (entry.Note.Trim().Length > LongestNote || entry.Note.Any(char.IsControl)) { return Problem.InvalidField("networks", "invalid_note", $"A note has at most {LongestNote} characters."); }
            if (list.All(n => n.Range != range.ToString())) { list.Add(new StaffNetwork(range.ToString(), entry.Note.Trim())); }
        }
        return list;
    }

    private static string Text(IReadOnlyList<StaffNetwork> networks) => networks.Count == 0 ? "none" : string.Join(", ", networks.Select(n => n.Range));
}
