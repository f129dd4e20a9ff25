using System.ComponentModel;
using Platform.Api;
using Platform.Features.Audit.Actions;
using Platform.Features.Audit.Contracts;
using Platform.Features.Audit.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Audit.Api;

/// <summary>The audit log over HTTP.</summary>
public static class AuditEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapAudit(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapApi("/audit-logs", "Audit", Permission.AuditRead);
        own.MapGet("", List).WithSummary("Lists what was done in your organization, newest first");
        own.MapGet("/state", State).WithSummary("Shows how your organization's chain of entries stands");
        own.MapGet("/verify", Verify).WithSummary("Verifies your organization's chain from its first entry to its last");
        own.MapGet("/export", Export).WithSummary("Exports entries, oldest first, as CSV, or as JSON with all hashes").Produces(200, contentType: "text/csv", additionalContentTypes: "application/json");
        own.MapGet("/{id}", Get).Answers(404).WithSummary("Shows one entry with what changed and its place in the chain");

        var staff = routes.MapStaffApi("/audit-logs", "Staff: audit", Permission.StaffAuditRead);
        staff.MapGet("", List).WithSummary("Lists what was done on the platform, newest first");
        staff.MapGet("/state", State).WithSummary("Shows how the whole log's chain stands, and what the last verification found");
        staff.MapGet("/verify", VerifyWhole).WithSummary("Verifies the whole log and keeps the finding");
        staff.MapGet("/export", Export).WithSummary("Exports entries of any organization").Produces(200, contentType: "text/csv", additionalContentTypes: "application/json");
        staff.MapGet("/{id}", Get).Answers(404).WithSummary("Shows one entry of any organization");
    }

    private static async Task<ApiOk<Page<AuditView>>> List(ApiCaller caller, [AsParameters] PageQuery page, [AsParameters] AuditQuery query, ListAuditRecords list, CancellationToken token) =>
        await list.RunAsync(caller, new ListAuditRecordsRequest(query.Filter, page.Size, page.Cursor), token);

    private static async Task<ApiOk<AuditView>> Get(ApiCaller caller, string id, ListAuditRecords list, CancellationToken token) => await list.GetAsync(caller, id, token);

    private static async Task<ApiOk<AuditChainState>> State(ApiCaller caller, ReadAuditState state, CancellationToken token) => await state.RunAsync(caller, token);

    private static async Task<ApiOk<AuditVerdict>> Verify(
        ApiCaller caller, VerifyAudit verify,
        [Description("The number of an entry whose hash you kept.")] long? sequence, [Description("That hash.")] string? hash, CancellationToken token) =>
        await verify.OwnAsync(caller, sequence is { } number && hash is not null ? new KnownHead(number, hash) : null, token);

    private static async Task<ApiOk<AuditVerdict>> VerifyWhole(ApiCaller caller, VerifyAudit verify, CancellationToken token) => await verify.WholeAsync(caller, token);

    private static async Task<IResult> Export(ApiCaller caller, [AsParameters] AuditQuery query, ExportAudit export, [Description("csv or json; csv if not given.")] string? format, CancellationToken token)
    {
        if (!Enum.TryParse<AuditExportFormat>(format ?? "csv", ignoreCase: true, out var kind) || !Enum.IsDefined(kind))
        {
            return new ApiOk<AuditView>(Problem.InvalidField("format", "invalid_format", "Choose csv or json."));
        }
        var ready = await export.RunAsync(caller, query.Filter, kind, token);
        if (!ready.Ok) { return new ApiOk<AuditView>(ready.Problem); }
        return TypedResults.Stream(stream => ready.Value.WriteAsync(stream, token), ready.Value.MediaType, ready.Value.FileName);
    }
}

/// <summary>Which entries, in a query.</summary>
public sealed record AuditQuery
{
    /// <summary>Staff only: of this organization.</summary>
    [Description("Staff only: of this organization.")]
    public string? OrganizationId { get; init; }

    /// <summary>Done by this person or staff account.</summary>
    [Description("Done by this person or staff account, also on another's behalf.")]
    public string? ActorId { get; init; }

    /// <summary>This verb, or an area with .* at the end.</summary>
    [Description("A verb such as post.scheduled, or an area such as post.*")]
    public string? Action { get; init; }

    /// <summary>Done to this kind of thing.</summary>
    [Description("Done to this kind of thing, such as post or user.")]
    public string? TargetKind { get; init; }

    /// <summary>Done to this thing.</summary>
    [Description("Done to the thing with this id.")]
    public string? TargetId { get; init; }

    /// <summary>Not before this instant.</summary>
    [Description("Not before this instant.")]
    public DateTimeOffset? From { get; init; }

    /// <summary>Before this instant.</summary>
    [Description("Before this instant.")]
    public DateTimeOffset? To { get; init; }

    /// <summary>An id, address or correlation id.</summary>
    [Description("An id, an address or a correlation id, as it is.")]
    public string? Q { get; init; }

    /// <summary>As the actions take it.</summary>
    internal AuditFilter Filter => new()
    {
        OrganizationId = Text(OrganizationId), ActorId = Text(ActorId), Action = Text(Action), TargetKind = Text(TargetKind), TargetId = Text(TargetId), From = From, To = To, Search = Text(Q),
    };

    private static string? Text(string? text) => string.IsNullOrWhiteSpace(text) ? null : text.Trim();
}
