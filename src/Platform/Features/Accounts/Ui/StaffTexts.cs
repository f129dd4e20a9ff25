namespace Platform.Features.Accounts.Ui;

/// <summary>The words of the staff's side of accounts, in StaffTexts.resx.</summary>
public sealed class StaffTexts;
