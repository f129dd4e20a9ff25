using Platform.Api;
using Platform.Features.Accounts.Actions;

namespace Platform.Features.Accounts.Api;

/// <summary>Ways in without a password: an invitation, a mailed link.</summary>
public static class JoiningEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapJoining(this IEndpointRouteBuilder routes)
    {
        routes.MapPublicApi("/invitations", "Organizations", RateLimit.Authentication)
            .MapPost("/{token}/register", Join).Answers(402, 409).WithSummary("Accepts an invitation with a new account for the invited address, and signs in");
        routes.MapPublicApi("/auth", "Authentication", RateLimit.Mailing).MapPost("/magic-link", Ask).WithSummary("Sends a link that signs in, where the address belongs to a client or to an account without a password");
        routes.MapPublicApi("/auth", "Authentication", RateLimit.Authentication).MapPost("/magic-link/verify", Use).WithSummary("Signs in with the token of the mailed link, once");
    }

    private static async Task<ApiAccepted<MessageResponse>> Ask(ApiCaller caller, EmailRequest body, AskForLink ask, CancellationToken token) =>
        (await ask.RunAsync(caller, body.Email, token)).Map(_ => new MessageResponse("If this address signs in by links, a mail is on its way.")).ToAccepted();

    private static async Task<SignInAnswer<TokenResponse>> Use(ApiCaller caller, TokenRequest body, SignInByLink signIn, HttpContext http, CancellationToken token) =>
        new(await signIn.RunAsync(caller, body.Token, AuthEndpoints.DeviceOf(http), token), TokenResponse.Of);

    private static async Task<ApiCreated<TokenResponse>> Join(ApiCaller caller, string token, JoinRequest body, JoinByInvitation join, HttpContext http, CancellationToken cancellationToken) =>
        (await join.RunAsync(caller, token, body, AuthEndpoints.DeviceOf(http), cancellationToken)).Map(TokenResponse.Of).ToCreated(_ => $"{ApiPaths.Root}/auth/me");
}
