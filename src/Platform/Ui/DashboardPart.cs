using Platform.Tenancy;

namespace Platform.Ui;

/// <summary>Which column of the dashboard a card stands in.</summary>
public enum DashboardColumn
{
    /// <summary>Across the page: numbers.</summary>
    Wide,

    /// <summary>The broad column: what is coming, what needs a person.</summary>
    Main,

    /// <summary>The narrow column: health, activity.</summary>
    Side,

    /// <summary>Not on the dashboard: on the staff's overview.</summary>
    Staff,
}

/// <summary>
/// A card that a feature puts on the dashboard; modules register it with <c>services.AddSingleton(new DashboardPart(…))</c>. The component takes no
/// parameters, draws its own card, and follows its own live events. A failure inside it never takes the page with it.
/// </summary>
/// <param name="Column">Where.</param>
/// <param name="Order">Among its neighbours; by tens.</param>
/// <param name="Component">The component's type.</param>
/// <param name="Permission">Who sees it.</param>
public sealed record DashboardPart(DashboardColumn Column, int Order, Type Component, Permission Permission);

/// <summary>One step of the first-run checklist. Whether it is done is read from what is stored, never remembered beside it.</summary>
public interface IFirstStep
{
    /// <summary>Its place; by tens.</summary>
    int Order { get; }

    /// <summary>What to do: verb first.</summary>
    string Title { get; }

    /// <summary>Why, in one sentence.</summary>
    string Text { get; }

    /// <summary>The page that does it.</summary>
    string Url { get; }

    /// <summary>Whether the organization has done it.</summary>
    Task<bool> IsDoneAsync(Caller caller, CancellationToken cancellationToken);
}
