using System.ComponentModel;
using Platform.Api;
using Platform.Features.Library.Actions;
using Platform.Features.Library.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Library.Api;

/// <summary>Templates and hashtag sets over HTTP.</summary>
public static class LibraryEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        var templates = routes.MapApi("/templates", "Library", Permission.ContentRead);
        templates.MapGet("", ListTemplatesAsync).WithSummary("Lists templates by name; q searches.");
        templates.MapPost("", CreateTemplateAsync).Require(Permission.ContentWrite).WithSummary("Makes a template.");
        templates.MapGet("/{id}", GetTemplateAsync).WithSummary("Shows a template.");
        templates.MapPut("/{id}", UpdateTemplateAsync).Require(Permission.ContentWrite).WithSummary("Changes what the body names. Takes If-Match.");
        templates.MapDelete("/{id}", DeleteTemplateAsync).Require(Permission.ContentWrite).WithSummary("Removes a template; posts written with it stay.");

        var sets = routes.MapApi("/hashtag-sets", "Library", Permission.ContentRead);
        sets.MapGet("", ListHashtagSetsAsync).WithSummary("Lists hashtag sets by name; q searches.");
        sets.MapPost("", CreateHashtagSetAsync).Require(Permission.ContentWrite).WithSummary("Makes a hashtag set.");
        sets.MapGet("/{id}", GetHashtagSetAsync).WithSummary("Shows a hashtag set.");
        sets.MapPut("/{id}", UpdateHashtagSetAsync).Require(Permission.ContentWrite).WithSummary("Changes what the body names. Takes If-Match.");
        sets.MapDelete("/{id}", DeleteHashtagSetAsync).Require(Permission.ContentWrite).WithSummary("Removes a hashtag set; posts written with it stay.");
    }

    private static async Task<ApiOk<Page<TemplateView>>> ListTemplatesAsync(ApiCaller caller, [Description("Words to search for.")] string? q, [AsParameters] PageQuery page, Templates action, CancellationToken cancellationToken) =>
        await action.ListAsync(caller, q, page.Size, page.Cursor, cancellationToken);

    private static async Task<ApiCreated<TemplateView>> CreateTemplateAsync(ApiCaller caller, TemplateRequest body, Templates action, CancellationToken cancellationToken) =>
        (await action.CreateAsync(caller, body, cancellationToken)).ToCreated(v => $"{ApiPaths.Root}/templates/{v.Id}", v => v.Version);

    private static async Task<ApiOk<TemplateView>> GetTemplateAsync(ApiCaller caller, string id, Templates action, CancellationToken cancellationToken) =>
        (await action.GetAsync(caller, id, cancellationToken)).ToOk(v => v.Version);

    private static async Task<ApiOk<TemplateView>> UpdateTemplateAsync(ApiCaller caller, string id, TemplateRequest body, IfMatch match, Templates action, CancellationToken cancellationToken) =>
        (await action.UpdateAsync(caller, id, body, match.Version, cancellationToken)).ToOk(v => v.Version);

    private static async Task<ApiNoContent> DeleteTemplateAsync(ApiCaller caller, string id, Templates action, CancellationToken cancellationToken) =>
        (await action.DeleteAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<ApiOk<Page<HashtagSetView>>> ListHashtagSetsAsync(ApiCaller caller, [Description("Words to search for.")] string? q, [AsParameters] PageQuery page, HashtagSets action, CancellationToken cancellationToken) =>
        await action.ListAsync(caller, q, page.Size, page.Cursor, cancellationToken);

    private static async Task<ApiCreated<HashtagSetView>> CreateHashtagSetAsync(ApiCaller caller, HashtagSetRequest body, HashtagSets action, CancellationToken cancellationToken) =>
        (await action.CreateAsync(caller, body, cancellationToken)).ToCreated(v => $"{ApiPaths.Root}/hashtag-sets/{v.Id}", v => v.Version);

    private static async Task<ApiOk<HashtagSetView>> GetHashtagSetAsync(ApiCaller caller, string id, HashtagSets action, CancellationToken cancellationToken) =>
        (await action.GetAsync(caller, id, cancellationToken)).ToOk(v => v.Version);

    private static async Task<ApiOk<HashtagSetView>> UpdateHashtagSetAsync(ApiCaller caller, string id, HashtagSetRequest body, IfMatch match, HashtagSets action, CancellationToken cancellationToken) =>
        (await action.UpdateAsync(caller, id, body, match.Version, cancellationToken)).ToOk(v => v.Version);

    private static async Task<ApiNoContent> DeleteHashtagSetAsync(ApiCaller caller, string id, HashtagSets action, CancellationToken cancellationToken) =>
        (await action.DeleteAsync(caller, id, cancellationToken)).ToNoContent();
}
