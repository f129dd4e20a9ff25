using System.Diagnostics;

namespace Platform.Tests.Faults;

/// <summary>A disk of a few megabytes in memory, which a test fills and frees. Needs root; a test is skipped by name where it cannot be mounted.</summary>
internal sealed class SmallDisk : IDisposable
{
    private readonly string _folder;

    private SmallDisk(string folder) => _folder = folder;

    /// <summary>A folder on it.</summary>
    public string Directory => Path.Combine(_folder, "data");

    public static SmallDisk Mount(int megabytes)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux() && Environment.IsPrivilegedProcess, "a small disk needs Linux and root (mount -t tmpfs)");
        var folder = System.IO.Directory.CreateTempSubdirectory("small-disk-").FullName;
        if (Run("mount", "-t", "tmpfs", "-o", $"size={megabytes}m", "tmpfs", folder) != 0)
        {
            System.IO.Directory.Delete(folder);
            Assert.Skip("this machine does not let us mount a tmpfs");
        }
        var disk = new SmallDisk(folder);
        System.IO.Directory.CreateDirectory(disk.Directory);
        return disk;
    }

    /// <summary>Takes all the room that is left, to the last byte; what others give back is taken by the next call.</summary>
    public void Fill()
    {
        using var ballast = new FileStream(Path.Combine(_folder, "ballast"), FileMode.Append, FileAccess.Write, FileShare.None, 0);
        for (var piece = new byte[64 * 1024]; piece.Length > 0;)
        {
            try { ballast.Write(piece); }
            catch (IOException) { piece = new byte[piece.Length / 2]; }
        }
    }

    /// <summary>Gives it back.</summary>
    public void Free() => File.Delete(Path.Combine(_folder, "ballast"));

    /// <summary>Gives so much back.</summary>
    public void Free(int bytes)
    {
        using var ballast = new FileStream(Path.Combine(_folder, "ballast"), FileMode.Open);
        ballast.SetLength(ballast.Length - bytes);
    }

    public void Dispose()
    {
        Run("umount", "-l", _folder);
        System.IO.Directory.Delete(_folder, recursive: true);
    }

    private static int Run(string program, params string[] arguments)
    {
        using var process = Process.Start(program, arguments);
        process.WaitForExit();
        return process.ExitCode;
    }
}
