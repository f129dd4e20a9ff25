using System.Globalization;
using Platform.Features.Agents.Contracts;

namespace Platform.Features.Agents.Domain;

/// <summary>What can be checked about a text, counted.</summary>
/// <param name="Targets">Networks it is for.</param>
/// <param name="Fitting">Of these, those whose rules it keeps.</param>
/// <param name="Facts">Numbers, links and mentions it states.</param>
/// <param name="Supported">Of these, those that the brief or the source states too.</param>
/// <param name="Topics">The key phrases of what it was made from.</param>
/// <param name="Covered">Of these, those it speaks of.</param>
/// <param name="CutOff">Whether the model's answer was cut off.</param>
public sealed record DraftChecks(int Targets, int Fitting, int Facts, int Supported, int Topics, int Covered, bool CutOff = false);

/// <summary>
/// A text's confidence: 0.4 × share of networks whose rules it keeps + 0.4 × share of its facts that its sources state + 0.2 × share of
/// the sources' topics it covers; halved where the answer was cut off. A part with nothing to check counts as kept.
/// It says how far the text can be trusted to be sendable and not made up, not how well it will do.
/// </summary>
public static class DraftConfidence
{
    /// <summary>Computes it.</summary>
    public static Confidence Of(DraftChecks checks)
    {
        var value = (0.4 * Share(checks.Fitting, checks.Targets)) + (0.4 * Share(checks.Supported, checks.Facts)) + (0.2 * Share(checks.Covered, checks.Topics));
        return new(Math.Round(checks.CutOff ? value / 2 : value, 2), checks.Targets + checks.Facts + checks.Topics, Words(checks));
    }

    private static double Share(int part, int all) => all == 0 ? 1 : (double)part / all;

    private static string Words(DraftChecks checks) => string.Join("; ", new[]
    {
        checks.Targets == 0 ? null : Text($"keeps the rules of {checks.Fitting} of {checks.Targets} networks"),
        checks.Facts == 0 ? "states no numbers, links or mentions" : Text($"{checks.Supported} of {checks.Facts} numbers, links and mentions are in what it was given"),
        checks.Topics == 0 ? null : Text($"covers {checks.Covered} of {checks.Topics} key phrases"),
        checks.CutOff ? "the answer was cut off" : null,
    }.OfType<string>());

    private static string Text(FormattableString text) => text.ToString(CultureInfo.InvariantCulture);
}
