namespace Platform.Features.Media.Contracts;

/// <summary>A feature whose records refer to media and which would break without them.</summary>
public interface IMediaUse
{
    /// <summary>What would break without the asset, as a sentence for whoever wants to delete it; null: nothing.</summary>
    Task<string?> NeedAsync(string organizationId, string mediaId, CancellationToken cancellationToken);

    /// <summary>
    /// Which of the assets anything refers to: sent or unsent, and deleted ones as long as they can be brought back. What no feature names is
    /// removed after a week, so a feature that keeps a media id must answer for it here.
    /// </summary>
    Task<IReadOnlySet<string>> UsedAsync(string organizationId, IReadOnlyCollection<string> mediaIds, CancellationToken cancellationToken);
}
