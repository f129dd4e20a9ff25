using System.Net;
using MaxMind.Db;
using Microsoft.Extensions.Options;

namespace Platform.Features.Accounts.Store;

/// <summary>A place as a database of addresses knows it.</summary>
/// <param name="City">In English; null where only the country is known.</param>
/// <param name="Country">In English.</param>
public sealed record GeoPlace(string? City, string? Country);

/// <summary>
/// A file in MaxMind's format (.mmdb: GeoLite2, DB-IP and others) that the operator put there. Read in place, memory mapped; no address leaves the machine.
/// A new file is read after a restart.
/// </summary>
public sealed class GeoDatabase : IDisposable
{
    private readonly Reader? _reader;

    /// <summary>Opens it, where one is set.</summary>
    public GeoDatabase(IOptions<AccountsOptions> options) =>
        _reader = string.IsNullOrEmpty(options.Value.GeoDatabase) ? null : new Reader(options.Value.GeoDatabase, FileAccessMode.MemoryMapped);

    /// <summary>Why the file cannot be used; null where it can, or where none is set.</summary>
    public static string? Fault(string? path)
    {
        if (string.IsNullOrEmpty(path)) { return null; }
        if (!File.Exists(path)) { return "there is no such file"; }
        try
        {
            using var reader = new Reader(path, FileAccessMode.MemoryMapped);
            reader.Find<Dictionary<string, object>>(IPAddress.Loopback);
            return null;
        }
        catch (Exception e) when (e is InvalidDatabaseException or IOException or UnauthorizedAccessException or ArgumentException) { return $"it is no database of addresses ({e.Message})"; }
    }

    /// <summary>Where an address is; null where it is not known, or where there is no database.</summary>
    public GeoPlace? Find(IPAddress address)
    {
        if (_reader is null) { return null; }
        if (address.IsIPv4MappedToIPv6) { address = address.MapToIPv4(); }
        if (_reader.Metadata.IPVersion == 4 && address.AddressFamily == System.Net.Sockets.AddressFamily.InterNetworkV6) { return null; }
        if (_reader.Find<Dictionary<string, object>>(address) is not { } found) { return null; }
        var place = new GeoPlace(Name(found, "city"), Name(found, "country") ?? Name(found, "registered_country"));
        return place is { City: null, Country: null } ? null : place;
    }

    /// <inheritdoc />
    public void Dispose() => _reader?.Dispose();

    private static string? Name(Dictionary<string, object> record, string what) =>
        record.GetValueOrDefault(what) is Dictionary<string, object> part && part.GetValueOrDefault("names") is Dictionary<string, object> names ? names.GetValueOrDefault("en") as string : null;
}

/// <summary>Says at start that the database cannot be used, rather than at the first session.</summary>
public sealed class GeoDatabaseCheck : IValidateOptions<AccountsOptions>
{
    /// <inheritdoc />
    public ValidateOptionsResult Validate(string? name, AccountsOptions options) =>
        GeoDatabase.Fault(options.GeoDatabase) is { } fault ? ValidateOptionsResult.Fail($"Accounts:GeoDatabase ({options.GeoDatabase}): {fault}") : ValidateOptionsResult.Success;
}
