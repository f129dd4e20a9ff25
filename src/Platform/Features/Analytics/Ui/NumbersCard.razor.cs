using System.Globalization;
using Microsoft.Extensions.Localization;
using Platform.Features.Analytics.Actions;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Analytics.Ui;

/// <summary>Dashboard card: what all posts gained in thirty days against the thirty before, and day by day.</summary>
public sealed partial class NumbersCard(CallerProvider callers, ReadAnalytics read, IStringLocalizer<DashboardTexts> T)
{
    private Result<DashboardAnalytics>? _numbers;

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync() => _numbers = await read.DashboardAsync(await callers.GetAsync(), 30, CancellationToken.None);

    private static List<ChartPoint> Points(DashboardAnalytics numbers) =>
        [.. numbers.Days.Select(d => new ChartPoint(d.Day.ToString("d MMM", CultureInfo.CurrentCulture), d.Gained.Engagement))];

    // From nothing there is no percentage.
    private static double? Change(long? now, long? before) => now is { } n && before is > 0 and { } b ? (n - b) / (double)b : null;
}
