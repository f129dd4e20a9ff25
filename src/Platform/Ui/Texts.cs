namespace Platform.Ui;

/// <summary>The words of the frame and of the parts, in Texts.resx: <c>IStringLocalizer&lt;Texts&gt;</c>. A feature keeps its own beside its pages.</summary>
public sealed class Texts;
