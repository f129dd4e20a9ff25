using System.Text.Json;
using System.Text.RegularExpressions;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.Routing;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tests.TestKit;

namespace Platform.Tests.Security;

/// <summary>One method of one route: what the app maps, with its declared policies, joined with what OpenAPI says of it.</summary>
/// <param name="Method">GET, POST …</param>
/// <param name="Path">The pattern, such as <c>/api/v1/content/{id}</c>; without a slash at its end.</param>
/// <param name="Policies">All of them must hold; empty where anyone may.</param>
/// <param name="Operation">Its OpenAPI operation; null for pages, forms and files.</param>
public sealed partial record ApiRoute(string Method, string Path, IReadOnlyList<string> Policies, JsonElement? Operation)
{
    /// <summary>Names the row of this route in every family.</summary>
    public string Key => $"{Method} {Path}";

    /// <summary>Whether it is a part of the REST API.</summary>
    public bool IsApi => Path.StartsWith("/api/", StringComparison.Ordinal);

    /// <summary>Whether it is a part of the staff's side.</summary>
    public bool IsStaff => Path.StartsWith("/admin", StringComparison.Ordinal) || Path.StartsWith("/api/v1/admin", StringComparison.Ordinal);

    /// <summary>Whether strangers may use it.</summary>
    public bool IsOpen => Policies.Count == 0;

    /// <summary>Whether it may change something.</summary>
    public bool Writes => Method is not ("GET" or "HEAD");

    /// <summary>The names of the places in the path.</summary>
    public IReadOnlyList<string> Places => [.. Place().Matches(Path).Select(m => m.Groups[1].Value)];

    /// <summary>The path with its places filled in order; a place without a value gets one that nothing has.</summary>
    public string Fill(params string[] values)
    {
        var at = 0;
        return Place().Replace(Path, _ => at < values.Length ? Uri.EscapeDataString(values[at++]) : Platform.Primitives.Ids.New());
    }

    /// <summary>The query's parameters, as OpenAPI lists them.</summary>
    public IReadOnlyList<string> Query => Operation is not { } o || !o.TryGetProperty("parameters", out var all) ? [] :
        [.. all.EnumerateArray().Where(p => p.GetProperty("in").GetString() == "query").Select(p => p.GetProperty("name").GetString()!)];

    /// <summary>Whether it takes a form with a file.</summary>
    public bool TakesFile => Operation is { } o && o.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("multipart/form-data", out _);

    /// <summary>The body's schema; null where it takes none, or no JSON.</summary>
    public JsonElement? Body => Operation is { } o && o.TryGetProperty("requestBody", out var body) && body.GetProperty("content").TryGetProperty("application/json", out var json)
        && json.TryGetProperty("schema", out var schema) ? schema : null;

    [GeneratedRegex(@"\{\**([A-Za-z]+)[^}]*\}")]
    internal static partial Regex Place();

    /// <summary>All routes of the app but the framework's own (circuits, scripts, static files).</summary>
    public static IReadOnlyList<ApiRoute> Read(PlatformApp app, JsonElement description)
    {
        var operations = description.GetProperty("paths").EnumerateObject()
            .SelectMany(path => path.Value.EnumerateObject().Select(o => (Key: $"{o.Name.ToUpperInvariant()} {path.Name.TrimEnd('/')}", o.Value))).ToDictionary(o => o.Key, o => o.Value);
        return [.. app.Services.GetRequiredService<EndpointDataSource>().Endpoints.OfType<RouteEndpoint>().Where(e => !Architecture.RouteSnapshot.IsMachinery(e))
            .SelectMany(e => Of(e, operations)).DistinctBy(r => r.Key).OrderBy(r => r.Key, StringComparer.Ordinal)];
    }

    internal static IEnumerable<ApiRoute> Of(RouteEndpoint endpoint, Dictionary<string, JsonElement> operations)
    {
        var path = "/" + endpoint.RoutePattern.RawText!.Trim('/');
        var open = endpoint.Metadata.GetMetadata<IAllowAnonymous>() is not null;
        string[] policies = open ? [] : [.. endpoint.Metadata.GetOrderedMetadata<IAuthorizeData>().Select(a => a.Policy ?? Platform.Api.Policies.SignedIn).Distinct().DefaultIfEmpty("(none)")];
        foreach (var method in endpoint.Metadata.GetMetadata<IHttpMethodMetadata>()?.HttpMethods ?? ["GET"])
        {
            yield return new ApiRoute(method, path, policies, operations.TryGetValue($"{method} {path}", out var operation) ? operation : null);
        }
    }
}
