namespace Platform.Benchmarks;

/// <summary>One benchmark of RELIABILITY B with its peer in the same run. One class each; found by the runner.</summary>
internal interface IBenchmark
{
    /// <summary>Such as <c>P5</c>.</summary>
    string Id { get; }

    /// <summary>What is measured, in one line.</summary>
    string Title { get; }

    /// <summary>Runs it and returns its table in Markdown.</summary>
    Task<string> RunAsync();
}
