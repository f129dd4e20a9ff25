namespace Platform.Features.Notifications.Ui;

/// <summary>The words of this feature's pages, in NotificationTexts.resx.</summary>
public sealed class NotificationTexts;
