namespace Platform.Tenancy;

/// <summary>Absolute links to this installation, for mails and for networks: from <c>Platform:PublicUrl</c>, else from the address the server listens on. Never from a request's Host header, which a stranger chooses.</summary>
public sealed class PublicLinks(IConfiguration configuration)
{
    /// <summary>The root, without a trailing slash.</summary>
    public string Root { get; } = RootOf(configuration);

    /// <summary>An absolute link.</summary>
    /// <param name="path">Begins with a slash.</param>
    public string To(string path) => Root + path;

    private static string RootOf(IConfiguration configuration)
    {
        if (configuration["Platform:PublicUrl"] is { Length: > 0 } set) { return set.TrimEnd('/'); }
        var first = (configuration["Urls"] ?? "").Split(';')[0].TrimEnd('/');
        foreach (var wildcard in (string[])["//*", "//+", "//0.0.0.0", "//[::]"]) { first = first.Replace(wildcard, "//localhost", StringComparison.Ordinal); }
        return first.Length > 0 ? first : "http://localhost";
    }
}
