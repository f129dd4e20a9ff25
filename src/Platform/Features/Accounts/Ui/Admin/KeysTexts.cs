namespace Platform.Features.Accounts.Ui.Admin;

/// <summary>The words of the keys' page, in KeysTexts.resx.</summary>
public sealed class KeysTexts;
