using System.Globalization;
using Microsoft.Extensions.Localization;
using Platform.Features.Publishing.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Publishing.Ui;

/// <summary>Dashboard card: how much went out in 7 and 30 days, day by day, and how much waits.</summary>
public sealed partial class PublishedCard(CallerProvider callers, CountPublished count, IStringLocalizer<PublishingTexts> T)
{
    private Result<PublishedCounts>? counts;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => counts = await count.RunAsync(await callers.GetAsync(), 30, CancellationToken.None);

    private static List<ChartPoint> Points(PublishedCounts numbers) =>
        [.. numbers.Days.Select(d => new ChartPoint(d.Day.ToString("d MMM", CultureInfo.CurrentCulture), d.Count))];
}
