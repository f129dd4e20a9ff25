namespace Platform.Features.Accounts.Ui;

/// <summary>The words of the API keys' page, in ApiKeyTexts.resx.</summary>
public sealed class ApiKeyTexts;
