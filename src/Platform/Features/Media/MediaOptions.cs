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

    /// <summary>Whether the app may run where pictures cannot be drawn anew (no libgd): they are then only cleaned by their structure, and a warning says so. False: it does not start.</summary>
    public bool AllowCleaningOnly { get; set; } = true;

    /// <summary>How many pictures are drawn at once; large ones (over 12 megapixels) one after another all the same.</summary>
    [Range(1, 64)]
    public int DrawAtOnce { get; set; } = 2;
}
