using System.Globalization;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A profile as it shall be; what is null or empty is cleared.</summary>
/// <param name="FirstName">First name.</param>
/// <param name="LastName">Last name.</param>
/// <param name="DisplayName">What others see in the place of first and last name.</param>
/// <param name="JobTitle">What one does.</param>
/// <param name="Phone">Digits, blanks and + ( ) - . /</param>
/// <param name="TimeZone">An IANA zone for dates and times; null: the organization's.</param>
/// <param name="Locale">How dates are written, such as de-DE; null: as the browser says.</param>
public sealed record UpdateProfileRequest(string FirstName, string LastName, string? DisplayName = null, string? JobTitle = null, string? Phone = null, string? TimeZone = null, string? Locale = null);

/// <summary>One's own profile.</summary>
public sealed record ProfileView(
    string Id, string Email, bool EmailVerified, string FirstName, string LastName, string? DisplayName, string? JobTitle, string? Phone, string? TimeZone, string? Locale, string? AvatarUrl, string Name);

/// <summary>A person's own profile: seen and changed.</summary>
public sealed class OwnProfile(OwnIdentity own, AccountStore accounts, IAudit audit, SessionAnnouncer announcer) : IReaderPreferences
{
    /// <summary>The languages and regions whose dates people can choose.</summary>
    public static readonly IReadOnlyList<string> Locales =
        ["en-US", "en-GB", "en-CA", "en-AU", "de-DE", "de-AT", "de-CH", "fr-FR", "fr-CA", "es-ES", "es-MX", "it-IT", "pt-PT", "pt-BR", "nl-NL", "pl-PL", "cs-CZ", "sv-SE", "da-DK", "nb-NO", "fi-FI", "tr-TR", "uk-UA", "ja-JP", "ko-KR", "zh-CN"];

    /// <summary>The profile.</summary>
    public async Task<Result<ProfileView>> GetAsync(Caller caller, CancellationToken cancellationToken) => (await own.FindAsync(caller, cancellationToken)).Map(View);

    /// <summary>Changes it.</summary>
    public async Task<Result<ProfileView>> UpdateAsync(Caller caller, UpdateProfileRequest request, CancellationToken cancellationToken)
    {
        if (Check(request) is { } wrong) { return wrong; }
        var found = await own.FindAsync(caller, cancellationToken);
        if (!found.Ok) { return found.Problem; }
        var (first, last) = (request.FirstName.Trim(), request.LastName.Trim());
        var changed = found.Value with
        {
            FirstName = first, LastName = last, SearchText = Account.SearchTextOf(first, last, found.Value.NormalizedEmail), ShownName = Clean(request.DisplayName),
            JobTitle = Clean(request.JobTitle), Phone = Clean(request.Phone), TimeZone = Clean(request.TimeZone), Locale = Clean(request.Locale),
        };
        return await StoreAsync(caller, found.Value, changed, "account.profile_changed", cancellationToken);
    }

    /// <inheritdoc />
    public async Task<ReaderPreferences> OfAsync(string userId, CancellationToken cancellationToken) =>
        await accounts.GetAsync(userId, cancellationToken) is { } account ? new ReaderPreferences(account.TimeZone, account.Locale) : new ReaderPreferences(null, null);

    /// <summary>Stores a changed account with its audit record and tells open pages.</summary>
    internal async Task<Result<ProfileView>> StoreAsync(Caller caller, Account before, Account after, string action, CancellationToken cancellationToken)
    {
        var batch = new WriteBatch().Replace(Caller.Platform, after);
        audit.Record(batch, caller, new AuditEntry(action, "user", after.Id) { Changes = Changes(before, after) });
        if (!await accounts.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await announcer.ChangedAsync(after.Id, cancellationToken);
        return View(after);
    }

    private static Problem? Check(UpdateProfileRequest request) =>
        Credentials.CheckName(request.FirstName, "firstName") ?? Credentials.CheckName(request.LastName, "lastName")
        ?? Credentials.CheckName(request.DisplayName ?? "", "displayName") ?? Credentials.CheckName(request.JobTitle ?? "", "jobTitle")
        ?? (Clean(request.Phone) is { } phone && (phone.Length > 40 || !phone.All(c => char.IsAsciiDigit(c) || c is ' ' or '+' or '(' or ')' or '-' or '.' or '/'))
            ? Problem.InvalidField("phone", "invalid_phone", "Use digits, blanks and + ( ) - . / only.") : null)
        ?? (Clean(request.TimeZone) is { } zone && !(TimeZoneInfo.TryFindSystemTimeZoneById(zone, out var known) && known.HasIanaId)
            ? Problem.InvalidField("timeZone", "invalid_time_zone", "Give an IANA time zone such as Europe/Berlin.") : null)
        ?? (Clean(request.Locale) is { } locale && !Locales.Contains(locale, StringComparer.Ordinal)
            ? Problem.InvalidField("locale", "invalid_locale", "Choose one of the offered locales, such as de-DE.") : null);

    private static string? Clean(string? text) => text?.Trim() is { Length: > 0 } clean ? clean : null;

    private static List<AuditChange> Changes(Account before, Account after)
    {
        (string Field, string? Before, string? After)[] fields =
        [
            ("firstName", before.FirstName, after.FirstName), ("lastName", before.LastName, after.LastName), ("displayName", before.ShownName, after.ShownName), ("jobTitle", before.JobTitle, after.JobTitle),
            ("phone", before.Phone, after.Phone), ("timeZone", before.TimeZone, after.TimeZone), ("locale", before.Locale, after.Locale), ("avatar", before.AvatarId, after.AvatarId),
        ];
        return [.. fields.Where(f => f.Before != f.After).Select(f => new AuditChange(f.Field, f.Before, f.After))];
    }

    private static ProfileView View(Account a) => new(a.Id, a.Email, a.EmailVerified, a.FirstName, a.LastName, a.ShownName, a.JobTitle, a.Phone, a.TimeZone, a.Locale, a.View().AvatarUrl, a.View().Name);
}
