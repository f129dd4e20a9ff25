using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;

namespace Platform.Ui.Parts;

/// <summary>One number with all that makes it mean something.</summary>
public sealed partial class NumberStat(IStringLocalizer<Texts> T)
{
    /// <summary>What is counted.</summary>
    [Parameter, EditorRequired]
    public required string Label { get; set; }

    /// <summary>The number; null where there is no data.</summary>
    [Parameter, EditorRequired]
    public required double? Value { get; set; }

    /// <summary>Its unit, such as "%" or "posts".</summary>
    [Parameter]
    public string? Unit { get; set; }

    /// <summary>Over which time: "last 7 days".</summary>
    [Parameter, EditorRequired]
    public required string Period { get; set; }

    /// <summary>Why there is no data, where that is known.</summary>
    [Parameter]
    public string? Why { get; set; }

    /// <summary>Against the period before: 0.12 is 12 % more; null where it cannot be said.</summary>
    [Parameter]
    public double? Change { get; set; }

    /// <summary>Digits after the point.</summary>
    [Parameter]
    public int Digits { get; set; }

    /// <summary>A sparkline, say.</summary>
    [Parameter]
    public RenderFragment? ChildContent { get; set; }

    private string Format(double value) => value.ToString("N" + Digits.ToString(CultureInfo.InvariantCulture), CultureInfo.CurrentCulture);

    private string Percent(double change) => T["Change", (change > 0 ? "+" : "") + change.ToString("P0", CultureInfo.CurrentCulture)];
}
