using Microsoft.AspNetCore.Components;
using Microsoft.Extensions.Localization;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Primitives;
using Platform.Ui;

namespace Platform.Features.Audit.Ui.Admin;

/// <summary>One entry of the whole log.</summary>
public sealed partial class StaffAuditEntryPage(ListAuditRecords list, CallerProvider callers, IStringLocalizer<AuditTexts> T)
{
    private Result<AuditView>? entry;

    /// <summary>The record's id.</summary>
    [Parameter, EditorRequired] public required string Id { get; set; }

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync() => entry = await list.GetAsync(await callers.GetAsync(), Id, CancellationToken.None);
}
