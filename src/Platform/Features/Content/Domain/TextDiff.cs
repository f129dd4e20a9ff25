namespace Platform.Features.Content.Domain;

/// <summary>What a piece of a comparison is.</summary>
public enum DiffKind
{
    /// <summary>In both.</summary>
    Same,

    /// <summary>Only in the later one.</summary>
    Added,

    /// <summary>Only in the earlier one.</summary>
    Removed,
}

/// <summary>A piece of a comparison.</summary>
public sealed record DiffPiece(DiffKind Kind, string Text);

/// <summary>Compares texts word by word: the longest common sequence of words and of the spaces between them.</summary>
public static class TextDiff
{
    // The table has so many cells at most; longer texts are compared line by line, and what is longer even so as a whole.
    private const long MostCells = 4_000_000;

    /// <summary>The pieces that make up both texts, in order; of a change, what went comes before what came.</summary>
    public static IReadOnlyList<DiffPiece> Of(string before, string after)
    {
        if (before == after) { return before.Length == 0 ? [] : [new(DiffKind.Same, before)]; }
        var (left, right) = (Words(before), Words(after));
        if ((long)left.Count * right.Count > MostCells) { (left, right) = (Lines(before), Lines(after)); }
        return (long)left.Count * right.Count > MostCells
            ? Join([new(DiffKind.Removed, before), new(DiffKind.Added, after)])
            : Join(Walk(left, right, Table(left, right)));
    }

    private static int[,] Table(List<string> left, List<string> right)
    {
        var longest = new int[left.Count + 1, right.Count + 1];
        for (var i = left.Count - 1; i >= 0; i--)
        {
            for (var j = right.Count - 1; j >= 0; j--) { longest[i, j] = left[i] == right[j] ? longest[i + 1, j + 1] + 1 : Math.Max(longest[i + 1, j], longest[i, j + 1]); }
        }
        return longest;
    }

    private static IEnumerable<DiffPiece> Walk(List<string> left, List<string> right, int[,] longest)
    {
        var (i, j) = (0, 0);
        while (i < left.Count || j < right.Count)
        {
            if (i < left.Count && j < right.Count && left[i] == right[j]) { yield return new(DiffKind.Same, left[i]); (i, j) = (i + 1, j + 1); }
            else if (j == right.Count || (i < left.Count && longest[i + 1, j] >= longest[i, j + 1])) { yield return new(DiffKind.Removed, left[i++]); }
            else { yield return new(DiffKind.Added, right[j++]); }
        }
    }

    // Neighbours of a kind become one; between two unchanged ones all that went stands before all that came.
    private static List<DiffPiece> Join(IEnumerable<DiffPiece> pieces)
    {
        var (joined, removed, added) = (new List<DiffPiece>(), "", "");
        foreach (var piece in pieces)
        {
            if (piece.Kind is DiffKind.Removed) { removed += piece.Text; continue; }
            if (piece.Kind is DiffKind.Added) { added += piece.Text; continue; }
            Flush();
            if (joined is [.., { Kind: DiffKind.Same } last]) { joined[^1] = last with { Text = last.Text + piece.Text }; } else { joined.Add(piece); }
        }
        Flush();
        return joined;

        void Flush()
        {
            if (removed.Length > 0) { joined.Add(new(DiffKind.Removed, removed)); }
            if (added.Length > 0) { joined.Add(new(DiffKind.Added, added)); }
            (removed, added) = ("", "");
        }
    }

    private static List<string> Words(string text)
    {
        var words = new List<string>();
        for (int start = 0, at = 1; at <= text.Length; at++)
        {
            if (at < text.Length && char.IsLetterOrDigit(text[at]) && char.IsLetterOrDigit(text[at - 1])) { continue; }
            if (at < text.Length && char.IsLowSurrogate(text[at])) { continue; }
            words.Add(text[start..at]);
            start = at;
        }
        return words;
    }

    private static List<string> Lines(string text) => [.. text.Split('\n').Select((line, at) => at == 0 ? line : "\n" + line)];
}
