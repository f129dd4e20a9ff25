using Microsoft.AspNetCore.Components;
using Platform.Features.Organizations.Contracts;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Operations.Ui.Admin;

/// <summary>All organizations, searched and read page by page.</summary>
public sealed partial class OrganizationsPage(IOrganizations organizations, CallerProvider callers)
{
    private Result<Page<OrganizationView>>? _tenants;

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "state")] private string? State { get; set; }

    private static IReadOnlyList<Tab> States => [new("", "All"), new("active", "Active"), new("suspended", "Suspended")];

    private bool? Suspended => State switch { "active" => false, "suspended" => true, _ => null };

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => _tenants = await organizations.ListAsync(await callers.GetAsync(), Search, Suspended, 50, null, CancellationToken.None);

    private async Task MoreAsync(string cursor)
    {
        var next = await organizations.ListAsync(await callers.GetAsync(), Search, Suspended, 50, cursor, CancellationToken.None);
        _tenants = next.Map(n => new Page<OrganizationView>([.. _tenants!.Value!.Items, .. n.Items], n.NextCursor));
    }
}
