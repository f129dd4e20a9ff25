using System.Reflection;
using Microsoft.AspNetCore.Http.Metadata;
using Platform.Api;
using Platform.Features.Accounts.Actions;
using Platform.Features.Accounts.Contracts;
using Platform.Primitives;

namespace Platform.Features.Accounts.Api;

/// <summary>A sign-in that waits for its second factor.</summary>
/// <param name="Challenge">Goes with the second factor to <c>/auth/login/verify</c>.</param>
/// <param name="Methods">What may be answered with: totp, recovery_code, passkey.</param>
/// <param name="ExpiresIn">How many seconds it waits.</param>
public sealed record ChallengeResponse(string Challenge, IReadOnlyList<string> Methods, int ExpiresIn);

/// <summary>200 with tokens, 202 where a second factor is due, or a problem.</summary>
/// <typeparam name="T">The tokens.</typeparam>
public sealed class SignInAnswer<T>(Result<SignInOutcome> result, Func<Grant, T> tokens) : IResult, IEndpointMetadataProvider
{
    /// <inheritdoc />
    public Task ExecuteAsync(HttpContext httpContext)
    {
        if (!result.Ok) { return Problems.WriteAsync(httpContext, result.Problem); }
        if (result.Value.Grant is { } grant) { return httpContext.Response.WriteAsJsonAsync(tokens(grant), httpContext.RequestAborted); }
        var due = result.Value.Due!;
        httpContext.Response.StatusCode = StatusCodes.Status202Accepted;
        return httpContext.Response.WriteAsJsonAsync(new ChallengeResponse(due.Token, due.Methods, due.ExpiresIn), httpContext.RequestAborted);
    }

    /// <inheritdoc />
    public static void PopulateMetadata(MethodInfo method, EndpointBuilder builder)
    {
        builder.Metadata.Add(new ProducesResponseTypeMetadata(200, typeof(T), ["application/json"]));
        builder.Metadata.Add(new ProducesResponseTypeMetadata(202, typeof(ChallengeResponse), ["application/json"]));
    }
}
