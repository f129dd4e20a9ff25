using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;

namespace Platform.Features.Accounts.Api;

/// <summary>One's own profile, picture and address.</summary>
public static class ProfileEndpoints
{
    private const string Tag = "Profile";

    /// <summary>Maps the routes.</summary>
    public static void MapProfile(this IEndpointRouteBuilder routes)
    {
        var own = routes.MapInPersonApi("/auth", Tag);
        own.MapGet("/profile", Get).WithSummary("Shows your profile");
        own.MapPut("/profile", Update).WithSummary("Changes your profile");
        own.MapGet("/email", Pending).WithSummary("Shows a change of your address that waits, or null");
        own.MapPut("/email", Begin).WithMetadata(RateLimit.Mailing).WithSummary("Asks both addresses whether yours shall change");
        own.MapDelete("/email", Stop).Answers(404).WithSummary("Stops a change of your address");

        var open = routes.MapPublicApi("/auth/email", Tag, RateLimit.Authentication);
        open.MapPost("/confirm", Confirm).Answers(409).WithSummary("Agrees to a change of the address with the token of one of its mails");
        open.MapPost("/cancel", Cancel).Answers(404).WithSummary("Stops a change of the address with the token of the mail to the old one");

        var avatar = routes.MapInPersonApi("/users/me/avatar", Tag);
        avatar.MapPut("", SetAvatar).AllowBody(2 * ApiGroups.DefaultBodyCap).DisableAntiforgery().WithSummary("Sets your picture: PNG, JPEG or WebP, at most 1 MB and 2048 pixels, as the body or as the file of multipart/form-data; what is not the picture is removed");
        avatar.MapDelete("", RemoveAvatar).WithSummary("Takes your picture away");

        routes.MapGet("/avatars/{id}", ReadAvatar).RequireAuthorization(Policies.SignedIn).WithMetadata(RateLimit.Standard).ExcludeFromDescription();
    }

    private static async Task<ApiOk<ProfileView>> Get(ApiCaller caller, OwnProfile profile, CancellationToken token) => await profile.GetAsync(caller, token);

    private static async Task<ApiOk<ProfileView>> Update(ApiCaller caller, UpdateProfileRequest body, OwnProfile profile, CancellationToken token) => await profile.UpdateAsync(caller, body, token);

    private static async Task<ApiOk<PendingEmailResponse>> Pending(ApiCaller caller, ChangeEmail change, CancellationToken token) => (await change.PendingAsync(caller, token)).Map(view => new PendingEmailResponse(view));

    private static async Task<ApiAccepted<EmailChangeView>> Begin(ApiCaller caller, ChangeEmailRequest body, ChangeEmail change, CancellationToken token) => (await change.BeginAsync(caller, body, token)).ToAccepted();

    private static async Task<ApiNoContent> Stop(ApiCaller caller, ChangeEmail change, CancellationToken token) => (await change.CancelAsync(caller, token)).ToNoContent();

    private static async Task<ApiOk<EmailConfirmed>> Confirm(ApiCaller caller, TokenRequest body, ChangeEmail change, CancellationToken token) => await change.ConfirmAsync(caller, body.Token, token);

    private static async Task<ApiNoContent> Cancel(ApiCaller caller, TokenRequest body, ChangeEmail change, CancellationToken token) => (await change.CancelAsync(caller, body.Token, token)).ToNoContent();

    private static async Task<ApiOk<ProfileView>> SetAvatar(ApiCaller caller, HttpRequest request, OwnAvatar avatar, CancellationToken token)
    {
        if (!request.HasFormContentType) { return await avatar.SetAsync(caller, request.Body, token); }
        if ((await request.ReadFormAsync(token)).Files is not [var file, ..]) { return (Result<ProfileView>)Problem.InvalidField("file", "file_missing", "Send the picture as a file."); }
        await using var content = file.OpenReadStream();
        return await avatar.SetAsync(caller, content, token);
    }

    private static async Task<ApiOk<ProfileView>> RemoveAvatar(ApiCaller caller, OwnAvatar avatar, CancellationToken token) => await avatar.RemoveAsync(caller, token);

    // As media is sent: of the type that we told, never guessed at, never run.
    private static async Task<IResult> ReadAvatar(string id, HttpContext context, OwnAvatar avatar, CancellationToken token)
    {
        var found = await avatar.ReadAsync(id, token);
        if (!found.Ok) { return TypedResults.NotFound(); }
        var headers = context.Response.Headers;
        headers.XContentTypeOptions = "nosniff";
        headers.ContentSecurityPolicy = "default-src 'none'; sandbox";
        headers.CacheControl = "private, max-age=31536000, immutable";
        headers["Cross-Origin-Resource-Policy"] = "same-site";
        headers.ContentDisposition = "inline; filename=\"avatar\"";
        return TypedResults.Bytes(found.Value.Bytes, found.Value.ContentType);
    }
}

/// <summary>A change of the address that waits; null where none does.</summary>
public sealed record PendingEmailResponse(EmailChangeView? Pending);
