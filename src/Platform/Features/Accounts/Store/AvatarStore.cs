using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A person's picture. Its id cannot be guessed and changes with every new one, so that it can be kept by browsers for ever.</summary>
public sealed record Avatar : Document, IPlatformOwned
{
    /// <summary>Whose.</summary>
    public required string UserId { get; init; }

    /// <summary>Told by its bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>The cleaned picture in base64.</summary>
    public required string Data { get; init; }
}

/// <summary>People's pictures.</summary>
public sealed class AvatarStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<Avatar> Collection = new Collection<Avatar>("avatars").Index("by_user", Sort<Avatar>.By(a => a.UserId));

    private IDocuments<Avatar> All => store.ForPlatform<Avatar>(Caller.Platform);

    /// <summary>One by id.</summary>
    public Task<Avatar?> GetAsync(string id, CancellationToken cancellationToken) => All.GetAsync(id, cancellationToken);

    /// <summary>Adds one.</summary>
    public Task AddAsync(Avatar avatar, CancellationToken cancellationToken) => All.InsertAsync(avatar, cancellationToken);

    /// <summary>Removes all of a person but one.</summary>
    public Task RemoveOthersAsync(string userId, string? keptId, CancellationToken cancellationToken)
    {
        var kept = keptId ?? "";
        return All.DeleteManyAsync(a => a.UserId == userId && a.Id != kept, cancellationToken);
    }
}
