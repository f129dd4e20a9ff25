using System.Text.Json;
using Microsoft.AspNetCore.Mvc;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Ui;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Another name for a passkey.</summary>
public sealed record RenamePasskeyRequest(string Name);

/// <summary>Passkeys over HTTP, for customers and staff: signing in with one, and one's own.</summary>
public static class PasskeyEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapPasskeys(this IEndpointRouteBuilder routes)
    {
        var open = routes.MapPublicApi("/auth/passkeys", "Authentication", RateLimit.Authentication);
        open.MapPost("/question", (PasskeySignIn signIn, CancellationToken token) => AskAsync(signIn, CallerKind.Person, token)).WithSummary("Asks for a passkey to sign in with");
        open.MapPost("/sign-in", SignIn).Answers(401, 409).WithSummary("Signs in with a passkey");
        var staff = routes.MapPublicApi("/admin/auth/passkeys", "Staff: authentication", RateLimit.Authentication);
        staff.MapPost("/question", (PasskeySignIn signIn, CancellationToken token) => AskAsync(signIn, CallerKind.Staff, token)).WithSummary("Asks for a passkey to sign a staff account in with");
        staff.MapPost("/sign-in", SignInStaff).Answers(401, 409).WithSummary("Signs a staff account in with a passkey");
        var forms = routes.MapGroup("").ExcludeFromDescription().DisableAntiforgery().WithMetadata(RateLimit.Authentication).AllowAnonymous();
        foreach (var prefix in (string[])["", "/admin"])
        {
            forms.MapPost($"{prefix}/sign-in/passkey", SignInBrowser);
            forms.MapPost($"{prefix}/sign-in/verify/passkey", VerifyBrowser);
        }
        MapOwn(routes.MapInPersonApi("/auth/own-passkeys", "Account security"));
        MapOwn(routes.MapStaffSetupApi("/auth/own-passkeys", "Staff: account security"));
    }

    private static void MapOwn(RouteGroupBuilder own)
    {
        own.MapGet("", List).WithSummary("Lists your passkeys");
        own.MapPost("/question", Begin).Answers(409).WithSummary("Asks your browser for a new passkey");
        own.MapPost("", Add).Answers(401, 409).WithSummary("Adds the passkey that your browser made; the first one brings recovery codes");
        own.MapPut("/{id}", Rename).Answers(404).WithSummary("Gives a passkey another name");
        own.MapDelete("/{id}", Remove).Answers(404, 409).WithSummary("Removes a passkey; not the only way into the account");
    }

    private static async Task<ApiOk<PasskeyQuestion>> AskAsync(PasskeySignIn signIn, CallerKind kind, CancellationToken token) => await signIn.BeginAsync(kind, token);

    private static async Task<SignInAnswer<TokenResponse>> SignIn(ApiCaller caller, PasskeyAnswer body, PasskeySignIn signIn, HttpContext http, CancellationToken token) =>
        new(await signIn.RunAsync(CallerKind.Person, caller, body, AuthEndpoints.DeviceOf(http), token), TokenResponse.Of);

    private static async Task<SignInAnswer<StaffTokenResponse>> SignInStaff(ApiCaller caller, PasskeyAnswer body, PasskeySignIn signIn, HttpContext http, CancellationToken token) =>
        new(await signIn.RunAsync(CallerKind.Staff, caller, body, AuthEndpoints.DeviceOf(http), token), StaffTokenResponse.Of);

    private static async Task<IResult> SignInBrowser(HttpContext http, [FromForm] string ceremony, [FromForm] string credential, [FromForm] string? returnUrl, PasskeySignIn signIn, CancellationToken token)
    {
        var kind = KindOf(http);
        var result = Json(credential) is { } json ? await signIn.RunAsync(kind, http.GetCaller(), new PasskeyAnswer(ceremony, json), BrowserSession.Device(http), token) : Passkeys.Refused();
        return TypedResults.LocalRedirect(result.Ok ? await BrowserSession.GoOnAsync(http, kind, result.Value, returnUrl) : $"{Prefix(kind)}/sign-in?passkey={result.Problem.Code}");
    }

    private static async Task<IResult> VerifyBrowser(HttpContext http, [FromForm] string ceremony, [FromForm] string credential, [FromForm] string? returnUrl, VerifySignIn verify, CancellationToken token)
    {
        var kind = KindOf(http);
        if (Json(JsonSerializer.Serialize(new { ceremony, credential = Json(credential) })) is not { } answer) { return TypedResults.LocalRedirect($"{Prefix(kind)}/sign-in"); }
        var result = await verify.RunAsync(kind, http.GetCaller(), new VerifySignInRequest(ChallengeCookie.Get(http, kind) ?? "", Passkey: answer), BrowserSession.Device(http), token);
        if (!result.Ok) { return TypedResults.LocalRedirect($"{Prefix(kind)}/sign-in/verify?passkey={result.Problem.Code}"); }
        ChallengeCookie.Clear(http, kind);
        return TypedResults.LocalRedirect(await BrowserSession.GoOnAsync(http, kind, new SignInOutcome(result.Value, null), returnUrl));
    }

    private static CallerKind KindOf(HttpContext http) => ApiPaths.IsStaff(http.Request.Path) ? CallerKind.Staff : CallerKind.Person;

    private static string Prefix(CallerKind kind) => kind == CallerKind.Staff ? "/admin" : "";

    private static JsonElement? Json(string text)
    {
        try { return JsonDocument.Parse(text).RootElement; }
        catch (JsonException) { return null; }
    }

    private static async Task<ApiOk<IReadOnlyList<PasskeyView>>> List(ApiCaller caller, Passkeys passkeys, CancellationToken token) => await passkeys.ListAsync(caller, token);

    private static async Task<ApiOk<PasskeyQuestion>> Begin(ApiCaller caller, Passkeys passkeys, CancellationToken token) => await passkeys.BeginAsync(caller, token);

    private static async Task<ApiOk<PasskeyAdded>> Add(ApiCaller caller, NewPasskeyRequest body, Passkeys passkeys, CancellationToken token) => await passkeys.AddAsync(caller, body, token);

    private static async Task<ApiNoContent> Rename(ApiCaller caller, string id, RenamePasskeyRequest body, Passkeys passkeys, CancellationToken token) => (await passkeys.RenameAsync(caller, id, body.Name, token)).ToNoContent();

    private static async Task<ApiNoContent> Remove(ApiCaller caller, string id, Passkeys passkeys, CancellationToken token) => (await passkeys.RemoveAsync(caller, id, token)).ToNoContent();
}
