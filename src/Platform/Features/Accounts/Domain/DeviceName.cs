namespace Platform.Features.Accounts.Domain;

/// <summary>
/// A browser and a system in words, from what the client says of itself; enough to know one's own devices again, never a proof of anything.
/// Unknown parts are empty rather than guessed.
/// </summary>
/// <param name="Browser">Such as Firefox; a program's own name for API clients.</param>
/// <param name="System">Such as Windows or iPhone.</param>
public sealed record DeviceName(string Browser, string System)
{
    // Order matters: later ones also appear in the earlier ones' texts.
    private static readonly (string Mark, string Name)[] Browsers =
    [
        ("Edg/", "Edge"), ("EdgA/", "Edge"), ("EdgiOS/", "Edge"), ("OPR/", "Opera"), ("Vivaldi/", "Vivaldi"), ("SamsungBrowser/", "Samsung Internet"), ("YaBrowser/", "Yandex Browser"), ("DuckDuckGo/", "DuckDuckGo"),
        ("FxiOS/", "Firefox"), ("Firefox/", "Firefox"), ("CriOS/", "Chrome"), ("HeadlessChrome/", "Chrome"), ("Chromium/", "Chromium"), ("Chrome/", "Chrome"), ("Safari/", "Safari"),
    ];

    private static readonly (string Mark, string Name)[] Systems =
    [
        ("iPhone", "iPhone"), ("iPad", "iPad"), ("Android", "Android"), ("CrOS", "ChromeOS"), ("Windows", "Windows"), ("Macintosh", "macOS"), ("Linux", "Linux"),
    ];

    /// <summary>"Firefox on Linux", or what there is of it.</summary>
    public string Words => (Browser, System) switch
    {
        ({ Length: > 0 }, { Length: > 0 }) => $"{Browser} on {System}",
        ({ Length: > 0 }, _) => Browser,
        (_, { Length: > 0 }) => System,
        _ => "an unknown device",
    };

    /// <summary>Whether it is held in the hand.</summary>
    public bool IsMobile => System is "iPhone" or "iPad" or "Android";

    /// <summary>Reads a User-Agent.</summary>
    public static DeviceName Of(string? userAgent)
    {
        var text = userAgent ?? "";
        var system = text.Contains("Mozilla/", StringComparison.Ordinal) ? Find(Systems, text) : "";
        var browser = text.Contains("Mozilla/", StringComparison.Ordinal) ? Find(Browsers, text) : Product(text);
        return new DeviceName(browser, system);
    }

    private static string Find((string Mark, string Name)[] names, string text) => names.FirstOrDefault(n => text.Contains(n.Mark, StringComparison.Ordinal)).Name ?? "";

    // A program's first product token, such as curl of curl/8.5.0; only plain words.
    private static string Product(string text)
    {
        var name = text.Split('/', ' ')[0];
        return name.Length is > 0 and <= 40 && name.All(c => char.IsAsciiLetterOrDigit(c) || c is '-' or '_' or '.') ? name : "";
    }
}
