using Platform.Primitives;

namespace Platform.Networks;

/// <summary>Reads the address of a server as people type it.</summary>
public static class ServerAddress
{
    /// <summary>Scheme, host and port, without a slash at the end; https where no scheme is given. Null where it is no address of a server.</summary>
    public static string? Read(string typed)
    {
        var text = typed.Trim().TrimEnd('/');
        if (!text.Contains("://", StringComparison.Ordinal)) { text = "https://" + text; }
        return Uri.TryCreate(text, UriKind.Absolute, out var url) && url.Scheme is "http" or "https" && url.UserInfo.Length == 0 && url.Host.Length > 0
            ? url.GetLeftPart(UriPartial.Authority).ToLowerInvariant()
            : null;
    }

    /// <summary>What to say where it is none.</summary>
    public static Problem Invalid() => Problem.InvalidField("serviceUrl", "url_invalid", "This is not the address of a server. Give one such as https://social.example.");
}
