namespace Platform.Features.Accounts.Ui;

/// <summary>The words of the invitation and link pages, in InvitationTexts.resx.</summary>
public sealed class InvitationTexts;
