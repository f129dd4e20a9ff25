using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Signing in over HTTP, for customers.</summary>
public static class AuthEndpoints
{
    private const string Tag = "Authentication";

    /// <summary>Maps the routes.</summary>
    public static void MapAuth(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapPublicApi("/auth", Tag, RateLimit.Authentication);
        open.MapPost("/register", Register).Answers(409).WithSummary("Registers a person with a new organization and signs in");
        open.MapPost("/login", Login).Answers(401).WithSummary("Signs in with an address and a password; 202 where a second factor is due");
        open.MapPost("/login/verify", VerifyLogin).Answers(401).WithSummary("Finishes a sign-in with the second factor");
        open.MapPost("/refresh", Refresh).Answers(401).WithSummary("Exchanges a refresh token for new tokens, once");
        open.MapPost("/verify-email", Verify).WithSummary("Confirms an address with the token of the mail");
        open.MapPost("/reset-password", Reset).WithSummary("Sets a new password with the token of the mail");

        var mailing = routes.MapPublicApi("/auth", Tag, RateLimit.Mailing);
        mailing.MapPost("/resend-verification", Resend).WithSummary("Sends another mail to confirm an address, where one is missing");
        mailing.MapPost("/forgot-password", Forgot).WithSummary("Sends a link that sets a new password, where the address has an account");

        var own = routes.MapSignedInApi("/auth", Tag);
        own.MapPost("/logout", Logout).WithSummary("Ends the session");
        own.MapGet("/me", Me).WithSummary("Shows who you are and what you may do");
        MapSessions(routes.MapInPersonApi("/users/sessions", "Sessions"));
        MapSessions(routes.MapAnyStaffApi("/auth/sessions", "Staff: account security"));
    }

    private static void MapSessions(RouteGroupBuilder sessions)
    {
        sessions.MapGet("", Sessions).WithSummary("Lists your live sessions");
        sessions.MapDelete("", EndOthers).WithSummary("Ends all of your sessions but this one");
        sessions.MapDelete("/{id}", EndSession).Answers(404).WithSummary("Ends one of your sessions");
    }

    private static async Task<ApiCreated<TokenResponse>> Register(ApiCaller caller, RegisterRequest body, Register register, HttpContext http, CancellationToken token) =>
        (await register.RunAsync(caller, body, DeviceOf(http), token)).Map(TokenResponse.Of).ToCreated(_ => $"{ApiPaths.Root}/auth/me");

    private static async Task<SignInAnswer<TokenResponse>> Login(ApiCaller caller, SignInRequest body, SignIn signIn, HttpContext http, CancellationToken token) =>
        new(await signIn.RunAsync(CallerKind.Person, caller, body, DeviceOf(http), token), TokenResponse.Of);

    private static async Task<ApiOk<TokenResponse>> VerifyLogin(ApiCaller caller, VerifySignInRequest body, VerifySignIn verify, HttpContext http, CancellationToken token) =>
        (await verify.RunAsync(CallerKind.Person, caller, body, DeviceOf(http), token)).Map(TokenResponse.Of);

    private static async Task<ApiOk<TokenResponse>> Refresh(ApiCaller caller, RefreshRequest body, RefreshSession refresh, CancellationToken token) =>
        (await refresh.RunAsync(CallerKind.Person, caller, body, token)).Map(TokenResponse.Of);

    private static async Task<ApiNoContent> Verify(ApiCaller caller, TokenRequest body, Verification verification, CancellationToken token) => (await verification.VerifyAsync(caller, body.Token, token)).ToNoContent();

    private static async Task<ApiNoContent> Reset(ApiCaller caller, ResetPasswordRequest body, ResetPassword reset, CancellationToken token) =>
        (await reset.RunAsync(CallerKind.Person, caller, body, token)).ToNoContent();

    private static async Task<ApiAccepted<MessageResponse>> Resend(EmailRequest body, Verification verification, CancellationToken token) =>
        (await verification.ResendAsync(body.Email, token)).Map(_ => new MessageResponse("If this address waits to be confirmed, a mail is on its way.")).ToAccepted();

    private static async Task<ApiAccepted<MessageResponse>> Forgot(ApiCaller caller, EmailRequest body, ForgotPassword forgot, CancellationToken token) =>
        (await forgot.RunAsync(CallerKind.Person, caller, body.Email, token)).Map(_ => new MessageResponse("If this address has an account, a mail is on its way.")).ToAccepted();

    private static async Task<ApiNoContent> Logout(ApiCaller caller, OwnSessions sessions, CancellationToken token) => (await sessions.SignOutAsync(caller, token)).ToNoContent();

    private static async Task<ApiOk<MeView>> Me(ApiCaller caller, OwnAccount account, CancellationToken token) => await account.GetAsync(caller, token);

    private static async Task<ApiOk<Page<SessionView>>> Sessions(ApiCaller caller, OwnSessions sessions, CancellationToken token) => await sessions.ListAsync(caller, token);

    private static async Task<ApiNoContent> EndOthers(ApiCaller caller, OwnSessions sessions, CancellationToken token) => (await sessions.EndOthersAsync(caller, token)).ToNoContent();

    private static async Task<ApiNoContent> EndSession(ApiCaller caller, string id, OwnSessions sessions, CancellationToken token) => (await sessions.EndAsync(caller, id, token)).ToNoContent();

    internal static Device DeviceOf(HttpContext http) => new(http.Request.Headers.UserAgent.ToString());
}
