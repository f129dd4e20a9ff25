using System.ComponentModel.DataAnnotations;

namespace Platform.Ui.Live;

/// <summary>Settings under <c>Circuits</c>: how many open pages one may hold, and how much an open page may send.</summary>
public sealed class CircuitLimits
{
    /// <summary>Open pages (circuits) that one person may have at a time.</summary>
    [Range(1, 10_000)]
    public int PerPerson { get; set; } = 50;

    /// <summary>Open pages that may come from one address at a time.</summary>
    [Range(1, 100_000)]
    public int PerAddress { get; set; } = 500;

    /// <summary>Messages that an open page may send in ten seconds; beyond it is cut off.</summary>
    [Range(100, 1_000_000)]
    public int MessagesPerTenSeconds { get; set; } = 2_000;

    /// <summary>Largest message that an open page may send, in bytes.</summary>
    [Range(8 * 1024, 1024 * 1024)]
    public int MessageBytes { get; set; } = 32 * 1024;
}
