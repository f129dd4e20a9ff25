using System.Buffers.Binary;
using System.Collections.Concurrent;
using System.Net;
using System.Text;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using NSubstitute;
using Platform.Features.Accounts;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Store;
using Platform.Features.Notifications.Contracts;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Accounts;

/// <summary>Where a session was opened, from a database of addresses that the test writes by the format's specification.</summary>
public sealed class PlaceTests : IDisposable
{
    private readonly string _file = Path.Combine(Path.GetTempPath(), $"places-{Guid.NewGuid():N}.mmdb");

    public PlaceTests() => File.WriteAllBytes(_file, AddressFile.Write(
        ("203.0.113.0/24", "Berlin", "Germany"), ("198.51.100.0/24", null, "France"), ("2001:db8::/32", "Oslo", "Norway")));

    public void Dispose() => File.Delete(_file);

    [Theory]
    [InlineData("203.0.113.77", "Berlin, Germany")]
    [InlineData("::ffff:203.0.113.77", "Berlin, Germany")]
    [InlineData("198.51.100.1", "France")]
    [InlineData("2001:db8:7::1", "Oslo, Norway")]
    [InlineData("192.0.2.55", "192.0.2.0/24")]
    [InlineData("2001:470:1:2::3", "2001:470:1::/48")]
    [InlineData(null, null)]
    [InlineData("nonsense", null)]
    public void An_address_is_a_place_or_its_network(string? address, string? words)
    {
        using var database = new GeoDatabase(Options.Create(new AccountsOptions { GeoDatabase = _file }));
        new Places(database).Of(address).ShouldBe(words);
    }

    [Fact]
    public void Without_a_database_it_is_the_network()
    {
        using var database = new GeoDatabase(Options.Create(new AccountsOptions()));
        new Places(database).Of("203.0.113.77").ShouldBe("203.0.113.0/24");
        new Places(database).Known("203.0.113.77").ShouldBeNull();
    }

    [Fact]
    public void A_file_that_is_none_is_said_at_the_start()
    {
        GeoDatabase.Fault(_file).ShouldBeNull();
        GeoDatabase.Fault(null).ShouldBeNull();
        GeoDatabase.Fault(_file + ".missing").ShouldBe("there is no such file");
        File.WriteAllText(_file, "not a database of addresses");
        new GeoDatabaseCheck().Validate(null, new AccountsOptions { GeoDatabase = _file }).Failed.ShouldBeTrue();
    }

    [Fact]
    public async Task The_list_of_sessions_and_the_mail_about_a_new_device_name_it()
    {
        var mails = new ConcurrentQueue<Mail>();
        var mailer = Substitute.For<IMailer>();
        mailer.When(m => m.Send(Arg.Any<WriteBatch>(), Arg.Any<Caller>(), Arg.Any<Mail>())).Do(call => mails.Enqueue(call.Arg<Mail>()));
        await using var app = new PlatformApp().With("Accounts:GeoDatabase", _file).With(services => services.Replace(ServiceDescriptor.Singleton(mailer)));
        var ada = await app.SignUpAsync();
        var from = ada.Caller with { Address = "203.0.113.77" };
        (await app.Get<SignIn>().RunAsync(CallerKind.Person, from, new SignInRequest(ada.Email, ada.Password), new Device("Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0", true), default)).Unwrap();
        var places = (await (await ada.Client.GetAsync("/api/v1/users/sessions")).ReadAsync()).GetProperty("items").EnumerateArray().Select(s => s.GetProperty("place").GetString()).ToList();
        places.ShouldContain("Berlin, Germany");
        mails.SelectMany(m => m.Lines).ShouldContain(line => line.Contains("from Berlin, Germany (the address 203.0.113.77)", StringComparison.Ordinal));
    }
}

/// <summary>Writes a database of addresses (MaxMind DB file format 2.0), only as much of it as is read.</summary>
internal static class AddressFile
{
    public static byte[] Write(params (string Network, string? City, string? Country)[] places)
    {
        var (nodes, data) = (new List<int[]> { new[] { -1, -1 } }, new MemoryStream());
        foreach (var (network, city, country) in places)
        {
            var offset = (int)data.Position;
            var record = new Dictionary<string, object>();
            if (city is not null) { record["city"] = Named(city); }
            if (country is not null) { record["country"] = Named(country); }
            Put(data, record);
            Insert(nodes, network, -2 - offset);
        }
        using var file = new MemoryStream();
        foreach (var value in nodes.SelectMany(n => n)) { Record(file, value switch { -1 => nodes.Count, < -1 => nodes.Count + 16 + (-2 - value), _ => value }); }
        file.Write(new byte[16]);
        file.Write(data.ToArray());
        file.Write([0xAB, 0xCD, 0xEF, .. "MaxMind.com"u8]);
        Put(file, new Dictionary<string, object>
        {
            ["node_count"] = (uint)nodes.Count, ["record_size"] = (ushort)24, ["ip_version"] = (ushort)6, ["database_type"] = "Test-City", ["languages"] = new[] { "en" },
            ["binary_format_major_version"] = (ushort)2, ["binary_format_minor_version"] = (ushort)0, ["build_epoch"] = 1_700_000_000UL, ["description"] = new Dictionary<string, object> { ["en"] = "a test" },
        });
        return file.ToArray();
    }

    private static Dictionary<string, object> Named(string name) => new() { ["names"] = new Dictionary<string, object> { ["en"] = name } };

    // IPv4 lies under ::/96.
    private static void Insert(List<int[]> nodes, string network, int value)
    {
        var block = IPNetwork.Parse(network);
        var bytes = block.BaseAddress.GetAddressBytes();
        byte[] whole = bytes.Length == 4 ? [.. new byte[12], .. bytes] : bytes;
        var length = block.PrefixLength + (bytes.Length == 4 ? 96 : 0);
        var node = 0;
        for (var bit = 0; bit < length; bit++)
        {
            var side = (whole[bit / 8] >> (7 - (bit % 8))) & 1;
            if (bit == length - 1) { nodes[node][side] = value; return; }
            if (nodes[node][side] < 0) { nodes.Add([-1, -1]); nodes[node][side] = nodes.Count - 1; }
            node = nodes[node][side];
        }
    }

    private static void Record(MemoryStream file, int value) => file.Write([(byte)(value >> 16), (byte)(value >> 8), (byte)value]);

    private static void Put(Stream to, object value)
    {
        switch (value)
        {
            case string text: Head(to, 2, Encoding.UTF8.GetByteCount(text)); to.Write(Encoding.UTF8.GetBytes(text)); break;
            case ushort small: Head(to, 5, 2); to.Write([(byte)(small >> 8), (byte)small]); break;
            case uint number: Head(to, 6, 4); var four = new byte[4]; BinaryPrimitives.WriteUInt32BigEndian(four, number); to.Write(four); break;
            case ulong large: Head(to, 9, 8); var eight = new byte[8]; BinaryPrimitives.WriteUInt64BigEndian(eight, large); to.Write(eight); break;
            case string[] list: Head(to, 11, list.Length); foreach (var item in list) { Put(to, item); } break;
            case Dictionary<string, object> map: Head(to, 7, map.Count); foreach (var (key, item) in map) { Put(to, key); Put(to, item); } break;
            default: throw new ArgumentException("no such value");
        }
    }

    // Types above seven stand in a byte of their own; sizes here are below 29.
    private static void Head(Stream to, int type, int size)
    {
        if (type <= 7) { to.WriteByte((byte)((type << 5) | size)); return; }
        to.WriteByte((byte)size);
        to.WriteByte((byte)(type - 7));
    }
}
