using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Signing in over HTTP, for staff.</summary>
public static class StaffAuthEndpoints
{
    private const string Tag = "Staff: authentication";

    /// <summary>Maps the routes.</summary>
    public static void MapStaffAuth(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapPublicApi("/admin/auth", Tag, RateLimit.Authentication);
        open.MapPost("/login", Login).Answers(401).WithSummary("Signs a staff account in; 202 where a second factor is due");
        open.MapPost("/login/verify", VerifyLogin).Answers(401).WithSummary("Finishes a staff sign-in with the second factor");
        open.MapPost("/refresh", Refresh).Answers(401).WithSummary("Exchanges a staff refresh token for new tokens, once");

        var own = routes.MapStaffSetupApi("/auth", Tag);
        own.MapPost("/logout", Logout).WithSummary("Ends the staff session");
        own.MapGet("/me", Me).WithSummary("Shows the staff account and what it may do");
    }

    private static async Task<SignInAnswer<StaffTokenResponse>> Login(ApiCaller caller, SignInRequest body, SignIn signIn, HttpContext http, CancellationToken token) =>
        new(await signIn.RunAsync(CallerKind.Staff, caller, body, AuthEndpoints.DeviceOf(http), token), StaffTokenResponse.Of);

    private static async Task<ApiOk<StaffTokenResponse>> VerifyLogin(ApiCaller caller, VerifySignInRequest body, VerifySignIn verify, HttpContext http, CancellationToken token) =>
        (await verify.RunAsync(CallerKind.Staff, caller, body, AuthEndpoints.DeviceOf(http), token)).Map(StaffTokenResponse.Of);

    private static async Task<ApiOk<StaffTokenResponse>> Refresh(ApiCaller caller, RefreshRequest body, RefreshSession refresh, CancellationToken token) =>
        (await refresh.RunAsync(CallerKind.Staff, caller, body, token)).Map(StaffTokenResponse.Of);

    private static async Task<ApiNoContent> Logout(ApiCaller caller, OwnSessions sessions, CancellationToken token) => (await sessions.SignOutAsync(caller, token)).ToNoContent();

    private static async Task<ApiOk<MeView>> Me(ApiCaller caller, OwnAccount account, CancellationToken token) => await account.GetAsync(caller, token);
}
