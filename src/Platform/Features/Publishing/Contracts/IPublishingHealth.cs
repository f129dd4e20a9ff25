namespace Platform.Features.Publishing.Contracts;

/// <summary>How publishing stands over all organizations, for staff.</summary>
/// <param name="ByState">How many publications there are in each state; states without any are 0.</param>
/// <param name="Overdue">Due for more than a minute and not tried yet. More than none is a health problem.</param>
/// <param name="OldestOverdue">The due time of the oldest of them.</param>
public sealed record PublishingHealthView(IReadOnlyDictionary<PublicationState, long> ByState, long Overdue, DateTimeOffset? OldestOverdue)
{
    /// <summary>Whether nothing is overdue.</summary>
    public bool IsHealthy => Overdue == 0;

    /// <summary>One sentence for the health page.</summary>
    public string Summary => IsHealthy ? "Nothing is overdue." : $"{Overdue} publications are overdue, the oldest since {OldestOverdue:yyyy-MM-dd HH:mm:ss} UTC.";
}

/// <summary>The door to the health of publishing.</summary>
public interface IPublishingHealth
{
    /// <summary>How it stands, at most a few seconds old.</summary>
    Task<PublishingHealthView> GetAsync(CancellationToken cancellationToken);
}
