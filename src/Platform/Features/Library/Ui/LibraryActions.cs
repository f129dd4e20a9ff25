using Platform.Features.Library.Actions;
using Platform.Features.Library.Contracts;
using Platform.Primitives;
using Platform.Tenancy;
using Platform.Ui;

namespace Platform.Features.Library.Ui;

/// <summary>One entry of the library as the page lists it: a template or a hashtag set.</summary>
/// <param name="Id">Its id.</param>
/// <param name="Version">What was read.</param>
/// <param name="Name">What it is called.</param>
/// <param name="Body">The text, or the tags with spaces between.</param>
/// <param name="Places">The places of a template.</param>
/// <param name="UpdatedAt">When it was last changed.</param>
public sealed record LibraryEntry(string Id, long Version, string Name, string Body, IReadOnlyList<string> Places, DateTimeOffset UpdatedAt);

/// <summary>The library's actions as its pages call them: both kinds are edited alike.</summary>
public sealed class LibraryActions(Templates templates, HashtagSets sets, CallerProvider callers)
{
    /// <summary>Who is signed in.</summary>
    public async Task<Caller> CallerAsync() => await callers.GetAsync();

    /// <summary>A page.</summary>
    public async Task<Result<Page<LibraryEntry>>> ListAsync(bool ofSets, string? search, string? cursor)
    {
        var caller = await callers.GetAsync();
        return ofSets
            ? (await sets.ListAsync(caller, search, 50, cursor, CancellationToken.None)).Map(page => page.Map(EntryOf))
            : (await templates.ListAsync(caller, search, 50, cursor, CancellationToken.None)).Map(page => page.Map(EntryOf));
    }

    /// <summary>Makes one where <paramref name="before"/> is null, else changes it.</summary>
    public async Task<Result<LibraryEntry>> SaveAsync(bool ofSets, LibraryEntry? before, string name, string body)
    {
        var caller = await callers.GetAsync();
        if (ofSets)
        {
            var request = new HashtagSetRequest(name, body.Split([' ', ',', '\n', '\r', '\t'], StringSplitOptions.RemoveEmptyEntries));
            return (before is null ? await sets.CreateAsync(caller, request, CancellationToken.None) : await sets.UpdateAsync(caller, before.Id, request, before.Version, CancellationToken.None)).Map(EntryOf);
        }
        var text = new TemplateRequest(name, body);
        return (before is null ? await templates.CreateAsync(caller, text, CancellationToken.None) : await templates.UpdateAsync(caller, before.Id, text, before.Version, CancellationToken.None)).Map(EntryOf);
    }

    /// <summary>Removes one.</summary>
    public async Task<Result<Done>> DeleteAsync(bool ofSets, string id)
    {
        var caller = await callers.GetAsync();
        return ofSets ? await sets.DeleteAsync(caller, id, CancellationToken.None) : await templates.DeleteAsync(caller, id, CancellationToken.None);
    }

    private static LibraryEntry EntryOf(TemplateView t) => new(t.Id, t.Version, t.Name, t.Text, t.Places, t.UpdatedAt);

    private static LibraryEntry EntryOf(HashtagSetView s) => new(s.Id, s.Version, s.Name, string.Join(' ', s.Tags), [], s.UpdatedAt);
}
