using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>The installation's keys over HTTP, for staff.</summary>
public static class KeysAdminEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapKeysAdmin(this IEndpointRouteBuilder routes)
    {
        var staff = routes.MapStaffApi("/keys", "Staff: keys", Permission.StaffManage);
        staff.MapGet("", Read).WithSummary("Shows the installation's signing keys and how much is sealed with an older master key; never a key itself");
        staff.MapPost("/signing/rotate", Rotate).WithSummary("Makes new signing keys; old tokens stay good until they expire");
        staff.MapPost("/seal-again", Seal).WithSummary("Seals again what an older master key sealed");
    }

    private static async Task<ApiOk<KeysView>> Read(ApiCaller caller, ReadKeys read, CancellationToken token) => await read.RunAsync(caller, token);

    private static async Task<ApiOk<KeysView>> Rotate(ApiCaller caller, RotateSigningKeys rotate, ReadKeys read, CancellationToken token)
    {
        var rotated = await rotate.RunAsync(caller, token);
        return rotated.Ok ? await read.RunAsync(caller, token) : (Result<KeysView>)rotated.Problem;
    }

    private static async Task<ApiOk<IReadOnlyList<SealedKind>>> Seal(ApiCaller caller, SealAgain seal, CancellationToken token) => await seal.RunAsync(caller, token);
}
