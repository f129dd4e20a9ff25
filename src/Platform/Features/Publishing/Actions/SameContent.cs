using Platform.Features.Publishing.Contracts;

namespace Platform.Features.Publishing.Actions;

/// <summary>Whether two contents would look alike on the network (records compare lists by reference).</summary>
internal static class SameContent
{
    /// <summary>Compares parts, media and options.</summary>
    public static bool As(PublicationContent left, PublicationContent right) =>
        left.Visibility == right.Visibility && left.ContentWarning == right.ContentWarning && left.Parts.Count == right.Parts.Count
        && left.Parts.Zip(right.Parts).All(pair => pair.First.Text == pair.Second.Text && pair.First.Media.SequenceEqual(pair.Second.Media));
}
