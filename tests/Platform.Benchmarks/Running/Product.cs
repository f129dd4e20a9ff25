using System.Diagnostics;

namespace Platform.Benchmarks.Running;

/// <summary>
/// The product as it is shipped: published once, with its code compiled ahead of time as the image's is. <c>BENCHMARK_PRODUCT</c> names a folder where it is
/// published already.
/// </summary>
internal static class Product
{
    private static readonly Lazy<string> Published = new(Publish);

    /// <summary>Its main file.</summary>
    public static string File => Path.Combine(Published.Value, "Platform.dll");

    private static string Publish()
    {
        if (Environment.GetEnvironmentVariable("BENCHMARK_PRODUCT") is { Length: > 0 } folder) { return folder; }
        var output = Path.Combine(AppContext.BaseDirectory, "product");
        var (built, made) = (new FileInfo(Path.Combine(AppContext.BaseDirectory, "Platform.dll")), new FileInfo(Path.Combine(output, "Platform.dll")));
        if (made.Exists && made.LastWriteTimeUtc >= built.LastWriteTimeUtc) { return output; }
        using var publish = Process.Start("dotnet", ["publish", Project(), "-c", "Release", "-r", "linux-x64", "--self-contained", "false", "-p:PublishReadyToRun=true", "-v", "q", "--nologo", "-o", output]);
        publish.WaitForExit();
        return publish.ExitCode == 0 ? output : throw new InvalidOperationException("the product could not be published");
    }

    private static string Project()
    {
        for (var at = new DirectoryInfo(AppContext.BaseDirectory); at is not null; at = at.Parent)
        {
            if (System.IO.File.Exists(Path.Combine(at.FullName, "Platform.sln"))) { return Path.Combine(at.FullName, "src", "Platform"); }
        }
        throw new InvalidOperationException("run the benchmarks from their repository, or name the published product in BENCHMARK_PRODUCT");
    }
}
