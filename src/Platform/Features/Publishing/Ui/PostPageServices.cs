using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Contracts;
using Platform.Features.Media.Contracts;
using Platform.Features.Publishing.Actions;
using Platform.Networks;

namespace Platform.Features.Publishing.Ui;

/// <summary>What the post page needs.</summary>
public sealed class PostPageServices(IPosts posts, IChannels channels, IMedia media, INetworks networks, RetryPublication retry, PostOutcomes outcomes)
{
    /// <summary>Posts.</summary>
    public IPosts Posts => posts;

    /// <summary>Channels.</summary>
    public IChannels Channels => channels;

    /// <summary>Media.</summary>
    public IMedia Media => media;

    /// <summary>Networks.</summary>
    public INetworks Networks => networks;

    /// <summary>Sends again.</summary>
    public RetryPublication Retry => retry;

    /// <summary>Settles what is unclear.</summary>
    public ConfirmPublication Confirm => outcomes.Confirm;

    /// <summary>Changes what is out.</summary>
    public EditPublished Edit => outcomes.Edit;

    /// <summary>Takes back.</summary>
    public CancelPost Cancel => outcomes.Cancel;
}

/// <summary>The actions that end a publication's way, or change what is at its end.</summary>
public sealed record PostOutcomes(ConfirmPublication Confirm, CancelPost Cancel, EditPublished Edit);
