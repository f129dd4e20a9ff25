using Microsoft.AspNetCore.Components;
using Microsoft.AspNetCore.WebUtilities;
using Microsoft.Extensions.Localization;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Primitives;
using Platform.Ui;
using Platform.Ui.Parts;

namespace Platform.Features.Audit.Ui.Admin;

/// <summary>What was done on the platform, across organizations.</summary>
public sealed partial class StaffAuditPage(ListAuditRecords list, ReadAuditState read, VerifyAudit verify, CallerProvider callers, IStringLocalizer<AuditTexts> T)
{
    private const int PageSize = 50;
    private Result<Page<AuditView>>? entries;
    private Result<AuditChainState>? state;
    private AuditVerdict? verdict;
    private Problem? failure;

    [SupplyParameterFromQuery(Name = "q")] private string? Search { get; set; }

    [SupplyParameterFromQuery(Name = "organization")] private string? Organization { get; set; }

    [SupplyParameterFromQuery(Name = "actor")] private string? Actor { get; set; }

    [SupplyParameterFromQuery(Name = "target")] private string? Target { get; set; }

    [SupplyParameterFromQuery(Name = "area")] private string? Area { get; set; }

    [SupplyParameterFromQuery(Name = "from")] private string? From { get; set; }

    [SupplyParameterFromQuery(Name = "to")] private string? To { get; set; }

    private IReadOnlyList<Tab> Areas => [new("", T["AllAreas"]), .. AuditWords.Areas.Concat(AuditWords.StaffAreas).Select(area => new Tab(area, AuditWords.SayArea(T, area)))];

    private AuditFilter Filter => new()
    {
        Search = Search, OrganizationId = Organization, ActorId = Actor, TargetId = Target, Action = Area is null ? null : $"{Area}.*",
        From = AuditDays.Start(From, TimeZoneInfo.Utc), To = AuditDays.Start(To, TimeZoneInfo.Utc, daysLater: 1),
    };

    /// <inheritdoc />
    protected override Task OnParametersSetAsync() => LoadAsync();

    private async Task LoadAsync()
    {
        var caller = await callers.GetAsync();
        state = await read.RunAsync(caller, CancellationToken.None);
        verdict ??= (await read.LastAsync(caller, CancellationToken.None)).Value is { Sound: false } bad ? bad : null;
        entries = await list.RunAsync(caller, new ListAuditRecordsRequest(Filter, PageSize), CancellationToken.None);
    }

    private async Task MoreAsync(string cursor)
    {
        var more = await list.RunAsync(await callers.GetAsync(), new ListAuditRecordsRequest(Filter, PageSize, cursor), CancellationToken.None);
        entries = more.Map(page => new Page<AuditView>([.. entries!.Value!.Items, .. page.Items], page.NextCursor));
    }

    private async Task VerifyAsync()
    {
        var caller = await callers.GetAsync();
        var found = await verify.WholeAsync(caller, CancellationToken.None);
        (verdict, failure) = (found.Value, found.Problem);
        state = await read.RunAsync(caller, CancellationToken.None);
    }

    private string Export(string format)
    {
        var filter = Filter;
        return QueryHelpers.AddQueryString("/api/v1/admin/audit-logs/export", new Dictionary<string, string?>
        {
            ["format"] = format, ["q"] = filter.Search, ["organizationId"] = filter.OrganizationId, ["actorId"] = filter.ActorId, ["action"] = filter.Action, ["targetId"] = filter.TargetId,
            ["from"] = filter.From?.ToString("O"), ["to"] = filter.To?.ToString("O"),
        }.Where(p => p.Value is not null));
    }
}
