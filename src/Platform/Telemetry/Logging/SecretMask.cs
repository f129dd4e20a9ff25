using System.Text.RegularExpressions;
using Serilog.Core;
using Serilog.Events;

namespace Platform.Telemetry.Logging;

/// <summary>
/// The last net: what is named like a secret, or looks like one inside a text, is masked before any sink sees it. Code must not log secrets in the
/// first place; this catches what a library or a careless line lets through. Texts of exceptions pass as they are.
/// </summary>
internal sealed partial class SecretMask : ILogEventEnricher
{
    internal const string Masked = "•••";

    public void Enrich(LogEvent logEvent, ILogEventPropertyFactory propertyFactory)
    {
        foreach (var (name, value) in logEvent.Properties.ToList())
        {
            var masked = Mask(name, value);
            if (!ReferenceEquals(masked, value)) { logEvent.AddOrUpdateProperty(new LogEventProperty(name, masked)); }
        }
    }

    /// <summary>The text without what looks like a secret in it.</summary>
    internal static string Clean(string text) => Bearer().Replace(Assigned().Replace(text, "$1" + Masked), "$1 " + Masked);

    private static LogEventPropertyValue Mask(string name, LogEventPropertyValue value) => value switch
    {
        _ when SecretName().IsMatch(name) => new ScalarValue(Masked),
        ScalarValue { Value: string text } when Clean(text) is var clean && clean != text => new ScalarValue(clean),
        StructureValue structure => new StructureValue(structure.Properties.Select(p => new LogEventProperty(p.Name, Mask(p.Name, p.Value))), structure.TypeTag),
        DictionaryValue dictionary => new DictionaryValue(dictionary.Elements.Select(e => KeyValuePair.Create(e.Key, Mask(e.Key.Value?.ToString() ?? "", e.Value)))),
        SequenceValue sequence => new SequenceValue(sequence.Elements.Select(e => Mask("", e))),
        _ => value,
    };

    [GeneratedRegex("password|secret|authorization|cookie|api[-_]?key|(access|refresh|id|reset|bearer|csrf)[-_]?token|^token$", RegexOptions.IgnoreCase)]
    private static partial Regex SecretName();

    [GeneratedRegex("""((?:password|secret|token|api[-_]?key|client_secret|code|assertion)["']?\s*[=:]\s*["']?)[^\s&"',;}]{4,}""", RegexOptions.IgnoreCase)]
    private static partial Regex Assigned();

    [GeneratedRegex(@"\b(Bearer|Basic)\s+[A-Za-z0-9._~+/=-]{8,}", RegexOptions.IgnoreCase)]
    private static partial Regex Bearer();
}
