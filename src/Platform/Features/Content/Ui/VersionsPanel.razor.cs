using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Channels.Contracts;
using Platform.Features.Content.Actions;
using Platform.Features.Content.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Content.Ui;

/// <summary>On the post page: what the post said before, compared word by word, and the way back.</summary>
public sealed partial class VersionsPanel(PostVersions versions, IChannels channels, CallerProvider callers, Toasts toasts, IStringLocalizer<ApprovalTexts> T)
{
    private Result<IReadOnlyList<VersionLine>>? _lines;
    private IReadOnlyDictionary<string, string> _channels = new Dictionary<string, string>();
    private VersionView? _open;
    private Problem? _said;
    private bool _mayWrite;

    /// <summary>The post.</summary>
    [Parameter, EditorRequired] public required PostView Post { get; set; }

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        var caller = await callers.GetAsync();
        _mayWrite = caller.May(Permission.ContentWrite);
        _lines = await versions.ListAsync(caller, Post.Id, CancellationToken.None);
        _channels = (await channels.ListAsync(caller, CancellationToken.None)).ToDictionary(c => c.Id, c => c.DisplayName);
    }

    private async Task ToggleAsync(VersionLine line)
    {
        if (_open?.Line.Number == line.Number) { _open = null; return; }
        var found = await versions.GetAsync(await callers.GetAsync(), Post.Id, line.Number, null, CancellationToken.None);
        (_open, _said) = (found.Value, found.Problem);
    }

    private async Task RestoreAsync(VersionLine line)
    {
        _said = (await versions.RestoreAsync(await callers.GetAsync(), Post.Id, line.Number, Post.Version, CancellationToken.None)).Problem;
        if (_said is null) { toasts.Say(T["Restored"]); }
    }

    private string FieldName(VersionChange change) => change.Field.StartsWith("part ", StringComparison.Ordinal) ? T["Field_part", change.Field[5..]]
        : change.ChannelId is { } id ? $"{T["Field_variant"]}: {_channels.GetValueOrDefault(id, id)}" : T[$"Field_{change.Field}"];

    private string NameOf(VersionChange change, string text) => change.Field == "channels" ? _channels.GetValueOrDefault(text, text) + " " : change.Field is "labels" or "media" ? text + " " : text;
}
