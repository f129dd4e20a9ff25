using Platform.Features.Audit.Contracts;
using Platform.Features.Library.Contracts;
using Platform.Features.Library.Domain;
using Platform.Features.Library.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Library.Actions;

/// <summary>What a template is made of; in a change, what is null stays.</summary>
public sealed record TemplateRequest(string? Name = null, string? Text = null);

/// <summary>Reads, makes, changes and removes templates.</summary>
public sealed class Templates(LibraryStore store, LibraryWriter writer, TimeProvider clock)
{
    /// <summary>The longest text.</summary>
    public const int LongestText = 10_000;

    /// <summary>A page by name, of those that hold the words.</summary>
    public async Task<Result<Page<TemplateView>>> ListAsync(Caller caller, string? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var words = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        return (await store.TemplatesAsync(caller, words, limit, cursor, cancellationToken)).Map(ViewOf);
    }

    /// <summary>One.</summary>
    public async Task<Result<TemplateView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return await store.GetAsync<Template>(caller, id, cancellationToken) is { } found ? ViewOf(found) : Problem.NotFound("template");
    }

    /// <summary>Makes one.</summary>
    public async Task<Result<TemplateView>> CreateAsync(Caller caller, TemplateRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        var empty = new Template { Id = Ids.New(now), OrganizationId = caller.OrganizationId, Name = "", NameKey = "", Text = "", SearchText = "", CreatedBy = caller.UserId ?? caller.Name, UpdatedAt = now };
        var made = With(empty, new(request.Name ?? "", request.Text ?? ""));
        if (!made.Ok) { return made.Problem; }
        return (await writer.AddAsync(caller, made.Value, new("template.created", "template", empty.Id, made.Value.Name), cancellationToken)).Map(ViewOf);
    }

    /// <summary>Changes what the request names; <paramref name="version"/> is what the caller read, null where they do not care.</summary>
    public async Task<Result<TemplateView>> UpdateAsync(Caller caller, string id, TemplateRequest request, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (await store.GetAsync<Template>(caller, id, cancellationToken) is not { } before) { return Problem.NotFound("template"); }
        if (version is { } read && read != before.Version) { return Problem.VersionMismatch(); }
        var after = With(before, request);
        if (!after.Ok) { return after.Problem; }
        var entry = new AuditEntry("template.changed", "template", id, after.Value.Name) { Changes = Changes(before, after.Value) };
        return (await writer.ReplaceAsync(caller, after.Value with { UpdatedAt = clock.GetUtcNow() }, entry, cancellationToken)).Map(ViewOf);
    }

    /// <summary>Removes one. Posts written with it stay as they are.</summary>
    public async Task<Result<Done>> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (await store.GetAsync<Template>(caller, id, cancellationToken) is not { } found) { return Problem.NotFound("template"); }
        return await writer.RemoveAsync(caller, found, new("template.deleted", "template", id, found.Name), cancellationToken);
    }

    private static Result<Template> With(Template before, TemplateRequest request)
    {
        var name = LibraryWriter.NameOf(request.Name ?? before.Name);
        if (!name.Ok) { return name.Problem; }
        var text = (request.Text ?? before.Text).Trim();
        if (text.Length == 0) { return Problem.InvalidField("text", "text_missing", "Write the text of the template."); }
        if (text.Length > LongestText) { return Problem.InvalidField("text", "text_too_long", $"The text is longer than {LongestText} characters. Shorten it."); }
        return before with { Name = name.Value, NameKey = name.Value.ToUpperInvariant(), Text = text, SearchText = $"{name.Value}\n{text}".ToUpperInvariant() };
    }

    private static List<AuditChange> Changes(Template before, Template after) =>
        [.. new AuditChange[] { new("name", before.Name, after.Name), new("text", before.Text, after.Text) }.Where(c => c.Before != c.After)];

    private static TemplateView ViewOf(Template t) => new(t.Id, t.Version, t.Name, t.Text, TemplateText.Places(t.Text), t.UpdatedAt);
}
