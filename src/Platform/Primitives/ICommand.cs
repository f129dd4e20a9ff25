namespace Platform.Primitives;

/// <summary>Something the app does from the command line instead of serving: <c>dotnet run --project src/Platform -- name arguments</c>.</summary>
public interface ICommand
{
    /// <summary>Its first argument, such as <c>backup</c>.</summary>
    string Name { get; }

    /// <summary>Does it; returns the exit code, 0 for success.</summary>
    Task<int> RunAsync(IReadOnlyList<string> arguments, ICommandOutput output, CancellationToken cancellationToken);
}

/// <summary>Where a command writes.</summary>
public interface ICommandOutput
{
    /// <summary>One line of result.</summary>
    void Say(string line);

    /// <summary>One line of what went wrong.</summary>
    void Complain(string line);
}
