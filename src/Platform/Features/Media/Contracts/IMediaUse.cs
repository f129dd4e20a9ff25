namespace Platform.Features.Media.Contracts;

/// <summary>A feature whose records refer to media and whose unsent work would break without them.</summary>
public interface IMediaUse
{
    /// <summary>How many unsent things need the asset.</summary>
    Task<long> CountUnsentAsync(string organizationId, string mediaId, CancellationToken cancellationToken);
}
