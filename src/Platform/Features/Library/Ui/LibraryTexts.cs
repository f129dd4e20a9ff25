namespace Platform.Features.Library.Ui;

/// <summary>The words of the library; see <c>LibraryTexts.resx</c>.</summary>
public sealed class LibraryTexts;
