using Microsoft.AspNetCore.Components;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>All people, searched and read page by page.</summary>
public sealed partial class UsersPage(IAccounts accounts, CallerProvider callers)
{
    private Result<Page<PersonDetail>>? _people;

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => _people = await accounts.ListAsync(await callers.GetAsync(), Search, 50, null, CancellationToken.None);

    private async Task MoreAsync(string cursor)
    {
        var next = await accounts.ListAsync(await callers.GetAsync(), Search, 50, cursor, CancellationToken.None);
        _people = next.Map(n => new Page<PersonDetail>([.. _people!.Value!.Items, .. n.Items], n.NextCursor));
    }

    private static string Name(PersonDetail person) => $"{person.FirstName} {person.LastName}".Trim() is { Length: > 0 } name ? name : person.Email;
}
