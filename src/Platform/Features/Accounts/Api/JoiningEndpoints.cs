using Platform.Api;
using Platform.Features.Accounts.Actions;

namespace Platform.Features.Accounts.Api;

/// <summary>Ways in without a password of one's own yet: an invitation.</summary>
public static class JoiningEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapJoining(this IEndpointRouteBuilder routes)
    {
        routes.MapPublicApi("/invitations", "Organizations", RateLimit.Authentication)
            .MapPost("/{token}/register", Join).Answers(402, 409).WithSummary("Accepts an invitation with a new account for the invited address, and signs in");
    }

    private static async Task<ApiCreated<TokenResponse>> Join(ApiCaller caller, string token, JoinRequest body, JoinByInvitation join, HttpContext http, CancellationToken cancellationToken) =>
        (await join.RunAsync(caller, token, body, AuthEndpoints.DeviceOf(http), cancellationToken)).Map(TokenResponse.Of).ToCreated(_ => $"{ApiPaths.Root}/auth/me");
}
