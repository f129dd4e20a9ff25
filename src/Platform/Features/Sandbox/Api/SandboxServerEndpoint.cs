using System.Text;
using System.Text.Json;
using Microsoft.AspNetCore.Http;
using Platform.Networks;

namespace Platform.Features.Sandbox.Api;

/// <summary>
/// The practice network's own API over HTTP, under <c>/sandbox/api</c>: what another process, or a test with real sockets, talks to. Opened by the account's
/// own token, which is checked behind the port, not by this installation's sign-in.
/// </summary>
internal static class SandboxServerEndpoint
{
    private const long LongestBody = 1_000_000;

    /// <summary>Maps the catch-all route.</summary>
    public static void Map(IEndpointRouteBuilder routes) =>
        routes.MapMethods("/sandbox/api/{**path}", ["GET", "POST", "PUT", "DELETE"], AnswerAsync).AllowAnonymous().DisableAntiforgery().ExcludeFromDescription();

    private static async Task AnswerAsync(HttpContext context, ISandboxServer server, TimeProvider time)
    {
        var (call, objection) = await ReadAsync(context);
        if (call is null)
        {
            context.Response.StatusCode = objection;
            return;
        }
        // No token: the network goes on with what it was asked, whoever has hung up.
        var reply = await server.HandleAsync(call, CancellationToken.None);
        await TravelAsync(context, reply, time);
    }

    private static async Task<(SandboxCall? Call, int Objection)> ReadAsync(HttpContext context)
    {
        var request = context.Request;
        if (request.ContentLength > LongestBody) { return (null, StatusCodes.Status413PayloadTooLarge); }
        JsonElement? body = null;
        if (HttpMethods.IsPost(request.Method) || HttpMethods.IsPut(request.Method))
        {
            try
            {
                using var document = await JsonDocument.ParseAsync(request.Body, cancellationToken: context.RequestAborted);
                body = document.RootElement.Clone();
            }
            catch (JsonException)
            {
                return (null, StatusCodes.Status400BadRequest);
            }
        }
        var token = request.Headers.Authorization.ToString() is { } header && header.StartsWith("Bearer ", StringComparison.Ordinal) ? header["Bearer ".Length..] : null;
        var query = request.Query.ToDictionary(q => q.Key, q => q.Value.ToString());
        return (new SandboxCall(request.Method, (string?)request.RouteValues["path"] ?? "", query, token, request.Headers["Idempotency-Key"].FirstOrDefault(), body), 0);
    }

    private static async Task TravelAsync(HttpContext context, SandboxReply reply, TimeProvider time)
    {
        if (reply.Wire is SandboxWire.Silent) { await StaySilentAsync(context, time); }
        if (reply.Wire is SandboxWire.Silent or SandboxWire.Reset or SandboxWire.Refused)
        {
            context.Abort();
            return;
        }
        var bytes = Encoding.UTF8.GetBytes(reply.Body);
        context.Response.StatusCode = reply.Status;
        foreach (var (name, value) in reply.Headers) { context.Response.Headers[name] = value; }
        if (bytes.Length == 0) { return; }
        context.Response.ContentType = "application/json";
        context.Response.ContentLength = bytes.Length;
        await context.Response.Body.WriteAsync(reply.Wire is SandboxWire.Truncated ? bytes.AsMemory(0, bytes.Length / 2) : bytes, context.RequestAborted);
        if (reply.Wire is not SandboxWire.Truncated) { return; }
        await context.Response.Body.FlushAsync(context.RequestAborted);
        context.Abort();
    }

    private static async Task StaySilentAsync(HttpContext context, TimeProvider time)
    {
        try
        {
            await Task.Delay(TimeSpan.FromMinutes(2), time, context.RequestAborted);
        }
        catch (OperationCanceledException)
        {
            // The client has hung up: what was waited for.
        }
    }
}
