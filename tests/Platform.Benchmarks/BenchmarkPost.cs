using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Benchmarks;

/// <summary>A record of the size and shape of a scheduled post.</summary>
internal sealed record BenchmarkPost : Document, IOrganizationOwned
{
    public const string Sample = "Our new menu is out: seven dishes from the market, three of them without meat. Book a table for Friday and tell us which one you liked best. #menu #market";

    public static readonly Collection<BenchmarkPost> Collection = new Collection<BenchmarkPost>("benchmark_posts")
        .Index("by_due", Sort<BenchmarkPost>.By(p => p.DueAt)).Index("by_state", Sort<BenchmarkPost>.By(p => p.State).ThenBy(p => p.DueAt));

    public required string OrganizationId { get; init; }
    public required string ChannelId { get; init; }
    public required BenchmarkState State { get; init; }
    public required DateTimeOffset DueAt { get; init; }
    public string Text { get; init; } = Sample;
}

internal enum BenchmarkState { Draft, Scheduled, Published }
