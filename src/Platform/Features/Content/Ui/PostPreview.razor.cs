using Microsoft.AspNetCore.Components;
using Platform.Features.Channels.Contracts;
using Platform.Networks;

namespace Platform.Features.Content.Ui;

/// <summary>A live preview of the draft on one channel, with the exact length of each part and what stands against sending it.</summary>
public sealed partial class PostPreview
{
    /// <summary>The channel.</summary>
    [Parameter, EditorRequired] public required ChannelView Channel { get; set; }

    /// <summary>The network's name.</summary>
    [Parameter, EditorRequired] public required string NetworkName { get; set; }

    /// <summary>The network's colour.</summary>
    [Parameter, EditorRequired] public required string Color { get; set; }

    /// <summary>The parts.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<ComposerPart> Parts { get; set; }

    /// <summary>The text of each part as it goes out on this channel.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<string> Texts { get; set; }

    /// <summary>The length of each part as the network counts it.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<TextLength> Lengths { get; set; }

    /// <summary>What stands against sending.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<DraftProblem> Problems { get; set; }

    private string Initial => Channel.DisplayName.Length > 0 ? Channel.DisplayName[..1].ToUpperInvariant() : "?";

    private string UnitText(TextUnit unit) => unit switch
    {
        TextUnit.Bytes => T["Unit.Bytes"],
        TextUnit.Weighted => T["Unit.Weighted"],
        _ => T["Unit.Characters"],
    };
}
