using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Media.Store;

/// <summary>What is known of a media file; the bytes lie elsewhere.</summary>
public sealed record MediaAsset : Document, IOrganizationOwned
{
    /// <inheritdoc />
    public required string OrganizationId { get; init; }

    /// <summary>The name to show; never a path.</summary>
    public required string FileName { get; init; }

    /// <summary>The type, told from the bytes.</summary>
    public required string ContentType { get; init; }

    /// <summary>Bytes as stored.</summary>
    public required long Size { get; init; }

    /// <summary>Pixels.</summary>
    public required int Width { get; init; }

    /// <summary>Pixels.</summary>
    public required int Height { get; init; }

    /// <summary>A video's length in seconds; 0 for an image.</summary>
    public double Seconds { get; init; }

    /// <summary>What the picture shows, for who cannot see it.</summary>
    public string AltText { get; init; } = "";

    /// <summary>
    /// The unguessable part of the asset's public address: who holds it may read the bytes without signing in (networks that fetch media
    /// themselves, the practice network's page). 256 random bits.
    /// </summary>
    public required string PublicKey { get; init; }

    /// <summary>Who uploaded it.</summary>
    public required string CreatedBy { get; init; }

    /// <summary>When it was uploaded.</summary>
    public required DateTimeOffset CreatedAt { get; init; }

    /// <summary>When to look whether anything still uses it; null in records from before there was such a look.</summary>
    public DateTimeOffset? LookAt { get; init; }
}
