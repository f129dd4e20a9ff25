using Platform.Tenancy;

namespace Platform.Ui;

/// <summary>How dates and times are shown to a reader.</summary>
/// <param name="Zone">The reader's time zone, else the organization's.</param>
public sealed record ReaderSettings(TimeZoneInfo Zone)
{
    /// <summary>How dates are written; null: as the browser says.</summary>
    public System.Globalization.CultureInfo? Culture { get; init; }

    /// <summary>Where nothing is known.</summary>
    public static readonly ReaderSettings Default = new(TimeZoneInfo.Utc);

    /// <summary>Settings for an IANA zone; UTC where the name is not known.</summary>
    public static ReaderSettings For(string? zone) => zone is not null && TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var found) ? new(found) : Default;
}

/// <summary>Finds a reader's settings. The Organizations feature answers with the organization's zone.</summary>
public interface IReaderSettings
{
    /// <summary>The settings; <see cref="ReaderSettings.Default"/> for staff and strangers.</summary>
    Task<ReaderSettings> ForAsync(Caller caller, CancellationToken cancellationToken);
}
