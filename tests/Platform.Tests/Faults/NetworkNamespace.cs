using System.ComponentModel;
using System.Diagnostics;
using System.Globalization;
using System.Net;
using System.Net.NetworkInformation;
using System.Net.Sockets;

namespace Platform.Tests.Faults;

/// <summary>One of the two cables between this machine and a namespace.</summary>
/// <param name="Here">The device at our end.</param>
/// <param name="There">The device in the namespace.</param>
/// <param name="Host">The address at our end.</param>
/// <param name="Guest">The address in the namespace.</param>
internal sealed record Cable(string Here, string There, IPAddress Host, IPAddress Guest);

/// <summary>
/// A network of its own for one process, with a cable for the database and one for everything else, so that the one can be cut and the other not. Its addresses
/// are private ones and its packets stay on this machine. Needs Linux, root and <c>ip</c>; a test is skipped by name where it cannot be made.
/// </summary>
internal sealed class NetworkNamespace : IDisposable
{
    private const string Prefix = "faults-";

    // An address that no device has: a frame sent to it arrives and is taken by nobody, as if it had been lost on the way.
    private const string Nobody = "02:00:00:00:00:01";

    private NetworkNamespace(string mark, int net)
    {
        Name = $"{Prefix}{Environment.ProcessId.ToString(CultureInfo.InvariantCulture)}-{mark}";
        Database = new($"fd{mark}", "database", IPAddress.Parse($"10.213.{net}.1"), IPAddress.Parse($"10.213.{net}.2"));
        Outside = new($"fo{mark}", "outside", IPAddress.Parse($"10.213.{net}.5"), IPAddress.Parse($"10.213.{net}.6"));
    }

    public string Name { get; }

    /// <summary>The way to the database.</summary>
    public Cable Database { get; }

    /// <summary>The way to the networks, and of the test to the app.</summary>
    public Cable Outside { get; }

    /// <summary>Makes one; nobody else has its name or its addresses.</summary>
    public static NetworkNamespace Make()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a network namespace needs Linux and root (ip netns)");
        Assert.SkipUnless(Try("-V") is null, "ip (package iproute2) is not there");
        RemoveLeftOver();
        var made = new NetworkNamespace(Random.Shared.Next(0x100000, 0x1000000).ToString("x", CultureInfo.InvariantCulture), FreeNet());
        try
        {
            if (Try("netns", "add", made.Name) is { } refused) { Assert.Skip($"this machine does not let us make a network namespace: {refused}"); }
            Ip("-n", made.Name, "link", "set", "lo", "up");
            made.Plug(made.Database);
            made.Plug(made.Outside);
            return made;
        }
        catch { made.Dispose(); throw; }
    }

    /// <summary>The way to the database is pulled out of the app's side: it has no route any more, and is told so.</summary>
    public void Unplug() => Ip("-n", Name, "link", "set", Database.There, "down");

    /// <summary>What the app sends to the database is lost on the way, and so is what comes back; nobody is told.</summary>
    public void LoseAll()
    {
        Lose(Name, Database.There, Database.Host);
        LoseAnswers();
    }

    /// <summary>What the app sends still arrives and is done; only the answers are lost.</summary>
    public void LoseAnswers() => Lose(null, Database.Here, Database.Guest);

    /// <summary>The cable is whole again, however it was cut.</summary>
    public void Mend()
    {
        Ip("-n", Name, "link", "set", Database.There, "up");
        Try("-n", Name, "neigh", "del", Database.Host.ToString(), "dev", Database.There);
        Try("neigh", "del", Database.Guest.ToString(), "dev", Database.Here);
    }

    /// <summary>A process that is in it; the process itself, with nothing between that a signal would have to pass.</summary>
    public ProcessStartInfo Enter(string program, IEnumerable<string> arguments) => new("ip", ["netns", "exec", Name, program, .. arguments]);

    public void Dispose()
    {
        // Our ends first: a namespace stays while a process is in it, its cables need not.
        Try("link", "del", Database.Here);
        Try("link", "del", Outside.Here);
        Try("netns", "del", Name);
    }

    private void Plug(Cable cable)
    {
        Ip("link", "add", "name", cable.Here, "type", "veth", "peer", "name", cable.There, "netns", Name);
        Ip("addr", "add", $"{cable.Host}/30", "dev", cable.Here);
        Ip("-n", Name, "addr", "add", $"{cable.Guest}/30", "dev", cable.There);
        Ip("link", "set", cable.Here, "up");
        Ip("-n", Name, "link", "set", cable.There, "up");
    }

    private static void Lose(string? where, string device, IPAddress to)
    {
        string[] at = where is null ? [] : ["-n", where];
        Ip([.. at, "neigh", "replace", to.ToString(), "lladdr", Nobody, "dev", device, "nud", "permanent"]);
    }

    // A test run that was ended by force could not clean up: what it left goes when the next one comes.
    private static void RemoveLeftOver()
    {
        foreach (var path in Directory.Exists("/run/netns") ? Directory.EnumerateFiles("/run/netns", $"{Prefix}*") : [])
        {
            var name = Path.GetFileName(path);
            if (int.TryParse(name.Split('-')[1], CultureInfo.InvariantCulture, out var process) && !Directory.Exists($"/proc/{process}")) { Try("netns", "del", name); }
        }
    }

    private static int FreeNet()
    {
        var taken = NetworkInterface.GetAllNetworkInterfaces().SelectMany(i => i.GetIPProperties().UnicastAddresses).Select(a => a.Address)
            .Where(a => a.AddressFamily == AddressFamily.InterNetwork).Select(a => a.GetAddressBytes()).Where(b => b[0] == 10 && b[1] == 213).Select(b => (int)b[2]).ToHashSet();
        return Enumerable.Range(0, 256).Where(net => !taken.Contains(net)).OrderBy(_ => Random.Shared.Next()).First();
    }

    private static void Ip(params string[] arguments)
    {
        if (Try(arguments) is { } refused) { throw new InvalidOperationException($"ip {string.Join(' ', arguments)}: {refused}"); }
    }

    // Null where it went well, else what it said.
    private static string? Try(params string[] arguments)
    {
        try
        {
            using var process = Process.Start(new ProcessStartInfo("ip", arguments) { RedirectStandardOutput = true, RedirectStandardError = true })!;
            var said = process.StandardError.ReadToEnd();
            process.WaitForExit();
            return process.ExitCode == 0 ? null : $"{said.Trim()} ({process.ExitCode})";
        }
        catch (Win32Exception e) { return e.Message; }
    }
}
