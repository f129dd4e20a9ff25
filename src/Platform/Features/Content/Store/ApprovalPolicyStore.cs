using Platform.Features.Content.Domain;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Store;

/// <summary>An organization's rules of approval; the id is the organization's.</summary>
public sealed record ApprovalPolicyRecord : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The rules.</summary>
    public required ApprovalPolicy Policy { get; init; }
}

/// <summary>Where rules of approval are kept.</summary>
public sealed class ApprovalPolicyStore(IDocumentStore store)
{
    /// <summary>The collection.</summary>
    public static readonly Collection<ApprovalPolicyRecord> Collection = new("approval_policies");

    /// <summary>The organization's; one without any rules where none were written.</summary>
    public async Task<ApprovalPolicyRecord> GetAsync(Caller caller, CancellationToken cancellationToken) =>
        await store.For<ApprovalPolicyRecord>(caller).GetAsync(caller.OrganizationId, cancellationToken)
        ?? new() { Id = caller.OrganizationId, OrganizationId = caller.OrganizationId, Policy = new() };

    /// <summary>Adds it to the batch.</summary>
    public static void Stage(WriteBatch batch, Caller caller, ApprovalPolicyRecord record) { if (record.Version == 0) { batch.Insert(caller, record); } else { batch.Replace(caller, record); } }

    /// <summary>Commits a batch; false where another write came between.</summary>
    public async Task<bool> TryCommitAsync(WriteBatch batch, CancellationToken cancellationToken)
    {
        try { return await store.CommitAsync(batch, cancellationToken); }
        catch (DuplicateKeyException) { return false; }
    }
}
