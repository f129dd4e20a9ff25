using Platform.Primitives;
using Platform.Storage;

namespace Platform;

/// <summary>Commands of the app: <c>dotnet run --project src/Platform -- backup file</c>. Modules register <see cref="ICommand"/>; the first argument names one.</summary>
public static class Commands
{
    /// <summary>The arguments that are settings. Beside a command only <c>--Key=value</c> is one: configuration would read <c>/path/of/file</c> as a key and swallow what follows it.</summary>
    public static string[] Settings(string[] args) => args is [[>= 'a' and <= 'z', ..], ..] ? [.. args.Where(IsSetting)] : [.. args.Select(Spelled)];

    /// <summary>Where the pages' files and appsettings.json lie: beside a published program, wherever it is started from; null (<c>dotnet run</c>, tests) for where the host looks by itself.</summary>
    public static string? ContentRoot(string program, string current) => !Directory.Exists(Path.Combine(current, "wwwroot")) && Directory.Exists(Path.Combine(program, "wwwroot")) ? program : null;

    /// <summary>The terminal that the app was started in.</summary>
    public static ICommandOutput Output { get; } = new ConsoleOutput();

    /// <summary>Runs the command that the first argument names, with the rest; false where it names none and the app is to be served.</summary>
    public static async Task<bool> TryRunAsync(WebApplication app, string[] args)
    {
        var command = app.Services.GetServices<ICommand>().FirstOrDefault(c => args is [var name, ..] && c.Name == name);
        if (command is null) { return false; }
        string[] arguments = [.. args.Skip(1).Where(a => !IsSetting(a))];
        try { Environment.ExitCode = await command.RunAsync(arguments, Output, app.Lifetime.ApplicationStopping); }
        catch (StorageUnavailableException failure)
        {
            // Most often the app is running: it alone may use its data folder.
            Output.Complain(failure.Message);
            Environment.ExitCode = 2;
        }
        await app.DisposeAsync();
        return true;
    }

    private static bool IsSetting(string argument) => argument.StartsWith("--", StringComparison.Ordinal);

    // A switch without a value would swallow the argument after it.
    private static string Spelled(string argument) => argument == "--demo" ? "--Demo:Enabled=true" : argument;

#pragma warning disable RS0030 // the one place where the app speaks to a terminal
    private sealed class ConsoleOutput : ICommandOutput
    {
        public void Say(string line) => Console.Out.WriteLine(line);

        public void Complain(string line) => Console.Error.WriteLine(line);
    }
#pragma warning restore RS0030
}
