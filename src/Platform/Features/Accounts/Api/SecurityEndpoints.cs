using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>Security settings of one's own account, for customers in person and for staff.</summary>
public static class SecurityEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapSecurity(this IEndpointRouteBuilder routes)
    {
        MapOwn(routes.MapInPersonApi("/auth", "Account security"));
        MapOwn(routes.MapStaffSetupApi("/auth", "Staff: account security"));
    }

    private static void MapOwn(RouteGroupBuilder own)
    {
        own.MapGet("/confirm", Confirmed).WithSummary("Says whether you confirmed lately who you are, and by what you can");
        own.MapPost("/confirm", Confirm).WithSummary("Confirms who you are with the password or a code; security settings ask for it");
        own.MapPut("/password", Password).Answers(409).WithSummary("Changes the password and ends your other sessions");
        own.MapGet("/2fa/status", Status).WithSummary("Shows whether two-factor authentication is on");
        own.MapPost("/2fa/enable", Begin).Answers(409).WithSummary("Shows a new key for an authenticator app; nothing is on before it is verified");
        own.MapPost("/2fa/verify", Enable).Answers(409).WithSummary("Verifies a first code, switches two-factor authentication on and shows the recovery codes once");
        own.MapPost("/2fa/disable", Disable).Answers(409).WithSummary("Switches two-factor authentication off, with the password and a code");
        own.MapGet("/2fa/recovery-codes", Count).WithSummary("Tells how many recovery codes are left");
        own.MapPost("/2fa/recovery-codes", Regenerate).Answers(409).WithSummary("Makes new recovery codes and shows them once; the old ones stop working");
    }

    private static async Task<ApiOk<IdentityState>> Confirmed(ApiCaller caller, ConfirmIdentity confirm, CancellationToken token) => await confirm.StateAsync(caller, token);

    private static async Task<ApiNoContent> Confirm(ApiCaller caller, ConfirmIdentityRequest body, ConfirmIdentity confirm, CancellationToken token) => (await confirm.RunAsync(caller, body, token)).ToNoContent();

    private static async Task<ApiNoContent> Password(ApiCaller caller, ChangePasswordRequest body, ChangePassword change, CancellationToken token) => (await change.RunAsync(caller, body, token)).ToNoContent();

    private static async Task<ApiOk<TwoFactorStatus>> Status(ApiCaller caller, TwoFactorSettings settings, CancellationToken token) => await settings.StatusAsync(caller, token);

    private static async Task<ApiOk<TwoFactorSecret>> Begin(ApiCaller caller, TwoFactorSettings settings, CancellationToken token) => await settings.BeginAsync(caller, token);

    private static async Task<ApiOk<RecoveryCodeSet>> Enable(ApiCaller caller, VerifyTwoFactorRequest body, TwoFactorSettings settings, CancellationToken token) => await settings.EnableAsync(caller, body, token);

    private static async Task<ApiNoContent> Disable(ApiCaller caller, DisableTwoFactorRequest body, TwoFactorSettings settings, CancellationToken token) => (await settings.DisableAsync(caller, body, token)).ToNoContent();

    private static async Task<ApiOk<RecoveryCodeCount>> Count(ApiCaller caller, TwoFactorSettings settings, CancellationToken token) =>
        (await settings.StatusAsync(caller, token)).Map(status => new RecoveryCodeCount(status.RecoveryCodesLeft, status.RecoveryCodesMadeAt));

    private static async Task<ApiOk<RecoveryCodeSet>> Regenerate(ApiCaller caller, TwoFactorSettings settings, CancellationToken token) => await settings.RegenerateAsync(caller, token);
}

/// <summary>How many recovery codes are left.</summary>
public sealed record RecoveryCodeCount(int Left, DateTimeOffset? MadeAt);
