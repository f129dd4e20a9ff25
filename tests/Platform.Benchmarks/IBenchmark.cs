namespace Platform.Benchmarks;

/// <summary>One benchmark of RELIABILITY B with its peer in the same run. One class each; found by the runner.</summary>
internal interface IBenchmark
{
    /// <summary>Such as <c>P5</c>.</summary>
    string Id { get; }

    /// <summary>What is measured, in one line.</summary>
    string Title { get; }

    /// <summary>The sizes that may be given on the command line as <c>name=number</c>, with what they are otherwise.</summary>
    IReadOnlyDictionary<string, int> Sizes => new Dictionary<string, int>();

    /// <summary>Runs it and returns its table in Markdown; throws where the counts at the other end are wrong.</summary>
    Task<string> RunAsync(IReadOnlyDictionary<string, int> sizes);
}
