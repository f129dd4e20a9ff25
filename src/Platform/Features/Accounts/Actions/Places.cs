using System.Net;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;

namespace Platform.Features.Accounts.Actions;

/// <summary>Where an address is, in words: "Berlin, Germany" where a database knows it, else its network. Worked out when it is shown; nothing of it is stored.</summary>
public sealed class Places(GeoDatabase database)
{
    /// <summary>The words; null for no address at all.</summary>
    public string? Of(string? address)
    {
        if (!IPAddress.TryParse(address, out var parsed)) { return null; }
        return Known(address) ?? NetworkRange.Around(parsed);
    }

    /// <summary>The place alone; null where only the network could be said.</summary>
    public string? Known(string? address) => IPAddress.TryParse(address, out var parsed) && database.Find(parsed) is { } place
        ? string.Join(", ", new[] { place.City, place.Country }.Where(part => !string.IsNullOrEmpty(part))) : null;
}
