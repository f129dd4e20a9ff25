namespace Platform.Features.Content.Contracts;

/// <summary>
/// A panel that another feature offers beside the composer. Modules register one with <c>services.AddSingleton(new ComposerPanel(…))</c>;
/// the composer draws them in order with <c>DynamicComponent</c>, giving each one parameter named <c>Context</c> of type <see cref="ComposerContext"/>.
/// </summary>
/// <param name="Component">The component.</param>
/// <param name="Title">The words above it.</param>
/// <param name="Order">Where in the list; by tens.</param>
public sealed record ComposerPanel(Type Component, string Title, int Order);

/// <summary>
/// What a panel knows of the post being written, and how it gives something back. The composer makes a new one whenever anything in it
/// changes, so a panel compares by value and never keeps an old one. A panel changes nothing by itself: what it gives back, a person asked for.
/// </summary>
public sealed record ComposerContext
{
    /// <summary>The text of the first part, as it stands in the editor.</summary>
    public required string Text { get; init; }

    /// <summary>The channels chosen, in order.</summary>
    public required IReadOnlyList<ComposerChannel> Channels { get; init; }

    /// <summary>The instant the post is planned for; null where there is none.</summary>
    public DateTimeOffset? ScheduledAt { get; init; }

    /// <summary>The IANA zone in which the page shows times.</summary>
    public string TimeZone { get; init; } = "Etc/UTC";

    /// <summary>Puts a text into the editor in place of the one there (the editor's undo brings it back).</summary>
    public required Func<string, Task> ApplyText { get; init; }

    /// <summary>Puts a text of its own on one channel: channel id, text.</summary>
    public required Func<string, string, Task> ApplyVariant { get; init; }

    /// <summary>Puts a time into the schedule picker; null where the composer takes none now (read-only, already sent).</summary>
    public Func<DateTimeOffset, Task>? ApplyTime { get; init; }
}

/// <summary>A chosen channel as a panel sees it.</summary>
/// <param name="Id">The channel's id.</param>
/// <param name="Network">The network's key.</param>
/// <param name="Name">What to call it.</param>
public sealed record ComposerChannel(string Id, string Network, string Name);
