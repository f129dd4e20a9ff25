using Microsoft.Extensions.Localization;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Publishing.Ui;

/// <summary>Third step: schedule a post.</summary>
public sealed class ScheduleFirstPost(ListPublications list, IStringLocalizer<PublishingTexts> T) : IFirstStep
{
    private static readonly PublicationState[] Timed =
        [PublicationState.Scheduled, PublicationState.Publishing, PublicationState.Published, PublicationState.Unconfirmed, PublicationState.Held, PublicationState.Missed, PublicationState.Failed];

    /// <inheritdoc />
    public int Order => 30;

    /// <inheritdoc />
    public string Title => T["Schedule.Title"];

    /// <inheritdoc />
    public string Text => T["Schedule.Text"];

    /// <inheritdoc />
    public string Url => "/posts";

    /// <inheritdoc />
    public async Task<bool> IsDoneAsync(Caller caller, CancellationToken cancellationToken) =>
        (await list.RunAsync(caller, new(Timed, Limit: 1), cancellationToken)).Value?.Items.Count > 0;
}

/// <summary>Fourth step: see a post published.</summary>
public sealed class SeeFirstPublished(ListPublications list, IStringLocalizer<PublishingTexts> T) : IFirstStep
{
    /// <inheritdoc />
    public int Order => 40;

    /// <inheritdoc />
    public string Title => T["Published.Title"];

    /// <inheritdoc />
    public string Text => T["Published.Text"];

    /// <inheritdoc />
    public string Url => "/posts";

    /// <inheritdoc />
    public async Task<bool> IsDoneAsync(Caller caller, CancellationToken cancellationToken) =>
        (await list.RunAsync(caller, new([PublicationState.Published], Limit: 1), cancellationToken)).Value?.Items.Count > 0;
}
