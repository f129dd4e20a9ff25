using System.Text.Json;

namespace Platform.Ai;

/// <summary>What a model costs, in micro-dollars (millionths of a US dollar) per million tokens.</summary>
public sealed record ModelPrice
{
    /// <summary>The model's name, or the part before its date: <c>gpt-4o</c> also stands for <c>gpt-4o-2024-08-06</c>.</summary>
    public string Model { get; init; } = "";

    /// <summary>For what is sent.</summary>
    public long InputPerMillion { get; init; }

    /// <summary>For what is answered.</summary>
    public long OutputPerMillion { get; init; }

    /// <summary>The cost in micro-dollars, rounded up: money is never counted too low.</summary>
    public long CostOf(long inputTokens, long outputTokens) =>
        (long)((((Int128)inputTokens * InputPerMillion) + ((Int128)outputTokens * OutputPerMillion) + 999_999) / 1_000_000);
}

/// <summary>The prices known here: the operator's own first, then the table that ships (<c>prices.json</c>, list prices on its date).</summary>
public sealed class PriceList(IReadOnlyList<ModelPrice> own)
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web) { ReadCommentHandling = JsonCommentHandling.Skip };
    private static readonly PriceTable Table = Shipped();
    private readonly IReadOnlyList<ModelPrice> _all = [.. own, .. Table.Prices];

    /// <summary>The day the shipped list was written down.</summary>
    public static DateOnly AsOf => Table.AsOf;

    /// <summary>Where its prices stand.</summary>
    public static IReadOnlyList<string> Sources => Table.Sources;

    /// <summary>The model's price; null where it is not known, which is shown as unknown and never as zero.</summary>
    public ModelPrice? Find(string model) =>
        _all.FirstOrDefault(p => string.Equals(p.Model, model, StringComparison.OrdinalIgnoreCase)) ?? _all.FirstOrDefault(p => IsDated(model, p.Model));

    private static bool IsDated(string model, string name) =>
        model.StartsWith(name + "-", StringComparison.OrdinalIgnoreCase) && model[(name.Length + 1)..].All(c => char.IsAsciiDigit(c) || c == '-');

    private static PriceTable Shipped()
    {
        using var stream = typeof(PriceList).Assembly.GetManifestResourceStream("Platform.Ai.prices.json") ?? throw new InvalidOperationException("prices.json is not embedded");
        return JsonSerializer.Deserialize<PriceTable>(stream, Json) ?? throw new InvalidOperationException("prices.json holds nothing");
    }

    private sealed record PriceTable(DateOnly AsOf, IReadOnlyList<string> Sources, IReadOnlyList<ModelPrice> Prices);
}
