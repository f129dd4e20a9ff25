using Platform.Features.Publishing.Contracts;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Content.Contracts;

/// <summary>A post whose publications have their past already.</summary>
/// <param name="Content">What it says.</param>
/// <param name="Networks">The networks of its channels.</param>
/// <param name="CreatedBy">Who made it.</param>
/// <param name="CreatedAt">When.</param>
/// <param name="State">The state over its publications.</param>
/// <param name="Moment">When it went out, or was to.</param>
public sealed record PastPost(NewPost Content, IReadOnlyList<string> Networks, string CreatedBy, DateTimeOffset CreatedAt, PublicationState State, DateTimeOffset Moment);

/// <summary>Takes in posts that have their past already: the demo's, and imports from other tools.</summary>
public interface IPostHistory
{
    /// <summary>Adds one to the batch and returns its id; its publications go into the same batch. Throws where the draft itself is not valid.</summary>
    string Stage(WriteBatch batch, Caller caller, PastPost past);
}
