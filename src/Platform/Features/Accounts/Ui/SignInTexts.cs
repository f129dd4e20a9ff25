namespace Platform.Features.Accounts.Ui;

/// <summary>The words of the sign-in's second step and of the security sections, in SignInTexts.resx.</summary>
public sealed class SignInTexts;
