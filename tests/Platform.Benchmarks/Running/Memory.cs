using System.Globalization;

namespace Platform.Benchmarks.Running;

/// <summary>What a process holds after a full collection, in bytes.</summary>
/// <param name="Live">Objects.</param>
/// <param name="Resident">The working set.</param>
internal sealed record Memory(double Live, double Resident)
{
    /// <summary>The setting that lets a process of .NET answer <see cref="OfAsync"/>.</summary>
    public static KeyValuePair<string, string> Hook { get; } = new("DOTNET_STARTUP_HOOKS", Path.Combine(AppContext.BaseDirectory, "Platform.Benchmarks.dll"));

    public static async Task<Memory> OfAsync(Child child)
    {
        child.Say("memory");
        var said = (await child.HearAsync("memory ")).Split(' ');
        return new(double.Parse(said[0], CultureInfo.InvariantCulture), double.Parse(said[1], CultureInfo.InvariantCulture));
    }
}
