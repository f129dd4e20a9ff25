namespace Platform.Features.Accounts.Contracts;

/// <summary>How a person wants dates and times to be written.</summary>
/// <param name="TimeZone">An IANA zone; null: the organization's.</param>
/// <param name="Locale">A BCP 47 name such as de-DE; null: the browser's.</param>
public sealed record ReaderPreferences(string? TimeZone, string? Locale);

/// <summary>Knows people's own settings for dates and times.</summary>
public interface IReaderPreferences
{
    /// <summary>A person's; both null where they set nothing.</summary>
    Task<ReaderPreferences> OfAsync(string userId, CancellationToken cancellationToken);
}
