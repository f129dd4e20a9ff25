using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Platform.Primitives;

namespace Platform.Api;

/// <summary>Turns an action's result into an HTTP answer whose success type is known to OpenAPI; a problem becomes a problem document.</summary>
public static class ApiResults
{
    /// <summary>200 with the value. <paramref name="version"/> becomes the ETag.</summary>
    public static ApiOk<T> ToOk<T>(this Result<T> result, Func<T, long>? version = null) => new(result, version);

    /// <summary>201 with the value and its address.</summary>
    public static ApiCreated<T> ToCreated<T>(this Result<T> result, Func<T, string> location, Func<T, long>? version = null) => new(result, location, version);

    /// <summary>202 with the value: the work goes on.</summary>
    public static ApiAccepted<T> ToAccepted<T>(this Result<T> result, Func<T, string>? location = null) => new(result, location);

    /// <summary>204.</summary>
    public static ApiNoContent ToNoContent<T>(this Result<T> result) => new(result.Problem);

    /// <summary>An ETag for a version.</summary>
    public static string ETag(long version) => $"\"{version}\"";

    internal static void Describe(EndpointBuilder builder, int status, Type? type) =>
        builder.Metadata.Add(type is null ? new ProducesResponseTypeMetadata(status) : new ProducesResponseTypeMetadata(status, type, ["application/json"]));

    internal static Task WriteAsync<T>(HttpContext context, T value, int status, string? location, long? version)
    {
        if (location is not null) { context.Response.Headers.Location = location; }
        if (version is { } number) { context.Response.Headers.ETag = ETag(number); }
        context.Response.StatusCode = status;
        return context.Response.WriteAsJsonAsync(value, context.RequestAborted);
    }
}

/// <summary>200 or a problem.</summary>
public sealed class ApiOk<T>(Result<T> result, Func<T, long>? version = null) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) =>
        result.Ok ? ApiResults.WriteAsync(httpContext, result.Value, 200, null, version?.Invoke(result.Value)) : Problems.WriteAsync(httpContext, result.Problem);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => ApiResults.Describe(builder, 200, typeof(T));

    /// <summary>Wraps a result.</summary>
    public static implicit operator ApiOk<T>(Result<T> result) => new(result);
}

/// <summary>201 or a problem.</summary>
public sealed class ApiCreated<T>(Result<T> result, Func<T, string> location, Func<T, long>? version = null) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) => result.Ok
        ? ApiResults.WriteAsync(httpContext, result.Value, 201, location(result.Value), version?.Invoke(result.Value))
        : Problems.WriteAsync(httpContext, result.Problem);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => ApiResults.Describe(builder, 201, typeof(T));
}

/// <summary>202 or a problem.</summary>
public sealed class ApiAccepted<T>(Result<T> result, Func<T, string>? location = null) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext) =>
        result.Ok ? ApiResults.WriteAsync(httpContext, result.Value, 202, location?.Invoke(result.Value), null) : Problems.WriteAsync(httpContext, result.Problem);

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => ApiResults.Describe(builder, 202, typeof(T));
}

/// <summary>204 or a problem.</summary>
public sealed class ApiNoContent(Problem? problem) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (problem is not null) { return Problems.WriteAsync(httpContext, problem); }
        httpContext.Response.StatusCode = 204;
        return Task.CompletedTask;
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder) => ApiResults.Describe(builder, 204, null);
}
