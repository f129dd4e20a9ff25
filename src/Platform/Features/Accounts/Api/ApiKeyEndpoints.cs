using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Api;

/// <summary>API keys over HTTP.</summary>
public static class ApiKeyEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void MapApiKeys(this IEndpointRouteBuilder routes)
    {
        var group = routes.MapInPersonApi("/api-keys", "API keys");
        group.MapGet("", List).Require(Permission.KeysManage).WithSummary("Lists the organization's API keys, newest first");
        group.MapPost("", Make).Require(Permission.KeysManage).Answers(402).WithSummary("Makes an API key and shows its text, this once");
        group.MapPut("/{id}", Change).Require(Permission.KeysManage).Answers(404, 409).WithSummary("Changes the name and the scopes of a key that you made");
        group.MapDelete("/{id}", Revoke).Require(Permission.KeysManage).Answers(404).WithSummary("Revokes a key; it stops working at once");
    }

    private static async Task<ApiOk<Page<ApiKeyView>>> List(ApiCaller caller, ApiKeys keys, CancellationToken token) => await keys.ListAsync(caller, token);

    private static async Task<ApiCreated<NewApiKey>> Make(ApiCaller caller, MakeApiKeyRequest body, ApiKeys keys, CancellationToken token) =>
        (await keys.MakeAsync(caller, body, token)).ToCreated(made => $"{ApiPaths.Root}/api-keys/{made.Key.Id}");

    private static async Task<ApiOk<ApiKeyView>> Change(ApiCaller caller, string id, ChangeApiKeyRequest body, ApiKeys keys, CancellationToken token) => await keys.ChangeAsync(caller, id, body, token);

    private static async Task<ApiNoContent> Revoke(ApiCaller caller, string id, ApiKeys keys, CancellationToken token) => (await keys.RevokeAsync(caller, id, token)).ToNoContent();
}
