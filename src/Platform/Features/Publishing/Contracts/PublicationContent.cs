using System.Security.Cryptography;
using System.Text;

namespace Platform.Features.Publishing.Contracts;

/// <summary>What will be sent on one channel. Held in the publication itself, so that the dispatcher needs no second read and never sends an old text.</summary>
public sealed record PublicationContent
{
    /// <summary>The parts; one where it is no thread.</summary>
    public required IReadOnlyList<PublicationPart> Parts { get; init; }

    /// <summary>Who sees it, where the network has a choice.</summary>
    public string? Visibility { get; init; }

    /// <summary>A content warning, where the network has one.</summary>
    public string? ContentWarning { get; init; }

    /// <summary>Whether two contents would look alike on the network (records compare lists by reference).</summary>
    public bool SaysTheSameAs(PublicationContent other) =>
        Visibility == other.Visibility && ContentWarning == other.ContentWarning && Parts.Count == other.Parts.Count
        && Parts.Zip(other.Parts).All(pair => pair.First.Text == pair.Second.Text && pair.First.Media.SequenceEqual(pair.Second.Media));

    /// <summary>The same for contents that say the same, another for all others (SHA-256): approval is of a fingerprint, and nothing else leaves.</summary>
    public string Fingerprint()
    {
        var text = new StringBuilder();
        Field(Visibility);
        Field(ContentWarning);
        foreach (var part in Parts)
        {
            Field(part.Text);
            foreach (var medium in part.Media) { Field(medium.MediaId); Field(medium.ContentType); Field(medium.AltText); Field($"{medium.Size}"); }
            text.Append('|');
        }
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(text.ToString())));

        // With its length, so that no two lists of fields run together into the same text.
        void Field(string? value) => text.Append(value?.Length ?? -1).Append(':').Append(value);
    }
}

/// <summary>One part.</summary>
public sealed record PublicationPart(string Text, IReadOnlyList<PublicationMedia> Media);

/// <summary>A medium of a part.</summary>
public sealed record PublicationMedia(string MediaId, string ContentType, long Size, string AltText);
