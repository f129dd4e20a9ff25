using System.ComponentModel.DataAnnotations;

namespace Platform.Features.Media;

/// <summary>Section <c>Media</c>.</summary>
public sealed class MediaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Media";

    /// <summary>Largest file taken, in bytes (50 MB).</summary>
    [Range(1024, 2L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 50L * 1024 * 1024;
}
