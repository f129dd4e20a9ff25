using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.Components.Forms;
using Platform.Features.Media.Contracts;
using Platform.Ui;

namespace Platform.Features.Content.Ui;

/// <summary>What is left of a network's limit for one part.</summary>
/// <param name="Network">The network's key.</param>
/// <param name="Name">Its name.</param>
/// <param name="Color">Its colour.</param>
/// <param name="Left">What is left; negative where it is too long.</param>
/// <param name="Near">Little is left.</param>
/// <param name="Over">Too long.</param>
/// <param name="Title">The whole figure, in words.</param>
public sealed record LimitLeft(string Network, string Name, string Color, int Left, bool Near, bool Over, string Title);

/// <summary>Edits one part: text with what is left on each network, media with alternative texts.</summary>
public sealed partial class PartEditor(IMedia media, CallerProvider callers)
{
    private const long MostBytes = 50L * 1024 * 1024;
    private const int MostFiles = 10;
    private readonly List<string> _failures = [];
    private int _uploading;

    /// <summary>The part.</summary>
    [Parameter, EditorRequired] public required ComposerPart Part { get; set; }

    /// <summary>The text shown: the part's, or a channel's own.</summary>
    [Parameter, EditorRequired] public required string Text { get; set; }

    /// <summary>From 1.</summary>
    [Parameter, EditorRequired] public required int Number { get; set; }

    /// <summary>How many parts there are.</summary>
    [Parameter, EditorRequired] public required int Total { get; set; }

    /// <summary>What the text is, for assistive technology.</summary>
    [Parameter, EditorRequired] public required string Label { get; set; }

    /// <summary>What is left on each network.</summary>
    [Parameter, EditorRequired] public required IReadOnlyList<LimitLeft> Limits { get; set; }

    /// <summary>The text changed.</summary>
    [Parameter, EditorRequired] public required EventCallback<string> OnText { get; set; }

    /// <summary>The media changed.</summary>
    [Parameter, EditorRequired] public required EventCallback OnMedia { get; set; }

    /// <summary>Move this part by so many places.</summary>
    [Parameter] public EventCallback<int> OnMove { get; set; }

    /// <summary>Take this part away.</summary>
    [Parameter] public EventCallback OnRemove { get; set; }

    private string InputId => $"part-{Part.Key}";

    private string Placeholder => T[Number == 1 ? "Part.First" : "Part.Next"];

    private async Task UploadAsync(InputFileChangeEventArgs chosen)
    {
        _failures.Clear();
        var files = chosen.GetMultipleFiles(Math.Min(chosen.FileCount, MostFiles));
        if (chosen.FileCount > MostFiles) { _failures.Add(T["Part.OnlyFirst", MostFiles, chosen.FileCount]); }
        _uploading = files.Count;
        foreach (var file in files)
        {
            await UploadAsync(file);
            _uploading--;
            StateHasChanged();
        }
        await OnMedia.InvokeAsync();
    }

    private async Task UploadAsync(IBrowserFile file)
    {
        if (file.Size > MostBytes) { _failures.Add(T["Part.TooLarge", file.Name]); return; }
        try
        {
            await using var stream = file.OpenReadStream(MostBytes);
            var stored = await media.UploadAsync(await callers.GetAsync(), new NewMedia(file.Name, stream), CancellationToken.None);
            if (stored.Ok) { Part.Media.Add(stored.Value); } else { _failures.Add($"{file.Name}: {stored.Problem.Message}"); }
        }
        catch (IOException)
        {
            _failures.Add(T["Part.Broken", file.Name]);
        }
    }

    private async Task DescribeAsync(MediaView item, string altText)
    {
        var stored = await media.DescribeAsync(await callers.GetAsync(), item.Id, altText.Trim(), CancellationToken.None);
        if (!stored.Ok) { _failures.Add(stored.Problem.Message); return; }
        Part.Media[Part.Media.IndexOf(item)] = stored.Value;
        await OnMedia.InvokeAsync();
    }

    private Task MoveAsync(MediaView item)
    {
        var at = Part.Media.IndexOf(item);
        (Part.Media[at - 1], Part.Media[at]) = (Part.Media[at], Part.Media[at - 1]);
        return OnMedia.InvokeAsync();
    }

    private Task RemoveAsync(MediaView item)
    {
        Part.Media.Remove(item);
        return OnMedia.InvokeAsync();
    }
}
