using Microsoft.Extensions.Localization;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Publishing.Ui;

/// <summary>Dashboard card: publications that wait for a person, with why and what to do.</summary>
public sealed partial class AttentionCard(CallerProvider callers, ListPublications list, IStringLocalizer<PublishingTexts> T)
{
    private static readonly PublicationState[] Needing = [PublicationState.Unconfirmed, PublicationState.Failed, PublicationState.Missed, PublicationState.Held];
    private Result<IReadOnlyList<PublicationView>>? needing;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => needing = (await list.RunAsync(await callers.GetAsync(), new(Needing, Limit: 8), CancellationToken.None)).Map(page => page.Items);
}
