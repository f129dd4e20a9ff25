using System.Buffers;
using System.Security.Cryptography;
using System.Text;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Api;

/// <summary>An answer that was given to a request with an Idempotency-Key.</summary>
public sealed record KeptAnswer(int Status, string? ContentType, string? Location, string? ETag, byte[] Body);

/// <summary>What became of a claim on a key.</summary>
/// <param name="Mine">Whether this request shall do the work.</param>
/// <param name="SameRequest">Whether the key was used for the same request.</param>
/// <param name="Answer">What was answered; null while the first request is still under way.</param>
public sealed record KeyClaim(bool Mine, bool SameRequest, KeptAnswer? Answer);

/// <summary>Keeps the first answer to each Idempotency-Key for at least 24 hours, sealed. Implemented by the Accounts feature.</summary>
public interface IIdempotencyStore
{
    /// <summary>Claims a key for a request, atomically.</summary>
    Task<KeyClaim> ClaimAsync(string key, string fingerprint, CancellationToken cancellationToken);

    /// <summary>Keeps the answer.</summary>
    Task KeepAsync(string key, KeptAnswer answer, CancellationToken cancellationToken);

    /// <summary>Gives the key back: the request changed nothing and may be corrected and sent again.</summary>
    Task ReleaseAsync(string key, CancellationToken cancellationToken);
}

/// <summary>
/// Repeats of a POST with the same Idempotency-Key by the same caller do the work once: the first answer, a 500 included, is given again. The same key with another body
/// is 422, a repeat while the first is under way 409. Requests that were refused before they did anything (400, 401, 402, 403, 404, 413, 415, 422, 429) may be corrected and sent again.
/// </summary>
public sealed class Idempotency(RequestDelegate next, IIdempotencyStore store)
{
    private const string Header = "Idempotency-Key";
    private const int LongestKey = 255;
    private const long LargestAnswer = 1024 * 1024;

    /// <summary>Runs for each request, after its caller is known.</summary>
    public async Task InvokeAsync(HttpContext context)
    {
        var given = context.Request.Headers[Header].ToString();
        if (given.Length == 0 || !HttpMethods.IsPost(context.Request.Method) || !ApiPaths.IsApi(context.Request.Path)) { await next(context); return; }
        if (given.Length > LongestKey) { await Problems.WriteAsync(context, Problem.Invalid("invalid_idempotency_key", $"An Idempotency-Key has at most {LongestKey} characters.")); return; }
        var key = KeyOf(context, given);
        var claim = await store.ClaimAsync(key, await FingerprintAsync(context), context.RequestAborted);
        if (claim.Mine) { await RunAsync(context, key); return; }
        await RepeatAsync(context, claim);
    }

    private static Task RepeatAsync(HttpContext context, KeyClaim claim)
    {
        if (!claim.SameRequest) { return Problems.WriteAsync(context, Problem.Invalid("idempotency_key_reused", "This Idempotency-Key was used for another request. Use a new key for a new request.")); }
        if (claim.Answer is not { } answer)
        {
            return Problems.WriteAsync(context, Problem.Conflict("request_in_progress", "The first request with this Idempotency-Key is still under way. Repeat in a moment.") with { RetryAfter = TimeSpan.FromSeconds(1) });
        }
        var response = context.Response;
        response.StatusCode = answer.Status;
        response.ContentType = answer.ContentType;
        if (answer.Location is { } location) { response.Headers.Location = location; }
        if (answer.ETag is { } tag) { response.Headers.ETag = tag; }
        response.Headers["Idempotency-Replayed"] = "true";
        return response.Body.WriteAsync(answer.Body, context.RequestAborted).AsTask();
    }

    private async Task RunAsync(HttpContext context, string key)
    {
        var (response, wire) = (context.Response, context.Response.Body);
        using var copy = new MemoryStream();
        response.Body = copy;
        var finished = false;
        try { await next(context); finished = true; }
        finally
        {
            response.Body = wire;
            if (!finished) { await store.ReleaseAsync(key, CancellationToken.None); }
        }
        // Kept whatever the client does now: it may have gone, and will ask again.
        await FinishAsync(key, response, copy.ToArray());
        await response.Body.WriteAsync(copy.GetBuffer().AsMemory(0, (int)copy.Length), context.RequestAborted);
    }

    private Task FinishAsync(string key, HttpResponse response, byte[] body)
    {
        var refused = response.StatusCode is 400 or 401 or 402 or 403 or 404 or 405 or 413 or 415 or 422 or 429 or 499;
        if (refused || body.Length > LargestAnswer) { return store.ReleaseAsync(key, CancellationToken.None); }
        var answer = new KeptAnswer(response.StatusCode, response.ContentType, Text(response.Headers.Location), Text(response.Headers.ETag), body);
        return store.KeepAsync(key, answer, CancellationToken.None);
    }

    private static string? Text(Microsoft.Extensions.Primitives.StringValues header) => header.Count == 0 ? null : header.ToString();

    // A key belongs to one caller and one route: two customers that happen to choose the same one never meet.
    private static string KeyOf(HttpContext context, string given)
    {
        var caller = context.GetCaller();
        var owner = caller.UserId is { } user ? $"{caller.Kind}:{user}:{caller.Organization?.Value}" : $"anonymous:{caller.Address}";
        return Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes($"{owner}\n{context.Request.Path}\n{given}")));
    }

    private static async Task<string> FingerprintAsync(HttpContext context)
    {
        var request = context.Request;
        request.EnableBuffering();
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData(Encoding.UTF8.GetBytes($"{request.Method} {request.Path}{request.QueryString}\n"));
        var buffer = ArrayPool<byte>.Shared.Rent(16 * 1024);
        try
        {
            while (await request.Body.ReadAsync(buffer, context.RequestAborted) is > 0 and var read) { hash.AppendData(buffer, 0, read); }
        }
        finally { ArrayPool<byte>.Shared.Return(buffer); }
        request.Body.Position = 0;
        return Convert.ToHexStringLower(hash.GetHashAndReset());
    }
}
