using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Organizations.Store;

/// <summary>How an organization speaks and looks; its id is the organization's.</summary>
public sealed record StoredBrand : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The voice in a few sentences.</summary>
    public string Voice { get; init; } = "";

    /// <summary>Words for the tone.</summary>
    public IReadOnlyList<string> Tone { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<string> Do { get; init; } = [];

    /// <summary>What not to do.</summary>
    public IReadOnlyList<string> Dont { get; init; } = [];

    /// <summary>Colours.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    /// <summary>Posts that sound right.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Whom it speaks to.</summary>
    public string Audience { get; init; } = "";

    /// <summary>The languages it writes in.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Words that must not appear.</summary>
    public IReadOnlyList<string> ForbiddenWords { get; init; } = [];
}

/// <summary>Brands.</summary>
public sealed class BrandStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<StoredBrand> Collection = new("brands");

    /// <summary>An organization's; null where nothing was stored.</summary>
    public Task<StoredBrand?> GetAsync(string organizationId, CancellationToken cancellationToken) =>
        store.For<StoredBrand>(Caller.System(organizationId)).GetAsync(organizationId, cancellationToken);

    /// <summary>Writes a batch.</summary>
    public Task<bool> CommitAsync(WriteBatch batch, CancellationToken cancellationToken) => store.CommitAsync(batch, cancellationToken);
}
