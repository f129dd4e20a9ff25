namespace Platform.Features.Accounts.Ui;

/// <summary>The words of the account page and menu, in AccountPageTexts.resx.</summary>
public sealed class AccountPageTexts;
