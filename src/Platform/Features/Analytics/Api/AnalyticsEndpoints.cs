using Platform.Api;
using Platform.Features.Analytics.Actions;
using Platform.Tenancy;

namespace Platform.Features.Analytics.Api;

/// <summary>Numbers under <c>/api/v1</c>. Null is "no data", never zero.</summary>
internal static class AnalyticsEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("/content", "Analytics", Permission.AnalyticsRead).MapGet("/{id}/analytics", PostAsync).WithSummary("A post's latest numbers and replies, per publication");
        routes.MapApi("/analytics", "Analytics", Permission.AnalyticsRead).MapGet("/dashboard", DashboardAsync).WithSummary("What the last days gained, against the days before");
        routes.MapApi("/social-accounts", "Analytics", Permission.AnalyticsRead).MapGet("/{id}/metrics", ChannelAsync).WithSummary("A channel's numbers and its account's, day by day");
    }

    private static async Task<ApiOk<PostAnalytics>> PostAsync(string id, ApiCaller caller, ReadAnalytics action, CancellationToken cancellationToken) =>
        await action.PostAsync(caller, id, cancellationToken);

    private static async Task<ApiOk<DashboardAnalytics>> DashboardAsync(int? days, ApiCaller caller, ReadAnalytics action, CancellationToken cancellationToken) =>
        await action.DashboardAsync(caller, days ?? 30, cancellationToken);

    private static async Task<ApiOk<ChannelAnalytics>> ChannelAsync(string id, int? days, ApiCaller caller, ReadAnalytics action, CancellationToken cancellationToken) =>
        await action.ChannelAsync(caller, id, days ?? 30, cancellationToken);
}
