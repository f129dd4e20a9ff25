using Platform.Features.Audit.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Features.Organizations.Domain;
using Platform.Features.Organizations.Store;
using Platform.Primitives;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Actions;

/// <summary>A brand as it shall be.</summary>
/// <param name="Voice">The voice in a few sentences.</param>
/// <param name="Tone">Words for the tone.</param>
/// <param name="Do">What to do.</param>
/// <param name="Dont">What not to do.</param>
/// <param name="Colors">Colours as <c>#rrggbb</c>, the main one first.</param>
/// <param name="Examples">Posts that sound right; at most 5.</param>
/// <param name="Audience">Whom it speaks to.</param>
/// <param name="Languages">BCP 47 tags.</param>
/// <param name="ForbiddenWords">Words that must not appear in posts.</param>
public sealed record SetBrandRequest(
    string? Voice = null, IReadOnlyList<string>? Tone = null, IReadOnlyList<string>? Do = null, IReadOnlyList<string>? Dont = null, IReadOnlyList<string>? Colors = null,
    IReadOnlyList<string>? Examples = null, string? Audience = null, IReadOnlyList<string>? Languages = null, IReadOnlyList<string>? ForbiddenWords = null);

/// <summary>How an organization speaks and looks: read by everyone in it and by its agents, changed by those who manage it.</summary>
public sealed class EditBrand(BrandStore store, IOrganizations organizations, IAudit audit) : IBrand
{
    /// <inheritdoc />
    public async Task<BrandView> OfAsync(string organizationId, CancellationToken cancellationToken) =>
        View(await store.GetAsync(organizationId, cancellationToken), await organizations.GetAsync(organizationId, cancellationToken));

    /// <summary>Reads the caller's organization's.</summary>
    public async Task<Result<BrandView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return caller.OrganizationId == id ? await OfAsync(id, cancellationToken) : Problem.NotFound("organization");
    }

    /// <summary>Changes it, where <paramref name="version"/> is null or the stored one (0: nothing stored yet).</summary>
    public async Task<Result<BrandView>> SetAsync(Caller caller, string id, SetBrandRequest request, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.OrganizationManage)) { return Problem.Forbidden(); }
        if (caller.OrganizationId != id) { return Problem.NotFound("organization"); }
        var clean = Clean(id, request);
        if (!clean.Ok) { return clean.Problem; }
        var stored = await store.GetAsync(id, cancellationToken);
        if (version is { } expected && expected != (stored?.Version ?? 0)) { return Problem.VersionMismatch(); }
        var batch = new WriteBatch();
        if (stored is null) { batch.Insert(caller, clean.Value); } else { batch.Replace(caller, clean.Value with { Version = stored.Version }); }
        audit.Record(batch, caller, new AuditEntry("brand.changed", "organization", id) { Changes = Changes(stored ?? new StoredBrand { OrganizationId = id }, clean.Value) });
        try { return await store.CommitAsync(batch, cancellationToken) ? await OfAsync(id, cancellationToken) : Problem.VersionMismatch(); }
        catch (DuplicateKeyException) { return Problem.VersionMismatch(); }
    }

    private static Result<StoredBrand> Clean(string id, SetBrandRequest given)
    {
        var (voice, audience) = (BrandRules.Text("voice", given.Voice), BrandRules.Text("audience", given.Audience));
        var (tone, @do, dont) = (BrandRules.List("tone", given.Tone), BrandRules.List("do", given.Do), BrandRules.List("dont", given.Dont));
        var (colors, examples) = (BrandRules.Colors("colors", given.Colors), BrandRules.Examples("examples", given.Examples));
        var (languages, forbidden) = (BrandRules.Languages("languages", given.Languages), BrandRules.Forbidden("forbiddenWords", given.ForbiddenWords));
        if ((voice.Problem ?? audience.Problem ?? tone.Problem ?? @do.Problem ?? dont.Problem ?? colors.Problem ?? examples.Problem ?? languages.Problem ?? forbidden.Problem) is { } wrong) { return wrong; }
        return new StoredBrand
        {
            Id = id, OrganizationId = id, Voice = voice.Value!, Audience = audience.Value!, Tone = tone.Value!, Do = @do.Value!, Dont = dont.Value!,
            Colors = colors.Value!, Examples = examples.Value!, Languages = languages.Value!, ForbiddenWords = forbidden.Value!,
        };
    }

    private static IReadOnlyList<AuditChange> Changes(StoredBrand a, StoredBrand b) => OrganizationChanges.Differences(
        ("voice", a.Voice, b.Voice), ("audience", a.Audience, b.Audience), ("tone", Join(a.Tone), Join(b.Tone)), ("do", Join(a.Do), Join(b.Do)), ("dont", Join(a.Dont), Join(b.Dont)),
        ("colors", Join(a.Colors), Join(b.Colors)), ("examples", $"{a.Examples.Count} examples", $"{b.Examples.Count} examples"), ("languages", Join(a.Languages), Join(b.Languages)),
        ("forbiddenWords", Join(a.ForbiddenWords), Join(b.ForbiddenWords)));

    private static string Join(IReadOnlyList<string> items) => string.Join(" · ", items);

    private static BrandView View(StoredBrand? b, OrganizationView? organization) => new()
    {
        Name = organization?.Name ?? "", LogoUrl = organization?.LogoUrl, Voice = b?.Voice ?? "", Tone = b?.Tone ?? [], Do = b?.Do ?? [], Dont = b?.Dont ?? [], Colors = b?.Colors ?? [],
        Examples = b?.Examples ?? [], Audience = b?.Audience ?? "", Languages = b?.Languages ?? [], ForbiddenWords = b?.ForbiddenWords ?? [], Version = b?.Version ?? 0,
    };
}
