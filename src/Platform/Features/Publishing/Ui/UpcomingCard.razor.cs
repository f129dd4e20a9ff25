using Microsoft.Extensions.Localization;
using Platform.Features.Publishing.Actions;
using Platform.Features.Publishing.Contracts;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Publishing.Ui;

/// <summary>Dashboard card: the next publications, soonest first.</summary>
public sealed partial class UpcomingCard(CallerProvider callers, ShowCalendar calendar, TimeProvider clock, IStringLocalizer<PublishingTexts> T)
{
    private const int Shown = 6;
    private static readonly PublicationState[] Waiting = [PublicationState.Scheduled, PublicationState.AwaitingApproval, PublicationState.Publishing];
    private Result<IReadOnlyList<IReadOnlyList<PublicationView>>>? coming;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var now = clock.GetUtcNow();
        var range = await calendar.RunAsync(await callers.GetAsync(), new(now.AddMinutes(-10), now.AddDays(60), Waiting), CancellationToken.None);
        // A post that goes to several channels at one moment is one line.
        coming = range.Map<IReadOnlyList<IReadOnlyList<PublicationView>>>(r => [.. r.Publications.GroupBy(p => (p.PostId, p.Due?.At, p.State)).Select(g => (IReadOnlyList<PublicationView>)[.. g]).Take(Shown)]);
    }
}
