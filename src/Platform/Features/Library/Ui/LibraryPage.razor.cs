using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui.Parts;

namespace Platform.Features.Library.Ui;

/// <summary>Templates and hashtag sets: list, search, make, change, remove with undo.</summary>
public sealed partial class LibraryPage(LibraryActions actions, Toasts toasts, IStringLocalizer<LibraryTexts> T)
{
    private Result<IReadOnlyList<LibraryEntry>>? _entries;
    private (bool Sets, string? Search)? _shown;
    private string? _cursor;
    private Modal? _dialog;
    private LibraryEntry? _edited;
    private Problem? _fault;
    private string _name = "";
    private string _body = "";
    private bool _mayWrite;
    private bool _busy;

    /// <summary>Which kind: <c>sets</c>, or templates where it is absent.</summary>
    [SupplyParameterFromQuery(Name = "tab")] public string? Tab { get; set; }

    /// <summary>The words searched for.</summary>
    [SupplyParameterFromQuery(Name = "q")] public string? Search { get; set; }

    private bool OfSets => Tab == "sets";

    private IReadOnlyList<Tab> Kinds => [new("", T["Templates"], Icon: "description"), new("sets", T["HashtagSets"], Icon: "tag")];

    /// <inheritdoc />
    protected override async Task OnParametersSetAsync()
    {
        if (_shown == (OfSets, Search)) { return; }
        _shown = (OfSets, Search);
        _entries = null;
        _mayWrite = (await actions.CallerAsync()).May(Permission.ContentWrite);
        await LoadAsync();
    }

    private async Task LoadAsync() => Take([], await actions.ListAsync(OfSets, Search, null));

    private async Task MoreAsync() => Take(_entries?.Value ?? [], await actions.ListAsync(OfSets, Search, _cursor));

    private void Take(IReadOnlyList<LibraryEntry> before, Result<Page<LibraryEntry>> read) =>
        (_entries, _cursor) = (read.Map<IReadOnlyList<LibraryEntry>>(page => [.. before, .. page.Items]), read.Value?.NextCursor);

    private Task ShowAsync(LibraryEntry? entry)
    {
        (_edited, _fault, _name, _body) = (entry, null, entry?.Name ?? "", entry?.Body ?? "");
        return _dialog!.ShowAsync();
    }

    private async Task SaveAsync()
    {
        if (_busy) { return; }
        _busy = true;
        var saved = await actions.SaveAsync(OfSets, _edited, _name, _body);
        (_fault, _busy) = (saved.Problem, false);
        if (!saved.Ok) { return; }
        await _dialog!.CloseAsync();
        toasts.Say(T["Saved", saved.Value.Name]);
        await LoadAsync();
    }

    private async Task DeleteAsync(LibraryEntry entry)
    {
        var ofSets = OfSets;
        var deleted = await actions.DeleteAsync(ofSets, entry.Id);
        await LoadAsync();
        if (!deleted.Ok) { toasts.Say(deleted.Problem.Message); return; }
        toasts.OfferUndo(T["Deleted", entry.Name], async () =>
        {
            await actions.SaveAsync(ofSets, null, entry.Name, entry.Body);
            await InvokeAsync(async () => { await LoadAsync(); StateHasChanged(); });
        });
    }

}
