namespace Platform.Features.Channels.Ui;

/// <summary>The words of the channels' page, in ChannelTexts.resx.</summary>
public sealed class ChannelTexts;
