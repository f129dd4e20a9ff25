namespace Platform.Telemetry;

/// <summary>Settings under <c>Telemetry</c>. Levels of logging are those of <c>Logging:LogLevel</c>.</summary>
public sealed class TelemetryOptions
{
    /// <summary>Where traces and metrics go by OTLP; empty: nowhere.</summary>
    public string? OtlpEndpoint { get; set; }

    /// <summary>What <c>/metrics</c> asks for as a bearer token; empty: it answers only callers on this machine that did not come through a proxy.</summary>
    public string? MetricsToken { get; set; }

    /// <summary>A file for JSON log lines, one a day, 14 kept; empty: none.</summary>
    public string? LogFile { get; set; }

    /// <summary>Whether the console gets JSON lines rather than words.</summary>
    public bool JsonConsole { get; set; }

    /// <summary>Every mistake, each with its key.</summary>
    internal IEnumerable<string> Mistakes()
    {
        if (!string.IsNullOrEmpty(OtlpEndpoint) && !(Uri.TryCreate(OtlpEndpoint, UriKind.Absolute, out var uri) && uri.Scheme is "http" or "https"))
        {
            yield return "Telemetry:OtlpEndpoint must be an http or https address, such as http://collector:4317.";
        }
        if (MetricsToken is { Length: > 0 and < 16 }) { yield return "Telemetry:MetricsToken must have at least 16 characters."; }
    }
}
