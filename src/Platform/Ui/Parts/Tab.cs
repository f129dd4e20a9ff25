namespace Platform.Ui.Parts;

/// <summary>One tab, or one choice of a filter.</summary>
/// <param name="Value">Its value in the URL; empty: the parameter is left out.</param>
/// <param name="Text">The words.</param>
/// <param name="Icon">An icon.</param>
/// <param name="Count">How many it holds, where that is known.</param>
public sealed record Tab(string Value, string Text, string? Icon = null, long? Count = null);
