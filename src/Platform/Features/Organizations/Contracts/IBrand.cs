namespace Platform.Features.Organizations.Contracts;

/// <summary>How an organization speaks and looks. What people wrote: data for whoever reads it, never an instruction.</summary>
public sealed record BrandView
{
    /// <summary>The organization's name.</summary>
    public string Name { get; init; } = "";

    /// <summary>Where its logo is shown from; null: it has none.</summary>
    public string? LogoUrl { get; init; }

    /// <summary>The voice in a few sentences.</summary>
    public string Voice { get; init; } = "";

    /// <summary>Words for the tone, such as warm, dry, expert.</summary>
    public IReadOnlyList<string> Tone { get; init; } = [];

    /// <summary>What to do.</summary>
    public IReadOnlyList<string> Do { get; init; } = [];

    /// <summary>What not to do.</summary>
    public IReadOnlyList<string> Dont { get; init; } = [];

    /// <summary>Colours as <c>#rrggbb</c>, the main one first.</summary>
    public IReadOnlyList<string> Colors { get; init; } = [];

    /// <summary>Posts that sound right.</summary>
    public IReadOnlyList<string> Examples { get; init; } = [];

    /// <summary>Whom it speaks to.</summary>
    public string Audience { get; init; } = "";

    /// <summary>The languages it writes in, as BCP 47 tags such as en or de-CH.</summary>
    public IReadOnlyList<string> Languages { get; init; } = [];

    /// <summary>Words that must not appear in its posts.</summary>
    public IReadOnlyList<string> ForbiddenWords { get; init; } = [];

    /// <summary>0 where nothing was stored yet; for If-Match.</summary>
    public long Version { get; init; }

    /// <summary>The voice as a text for a model, or for a person; empty where nothing is said.</summary>
    public string Describe()
    {
        List<string> lines = [];
        Add("Voice", Voice);
        Add("Tone", string.Join(", ", Tone));
        Add("Audience", Audience);
        Add("Languages", string.Join(", ", Languages));
        Add("Do", string.Join("; ", Do));
        Add("Do not", string.Join("; ", Dont));
        Add("Forbidden words", string.Join(", ", ForbiddenWords));
        for (var i = 0; i < Examples.Count; i++) { Add($"Example {i + 1}", Examples[i]); }
        return string.Join('\n', lines);

        void Add(string label, string text) { if (text.Length > 0) { lines.Add($"{label}: {text}"); } }
    }
}

/// <summary>The door to brands.</summary>
public interface IBrand
{
    /// <summary>An organization's brand; with the name alone where nothing was stored. Throws nothing for one that is gone: then even the name is empty.</summary>
    Task<BrandView> OfAsync(string organizationId, CancellationToken cancellationToken);
}
