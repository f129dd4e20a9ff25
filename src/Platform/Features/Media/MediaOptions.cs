using System.ComponentModel.DataAnnotations;

namespace Platform.Features.Media;

/// <summary>Where the bytes of media lie.</summary>
public enum MediaPlace
{
    /// <summary>In the database with MongoDB, else in the folder.</summary>
    Auto,

    /// <summary>In the data folder: one copy of the app, or a folder that all copies share.</summary>
    Folder,

    /// <summary>In the database, with a cache in each copy's data folder.</summary>
    Database,
}

/// <summary>Section <c>Media</c>.</summary>
public sealed class MediaOptions
{
    /// <summary>The section's name.</summary>
    public const string Section = "Media";

    /// <summary>Where files are kept.</summary>
    public MediaPlace Place { get; set; }

    /// <summary>Largest file taken, in bytes (50 MB).</summary>
    [Range(1024, 2L * 1024 * 1024 * 1024)]
    public long MaxBytes { get; set; } = 50L * 1024 * 1024;
}
