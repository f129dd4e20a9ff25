using Microsoft.Extensions.Options;
using Platform.Features.Accounts.Contracts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;
using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Actions;

/// <summary>A key as people see it.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Name">What it is for.</param>
/// <param name="Hint">Its first and last characters.</param>
/// <param name="Scopes">What it is limited to.</param>
/// <param name="MadeById">The member it acts as.</param>
/// <param name="MadeBy">Their name.</param>
/// <param name="CreatedAt">Since when.</param>
/// <param name="ExpiresAt">Until when; null: without end.</param>
/// <param name="LastUsedAt">Last use, to a few minutes.</param>
/// <param name="LastUsedFrom">From where.</param>
/// <param name="RevokedAt">When it was revoked.</param>
/// <param name="State">active, expired, revoked.</param>
public sealed record ApiKeyView(
    string Id, string Name, string Hint, IReadOnlyList<Permission> Scopes, string MadeById, string MadeBy, DateTimeOffset CreatedAt, DateTimeOffset? ExpiresAt,
    DateTimeOffset? LastUsedAt, string? LastUsedFrom, DateTimeOffset? RevokedAt, string State);

/// <summary>A new key; the only time its text is seen.</summary>
/// <param name="Key">Its description.</param>
/// <param name="Secret">Its text, for <c>Authorization: Bearer</c> or <c>X-Api-Key</c>.</param>
public sealed record NewApiKey(ApiKeyView Key, string Secret);

/// <summary>What a key shall be.</summary>
/// <param name="Name">What it is for.</param>
/// <param name="Scopes">Of what its maker holds.</param>
/// <param name="ExpiresInDays">1 to 365; null: without end.</param>
public sealed record MakeApiKeyRequest(string Name, IReadOnlyList<Permission> Scopes, int? ExpiresInDays = null);

/// <summary>What a key shall be called and be limited to from now on.</summary>
public sealed record ChangeApiKeyRequest(string Name, IReadOnlyList<Permission> Scopes);

/// <summary>
/// Makes, lists, changes and revokes the organization's keys. Only by a person who is there: never by a key, never by staff acting as the person. A key never holds more than its maker,
/// so only its maker may change it; whoever may manage keys may revoke any.
/// </summary>
public sealed class ApiKeys(ApiKeyStore keys, ApiKeyFacts facts, ISecurityMail mail, IAudit audit, SessionAnnouncer announcer, TimeProvider time)
{
    /// <summary>All of the organization, newest first.</summary>
    public async Task<Result<Page<ApiKeyView>>> ListAsync(Caller caller, CancellationToken cancellationToken)
    {
        if (!May(caller)) { return Problem.Forbidden(); }
        var found = await keys.ListAsync(caller, cancellationToken);
        var names = await facts.NamesAsync([.. found.Select(k => k.UserId)], cancellationToken);
        return new Page<ApiKeyView>([.. found.Select(k => View(k, names.GetValueOrDefault(k.UserId, "")))], null);
    }

    /// <summary>Makes one.</summary>
    public async Task<Result<NewApiKey>> MakeAsync(Caller caller, MakeApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (!May(caller)) { return Problem.Forbidden(); }
        if (Check(caller, request.Name, request.Scopes) is { } wrong) { return wrong; }
        if (request.ExpiresInDays is < 1 or > 365) { return Problem.InvalidField("expiresInDays", "invalid_expiry", "Choose between 1 and 365 days, or no end."); }
        if (await facts.LimitAsync(caller, await keys.CountAsync(caller, cancellationToken), cancellationToken) is { } reached) { return reached; }
        var (text, now) = (ApiKeyText.New(), time.GetUtcNow());
        var key = new ApiKey
        {
            OrganizationId = caller.OrganizationId, UserId = caller.UserId!, Name = request.Name.Trim(), Scopes = [.. request.Scopes.Distinct().Order()], SecretHash = OpaqueToken.Hash(text),
            Hint = ApiKeyText.Hint(text), TwoFactors = await facts.HasTwoFactorsAsync(caller, cancellationToken), CreatedAt = now, ExpiresAt = request.ExpiresInDays is { } days ? now.AddDays(days) : null,
        };
        var batch = new WriteBatch().Insert(caller, key);
        audit.Record(batch, caller, new AuditEntry("api_key.created", "api_key", key.Id, key.Name) { Changes = [new("name", null, key.Name), new("scopes", null, Say(key.Scopes)), new("expiresAt", null, key.ExpiresAt?.ToString("u"))] });
        await mail.StageAsync(batch, caller, key.UserId, SecurityNews.ApiKeyMade(key.Name, await facts.OrganizationNameAsync(caller, cancellationToken)), cancellationToken);
        await keys.CommitAsync(batch, cancellationToken);
        mail.Sent();
        return new NewApiKey(View(key, caller.Name), text);
    }

    /// <summary>Changes the name and the scopes of a key that the caller made.</summary>
    public async Task<Result<ApiKeyView>> ChangeAsync(Caller caller, string id, ChangeApiKeyRequest request, CancellationToken cancellationToken)
    {
        if (!May(caller)) { return Problem.Forbidden(); }
        if (Check(caller, request.Name, request.Scopes) is { } wrong) { return wrong; }
        if (await FindAsync(caller, id, cancellationToken) is not { } key) { return Problem.NotFound("API key"); }
        if (key.UserId != caller.UserId) { return Problem.Forbidden("Only the member who made a key may change it. You may revoke it."); }
        if (key.RevokedAt is not null) { return Problem.Conflict("key_revoked", "This key was revoked. Make a new one."); }
        var changed = key with { Name = request.Name.Trim(), Scopes = [.. request.Scopes.Distinct().Order()] };
        var batch = new WriteBatch().Replace(caller, changed);
        audit.Record(batch, caller, new AuditEntry("api_key.updated", "api_key", id, changed.Name) { Changes = Differences(key, changed) });
        if (!await keys.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await announcer.ChangedAsync(key.UserId, cancellationToken);
        return View(changed, caller.Name);
    }

    /// <summary>Revokes one; it stops working at once.</summary>
    public async Task<Result<Done>> RevokeAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!May(caller)) { return Problem.Forbidden(); }
        if (await FindAsync(caller, id, cancellationToken) is not { } key) { return Problem.NotFound("API key"); }
        if (key.RevokedAt is not null) { return Done.Ok; }
        var now = time.GetUtcNow();
        // Not a replace: a use that is noted at the same moment must not keep the key alive.
        var batch = new WriteBatch().Update(caller, k => k.Id == id && k.RevokedAt == null, new Update<ApiKey>().Set(k => k.RevokedAt, now));
        audit.Record(batch, caller, new AuditEntry("api_key.revoked", "api_key", id, key.Name) { Changes = [new("state", "active", "revoked")] });
        if (!await keys.CommitAsync(batch, cancellationToken)) { return Problem.VersionMismatch(); }
        await announcer.ChangedAsync(key.UserId, cancellationToken);
        return Done.Ok;
    }

    private static bool May(Caller caller) => caller.May(Permission.KeysManage) && caller.IsInPerson;

    private async Task<ApiKey?> FindAsync(Caller caller, string id, CancellationToken cancellationToken) => Ids.IsValid(id) ? await keys.GetAsync(caller, id, cancellationToken) : null;

    private static Problem? Check(Caller caller, string name, IReadOnlyList<Permission> scopes)
    {
        if (string.IsNullOrWhiteSpace(name) || name.Trim().Length > 80 || name.Any(char.IsControl)) { return Problem.InvalidField("name", "invalid_name", "Give a name of 1 to 80 characters that says what the key is for."); }
        if (scopes.Count == 0) { return Problem.InvalidField("scopes", "scopes_missing", "Choose at least one thing that the key may do."); }
        var beyond = scopes.Where(s => !ApiKeyScopes.Offered.Contains(s) || !caller.May(s)).Distinct().ToList();
        return beyond.Count > 0 ? Problem.InvalidField("scopes", "scope_not_held", $"You cannot give a key what you may not do yourself, or what needs a person: {Say(beyond)}.") : null;
    }

    private static IReadOnlyList<AuditChange> Differences(ApiKey before, ApiKey after)
    {
        var changes = new List<AuditChange>();
        if (before.Name != after.Name) { changes.Add(new("name", before.Name, after.Name)); }
        if (Say(before.Scopes) != Say(after.Scopes)) { changes.Add(new("scopes", Say(before.Scopes), Say(after.Scopes))); }
        return changes;
    }

    private static string Say(IEnumerable<Permission> scopes) => string.Join(", ", scopes);

    private ApiKeyView View(ApiKey k, string madeBy) => new(
        k.Id, k.Name, k.Hint, k.Scopes, k.UserId, madeBy, k.CreatedAt, k.ExpiresAt, k.LastUsedAt, k.LastUsedFrom, k.RevokedAt,
        k.RevokedAt is not null ? "revoked" : k.ExpiresAt <= time.GetUtcNow() ? "expired" : "active");
}

/// <summary>What making a key has to know of others.</summary>
public sealed class ApiKeyFacts(IOrganizations organizations, IPlanLimits limits, AccountStore accounts, SessionStore sessions, IOptions<AccountsOptions> options)
{
    /// <summary>Names of people.</summary>
    public async Task<IReadOnlyDictionary<string, string>> NamesAsync(IReadOnlyCollection<string> userIds, CancellationToken cancellationToken) =>
        (await accounts.PeopleAsync([.. userIds.Distinct().Take(200)], cancellationToken)).ToDictionary(a => a.Id, a => a.DisplayName());

    /// <summary>Whether the caller's session was begun with two factors.</summary>
    public async Task<bool> HasTwoFactorsAsync(Caller caller, CancellationToken cancellationToken) =>
        caller.SessionId is { } id && await sessions.GetAsync(id, cancellationToken) is { } session && SignInMethods.AreTwoFactors(session.Methods);

    /// <summary>The organization's name.</summary>
    public async Task<string> OrganizationNameAsync(Caller caller, CancellationToken cancellationToken) => (await organizations.GetAsync(caller.OrganizationId, cancellationToken))?.Name ?? "";

    /// <summary>The problem where there are as many keys as may be.</summary>
    public async Task<Problem?> LimitAsync(Caller caller, long used, CancellationToken cancellationToken)
    {
        var most = options.Value.ApiKeysPerOrganization;
        return used < most ? null : PlanProblems.Reached(await limits.OfAsync(caller.OrganizationId, cancellationToken), "apiKeys", most, used);
    }
}
