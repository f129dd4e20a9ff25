using Platform.Features.Audit.Contracts;
using Platform.Features.Library.Contracts;
using Platform.Features.Library.Domain;
using Platform.Features.Library.Store;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Library.Actions;

/// <summary>What a hashtag set is made of; in a change, what is null stays.</summary>
public sealed record HashtagSetRequest(string? Name = null, IReadOnlyList<string>? Tags = null);

/// <summary>Reads, makes, changes and removes hashtag sets.</summary>
public sealed class HashtagSets(LibraryStore store, LibraryWriter writer, TimeProvider clock)
{
    /// <summary>A page by name, of those that hold the words.</summary>
    public async Task<Result<Page<HashtagSetView>>> ListAsync(Caller caller, string? search, int limit, string? cursor, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        var words = string.IsNullOrWhiteSpace(search) ? null : search.Trim();
        return (await store.SetsAsync(caller, words, limit, cursor, cancellationToken)).Map(ViewOf);
    }

    /// <summary>One.</summary>
    public async Task<Result<HashtagSetView>> GetAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentRead)) { return Problem.Forbidden(); }
        return await store.GetAsync<HashtagSet>(caller, id, cancellationToken) is { } found ? ViewOf(found) : Problem.NotFound("hashtag set");
    }

    /// <summary>Makes one.</summary>
    public async Task<Result<HashtagSetView>> CreateAsync(Caller caller, HashtagSetRequest request, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        var now = clock.GetUtcNow();
        var empty = new HashtagSet { Id = Ids.New(now), OrganizationId = caller.OrganizationId, Name = "", NameKey = "", Tags = [], SearchText = "", CreatedBy = caller.UserId ?? caller.Name, UpdatedAt = now };
        var made = With(empty, new(request.Name ?? "", request.Tags ?? []));
        if (!made.Ok) { return made.Problem; }
        return (await writer.AddAsync(caller, made.Value, new("hashtag_set.created", "hashtag_set", empty.Id, made.Value.Name), cancellationToken)).Map(ViewOf);
    }

    /// <summary>Changes what the request names; <paramref name="version"/> is what the caller read, null where they do not care.</summary>
    public async Task<Result<HashtagSetView>> UpdateAsync(Caller caller, string id, HashtagSetRequest request, long? version, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (await store.GetAsync<HashtagSet>(caller, id, cancellationToken) is not { } before) { return Problem.NotFound("hashtag set"); }
        if (version is { } read && read != before.Version) { return Problem.VersionMismatch(); }
        var after = With(before, request);
        if (!after.Ok) { return after.Problem; }
        var entry = new AuditEntry("hashtag_set.changed", "hashtag_set", id, after.Value.Name) { Changes = Changes(before, after.Value) };
        return (await writer.ReplaceAsync(caller, after.Value with { UpdatedAt = clock.GetUtcNow() }, entry, cancellationToken)).Map(ViewOf);
    }

    /// <summary>Removes one. Posts written with it stay as they are.</summary>
    public async Task<Result<Done>> DeleteAsync(Caller caller, string id, CancellationToken cancellationToken)
    {
        if (!caller.May(Permission.ContentWrite)) { return Problem.Forbidden(); }
        if (await store.GetAsync<HashtagSet>(caller, id, cancellationToken) is not { } found) { return Problem.NotFound("hashtag set"); }
        return await writer.RemoveAsync(caller, found, new("hashtag_set.deleted", "hashtag_set", id, found.Name), cancellationToken);
    }

    private static Result<HashtagSet> With(HashtagSet before, HashtagSetRequest request)
    {
        var name = LibraryWriter.NameOf(request.Name ?? before.Name);
        if (!name.Ok) { return name.Problem; }
        var tags = Hashtags.Clean(request.Tags ?? before.Tags);
        if (!tags.Ok) { return tags.Problem; }
        return before with { Name = name.Value, NameKey = name.Value.ToUpperInvariant(), Tags = tags.Value, SearchText = $"{name.Value}\n{string.Join(' ', tags.Value)}".ToUpperInvariant() };
    }

    private static List<AuditChange> Changes(HashtagSet before, HashtagSet after) =>
        [.. new AuditChange[] { new("name", before.Name, after.Name), new("tags", string.Join(' ', before.Tags), string.Join(' ', after.Tags)) }.Where(c => c.Before != c.After)];

    private static HashtagSetView ViewOf(HashtagSet s) => new(s.Id, s.Version, s.Name, s.Tags, s.UpdatedAt);
}
