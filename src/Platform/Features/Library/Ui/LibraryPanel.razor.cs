using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Content.Contracts;
using Platform.Features.Library.Domain;
using Platform.Primitives;

namespace Platform.Features.Library.Ui;

/// <summary>The library beside the composer. What it puts into the editor, a person asked for.</summary>
public sealed partial class LibraryPanel(LibraryActions actions, IStringLocalizer<LibraryTexts> T)
{
    private readonly Dictionary<string, string> _given = [];
    private IReadOnlyList<LibraryEntry>? _templates;
    private IReadOnlyList<LibraryEntry>? _sets;
    private LibraryEntry? _template;
    private Problem? _problem;
    private string _set = "";

    /// <summary>The post being written.</summary>
    [Parameter, EditorRequired] public required ComposerContext Context { get; set; }

    private string Filled => TemplateText.Fill(_template?.Body ?? "", _given);

    /// <inheritdoc />
    protected override Task OnInitializedAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var (templates, sets) = (await actions.ListAsync(false, null, null), await actions.ListAsync(true, null, null));
        _problem = templates.Problem ?? sets.Problem;
        (_templates, _sets) = (templates.Value?.Items, sets.Value?.Items);
    }

    private void Choose(ChangeEventArgs change)
    {
        _template = _templates?.FirstOrDefault(t => t.Id == change.Value?.ToString());
        _given.Clear();
    }

    private async Task InsertAsync(bool replace)
    {
        var before = Context.Text.TrimEnd();
        await Context.ApplyText(replace || before.Length == 0 ? Filled : $"{before}\n\n{Filled}");
        _template = null;
        _given.Clear();
    }

    // A tag that the text has already is not added again.
    private async Task AddTagsAsync(LibraryEntry set)
    {
        var there = Context.Text.Split([' ', '\n', '\r', '\t', ',', '.'], StringSplitOptions.RemoveEmptyEntries).ToHashSet(StringComparer.OrdinalIgnoreCase);
        var missing = string.Join(' ', set.Body.Split(' ').Where(tag => !there.Contains(tag)));
        if (missing.Length > 0) { await Context.ApplyText($"{Context.Text.TrimEnd()}{(string.IsNullOrWhiteSpace(Context.Text) ? "" : "\n\n")}{missing}"); }
        _set = "";
    }
}
