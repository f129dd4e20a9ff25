using System.Text.Json.Nodes;
using Microsoft.AspNetCore.Authorization;
using Microsoft.AspNetCore.OpenApi;
using Microsoft.OpenApi;

namespace Platform.Api;

/// <summary>The OpenAPI document at <c>/openapi/v1.json</c>: what the routes say of themselves, plus what they all share.</summary>
public static class ApiDescription
{
    private const string Customer = "customer";
    private const string Staff = "staff";
    private const string Key = "apiKey";

    private static readonly Dictionary<string, JsonNode> Examples = new(StringComparer.Ordinal)
    {
        ["email"] = "ada@example.com", ["password"] = "correct horse battery", ["newPassword"] = "four unrelated plain words", ["currentPassword"] = "correct horse battery",
        ["firstName"] = "Ada", ["lastName"] = "Lovelace", ["organizationName"] = "Analytical Engines", ["timeZone"] = "Europe/Berlin", ["network"] = "sandbox",
        ["text"] = "The first program was written in 1843.", ["scheduledAt"] = "2026-11-22T09:00:00", ["serviceUrl"] = "https://mastodon.social", ["handle"] = "@ada@mastodon.social",
        ["displayName"] = "Ada Lovelace", ["identifier"] = "ada.bsky.social", ["reason"] = "Spam reported by three networks", ["name"] = "Analytical Engines", ["expiresIn"] = 900,
        ["code"] = "text_too_long", ["message"] = "The text is longer than the network allows.", ["altText"] = "A brass machine with many wheels", ["accessToken"] = "eyJhbGciOiJIUzI1NiIs…",
    };

    /// <summary>Registers the document.</summary>
    public static void AddApiDescription(this IServiceCollection services) => services.AddOpenApi("v1", options =>
    {
        options.ShouldInclude = description => description.RelativePath?.StartsWith("api/v1", StringComparison.OrdinalIgnoreCase) == true;
        options.AddDocumentTransformer((document, _, _) => { Describe(document); return Task.CompletedTask; });
        options.AddOperationTransformer((operation, context, _) => { Describe(operation, context); return Task.CompletedTask; });
        options.AddSchemaTransformer((schema, context, _) => { Describe(schema, context); return Task.CompletedTask; });
    });

    /// <summary>Maps the document, and Swagger UI at <c>/docs</c>.</summary>
    public static void MapApiDescription(this WebApplication app)
    {
        app.MapOpenApi("/openapi/{documentName}.json").AllowAnonymous();
        app.UseSwaggerUI(options =>
        {
            options.RoutePrefix = "docs";
            options.DocumentTitle = "API";
            options.SwaggerEndpoint("/openapi/v1.json", "v1");
        });
    }

    private static void Describe(OpenApiDocument document)
    {
        document.Info = new OpenApiInfo
        {
            Title = "Social media management API",
            Version = "v1",
            Description = "Errors are problem documents (RFC 9457) with a stable `code`. Lists are paged with `limit` and `cursor`. A POST with an `Idempotency-Key` does its work once. "
                + "Edits take `If-Match` with the ETag that was read. Beyond the rate limit the answer is 429 with `Retry-After`; beyond the plan's limit it is 402.",
        };
        document.Components ??= new OpenApiComponents();
        document.Components.SecuritySchemes = new Dictionary<string, IOpenApiSecurityScheme>
        {
            [Customer] = Bearer("A customer's access token, from /api/v1/auth/login."),
            [Key] = new OpenApiSecurityScheme { Type = SecuritySchemeType.ApiKey, In = ParameterLocation.Header, Name = "X-Api-Key", Description = "An API key (plk_…) from /api/v1/api-keys, limited to its scopes. It may also be sent as a bearer token. Routes for a person do not take it." },
            [Staff] = Bearer("A staff access token, from /api/v1/admin/auth/login. Customers' tokens are not good here, nor the other way round."),
        };
    }

    private static OpenApiSecurityScheme Bearer(string description) => new() { Type = SecuritySchemeType.Http, Scheme = "bearer", BearerFormat = "JWT", Description = description };

    private static void Describe(OpenApiOperation operation, OpenApiOperationTransformerContext context)
    {
        var metadata = context.Description.ActionDescriptor.EndpointMetadata;
        var policies = metadata.OfType<IAuthorizeData>().Select(a => a.Policy).OfType<string>().Distinct().ToList();
        if (!metadata.OfType<IAllowAnonymous>().Any())
        {
            operation.Security = [.. SchemesOf(policies).Select(scheme => new OpenApiSecurityRequirement { [new OpenApiSecuritySchemeReference(scheme, context.Document)] = [] })];
            var permissions = policies.Where(p => p is not (Policies.SignedIn or Policies.AnyStaff or Policies.InPerson or Policies.StaffSetup)).ToList();
            if (permissions.Count > 0) { operation.Description = $"Needs: {string.Join(", ", permissions)}. {operation.Description}".TrimEnd(); }
        }
        operation.OperationId ??= IdOf(context.Description.HttpMethod!, context.Description.RelativePath!);
        if (context.Description.HttpMethod == "POST") { AddHeader(operation, "Idempotency-Key", "Repeats with the same key give the first answer again; kept for two days."); }
        if (metadata.OfType<TakesIfMatch>().Any())
        {
            AddHeader(operation, "If-Match", "The ETag that was read; 412 where it is not the stored one any more.");
            operation.Responses?.TryAdd("412", new OpenApiResponse { Description = "It was changed meanwhile" });
        }
    }

    private static string[] SchemesOf(List<string> policies) =>
        policies.Any(Policies.IsStaff) ? [Staff] : policies.Any(p => p is Policies.SignedIn or Policies.InPerson) ? [Customer] : [Customer, Key];

    private static void AddHeader(OpenApiOperation operation, string name, string description) =>
        (operation.Parameters ??= []).Add(new OpenApiParameter { Name = name, In = ParameterLocation.Header, Description = description, Schema = new OpenApiSchema { Type = JsonSchemaType.String } });

    // getContentById, postContentByIdSchedule: stable as long as the route is.
    private static string IdOf(string method, string path)
    {
        var words = path["api/v1/".Length..].Split('/', '-', '.').Select(part => part.StartsWith('{') ? "By" + Capital(part.Trim('{', '}').Split(':')[0]) : Capital(part));
        return method.ToLowerInvariant() + string.Concat(words);
    }

    private static string Capital(string word) => word.Length == 0 ? "" : char.ToUpperInvariant(word[0]) + word[1..];

    private static void Describe(OpenApiSchema schema, OpenApiSchemaTransformerContext context)
    {
        if (context.JsonPropertyInfo is { } property && schema.Examples is null && Examples.TryGetValue(property.Name, out var example) && property.PropertyType == ClrTypeOf(example)) { schema.Examples = [example.DeepClone()]; }
    }

    private static Type ClrTypeOf(JsonNode example) => example.GetValueKind() == System.Text.Json.JsonValueKind.Number ? typeof(int) : typeof(string);
}
