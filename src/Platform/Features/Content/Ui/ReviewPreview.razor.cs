using Microsoft.AspNetCore.Components;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Media.Contracts;
using Platform.Networks;

namespace Platform.Features.Content.Ui;

/// <summary>What is to be approved on one channel, as it will look there.</summary>
public sealed partial class ReviewPreview(INetworks networks, IDraftRules rules)
{
    private ChannelView? _channel;
    private string _name = "";
    private string _color = "currentcolor";
    private IReadOnlyList<string> _texts = [];
    private IReadOnlyList<ComposerPart> _parts = [];
    private IReadOnlyList<TextLength> _lengths = [];

    /// <summary>The channel and what goes out there.</summary>
    [Parameter, EditorRequired] public required ReviewChannel Shown { get; set; }

    /// <inheritdoc />
    protected override void OnParametersSet()
    {
        var descriptor = networks.Find(Shown.Network)?.Descriptor;
        (_name, _color) = (descriptor?.Name ?? Shown.Network, descriptor?.Color ?? "currentcolor");
        var limits = descriptor?.Limits ?? new NetworkLimits { MaxText = 0, Unit = TextUnit.Characters, MaxParts = 1 };
        _channel = new() { Id = Shown.ChannelId, Network = Shown.Network, Handle = Shown.Handle, DisplayName = Shown.DisplayName, AvatarUrl = Shown.AvatarUrl, Status = ChannelStatus.Active, Limits = limits };
        _parts = [.. Shown.Parts.Select(Part)];
        _texts = [.. Shown.Parts.Select(p => p.Text)];
        _lengths = [.. Shown.Parts.Select(part => rules.Measure(limits, part.Text))];
    }

    private static ComposerPart Part(ReviewPart part)
    {
        var shown = new ComposerPart { Text = part.Text };
        shown.Media.AddRange(part.Media.Select(m => new MediaView(m.Id, "", m.ContentType, 0, 0, 0, m.AltText, m.Url, default)));
        return shown;
    }
}
