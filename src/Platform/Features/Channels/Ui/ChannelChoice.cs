namespace Platform.Features.Channels.Ui;

/// <summary>What a reader can do with a channel.</summary>
public enum ChannelChoice
{
    /// <summary>Ask the network whether it works.</summary>
    Check,

    /// <summary>Hold its posts.</summary>
    Pause,

    /// <summary>Let them go on.</summary>
    Resume,

    /// <summary>Another name.</summary>
    Rename,

    /// <summary>Connect the same account again.</summary>
    Reconnect,

    /// <summary>Tell the practice network what to do wrong.</summary>
    Practice,

    /// <summary>End it.</summary>
    Remove,
}
