using System.Globalization;
using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Publishing.Contracts;
using Platform.Networks;
using Platform.Primitives;
using Platform.Ui.Parts;

namespace Platform.Features.Publishing.Ui;

/// <summary>Changes the text of what is out, where the network can.</summary>
public sealed partial class EditOut(INetworks networks, IDraftRules rules, IStringLocalizer<PublishingTexts> T)
{
    private Modal? _modal;
    private Problem? _said;
    private string _text = "";
    private int _part;
    private bool _busy;

    /// <summary>The publication, which is out.</summary>
    [Parameter, EditorRequired] public required PublicationView Publication { get; set; }

    /// <summary>Its channel.</summary>
    [Parameter, EditorRequired] public required ChannelView Channel { get; set; }

    /// <summary>Another text for a part; the problem where the network does not have it.</summary>
    [Parameter, EditorRequired] public required Func<int, string, Task<Problem?>> OnEdit { get; set; }

    private NetworkDescriptor? Network => networks.Find(Publication.Network)?.Descriptor;

    private TextLength Length => rules.Measure(Channel.Limits, _text, Publication.Out.ContentWarning);

    private string Counted => T["Edit.Count", Length.Length, Length.Limit];

    private string? TooLong => Length is { Limit: > 0 } length && length.Length > length.Limit ? T["Edit.TooLong", length.Length - length.Limit].Value : null;

    private Task OpenAsync()
    {
        (_said, _busy) = (null, false);
        Show(0);
        return _modal!.ShowAsync();
    }

    private void Choose(ChangeEventArgs chosen) => Show(int.Parse((string)chosen.Value!, CultureInfo.InvariantCulture));

    private void Show(int part) => (_part, _text) = (part, Publication.Out.Parts[part].Text);

    private async Task SaveAsync()
    {
        _busy = true;
        StateHasChanged();
        _said = await OnEdit(_part, _text);
        _busy = false;
        if (_said is null) { await _modal!.CloseAsync(); }
    }
}
