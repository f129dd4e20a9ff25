using Platform.Api;
using Platform.Features.Sandbox.Actions;
using Platform.Features.Sandbox.Domain;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Sandbox.Api;

/// <summary>How customers make their practice channels misbehave, under <c>/api/v1/sandbox</c>.</summary>
internal static class SandboxEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var group = routes.MapApi("/sandbox", "Sandbox", Permission.ContentRead);
        group.MapGet("/{channelId}/behavior", ReadAsync).WithSummary("How a practice channel behaves");
        group.MapPut("/{channelId}/behavior", SetAsync).Require(Permission.ChannelsManage).WithSummary("Make a practice channel misbehave");
        group.MapGet("/{channelId}/calls", CallsAsync).WithSummary("The creating calls that a practice channel has seen");
    }

    private static async Task<ApiOk<SandboxState>> ReadAsync(string channelId, ApiCaller caller, Misbehave action, CancellationToken cancellationToken) =>
        await action.ReadAsync(caller, channelId, cancellationToken);

    private static async Task<ApiOk<SandboxState>> SetAsync(string channelId, SandboxBehavior behavior, ApiCaller caller, Misbehave action, CancellationToken cancellationToken) =>
        await action.RunAsync(caller, channelId, behavior, cancellationToken);

    private static async Task<ApiOk<Page<SandboxCallRecord>>> CallsAsync(string channelId, string? cursor, int? limit, ApiCaller caller, Misbehave action, CancellationToken cancellationToken) =>
        await action.CallsAsync(caller, channelId, cursor, limit ?? 100, cancellationToken);
}
