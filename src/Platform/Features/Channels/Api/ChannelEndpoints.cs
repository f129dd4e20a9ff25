using Microsoft.AspNetCore.Http.HttpResults;
using Platform.Api;
using Platform.Features.Channels.Actions;
using Platform.Features.Channels.Contracts;
using Platform.Primitives;
using Platform.Tenancy;

namespace Platform.Features.Channels.Api;

/// <summary>Channels over HTTP.</summary>
public static class ChannelEndpoints
{
    /// <summary>Maps the routes.</summary>
    public static void Map(IEndpointRouteBuilder routes)
    {
        routes.MapApi("/networks", "Channels", Permission.ContentRead).MapGet("", Networks).WithSummary("Lists the networks, their limits, and whether they can be connected here.");

        var channels = routes.MapApi("/social-accounts", "Channels", Permission.ContentRead);
        channels.MapGet("", ListAsync).WithSummary("Lists the connected accounts.");
        channels.MapPost("/connect", ConnectAsync).Require(Permission.ChannelsManage)
            .Produces<ChannelAnswer>(201).Produces<AuthorizeAnswer>(202).ProducesProblem(402).ProducesProblem(409).ProducesProblem(502)
            .WithSummary("Connects an account: 201 where it is done, 202 with the address to send the person to where the network asks them itself.");
        channels.MapPost("/connect/complete", CompleteAsync).Require(Permission.ChannelsManage).WithSummary("Ends a connect for a client that took the network's callback itself.");
        channels.MapGet("/{id}", GetAsync).WithSummary("Shows one account.");
        channels.MapPut("/{id}", UpdateAsync).Require(Permission.ChannelsManage).WithSummary("Names, pauses or resumes an account, or changes its posting defaults.");
        channels.MapDelete("/{id}", RemoveAsync).Require(Permission.ChannelsManage).WithSummary("Removes an account: its tokens are destroyed, its waiting posts are cancelled.");
        channels.MapPost("/{id}/check", CheckAsync).Require(Permission.ChannelsManage).WithSummary("Asks the network whether the account works.");
        channels.MapPost("/{id}/reconnect", ReconnectAsync).Require(Permission.ChannelsManage)
            .Produces<ChannelAnswer>(201).Produces<AuthorizeAnswer>(202).ProducesProblem(409).ProducesProblem(502)
            .WithSummary("Connects the same account again; its held posts then go on.");

        routes.MapGet("/connect/callback/{network}", CallbackAsync).RequireAuthorization(Policies.ChannelsManage).WithMetadata(RateLimit.Authentication).ExcludeFromDescription();
    }

    private static ApiOk<IReadOnlyList<NetworkAnswer>> Networks(ApiCaller caller, ListNetworks action) =>
        action.Run(caller).Map<IReadOnlyList<NetworkAnswer>>(all => [.. all.Select(NetworkAnswer.From)]);

    private static async Task<Page<ChannelAnswer>> ListAsync(ApiCaller caller, IChannels channels, CancellationToken cancellationToken) =>
        new([.. (await channels.ListAsync(caller, cancellationToken)).Select(ChannelAnswer.From)], null);

    private static Task<IResult> ConnectAsync(ApiCaller caller, ConnectChannelRequest body, HttpContext context, ConnectChannel action, CancellationToken cancellationToken) =>
        AnswerAsync(action.RunAsync(caller, body, PublicAddress(context), null, cancellationToken));

    private static Task<IResult> ReconnectAsync(ApiCaller caller, string id, ReconnectBody body, HttpContext context, ConnectChannel action, CancellationToken cancellationToken) =>
        AnswerAsync(action.RunAsync(caller, new() { Network = "", ServiceUrl = body.ServiceUrl, Identifier = body.Identifier, Secret = body.Secret }, PublicAddress(context), id, cancellationToken));

    private static async Task<IResult> AnswerAsync(Task<Result<ConnectResult>> connecting)
    {
        var result = await connecting;
        if (result is { Ok: true, Value: { AuthorizeUrl: { } url, State: { } state } })
        {
            Result<AuthorizeAnswer> redirect = new AuthorizeAnswer(url, state);
            return redirect.ToAccepted();
        }
        return result.Map(done => ChannelAnswer.From(done.Channel!)).ToCreated(channel => $"{ApiPaths.Root}/social-accounts/{channel.Id}");
    }

    private static async Task<ApiCreated<ChannelAnswer>> CompleteAsync(ApiCaller caller, CompleteConnectBody body, CompleteConnect action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, body.Network, body.Parameters, cancellationToken)).Map(ChannelAnswer.From).ToCreated(channel => $"{ApiPaths.Root}/social-accounts/{channel.Id}");

    private static async Task<ApiOk<ChannelAnswer>> GetAsync(ApiCaller caller, string id, IChannels channels, CancellationToken cancellationToken) =>
        (await channels.GetAsync(caller, id, cancellationToken)).Map(ChannelAnswer.From);

    private static async Task<ApiOk<ChannelAnswer>> UpdateAsync(ApiCaller caller, string id, UpdateChannelRequest body, UpdateChannel action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, body, cancellationToken)).Map(ChannelAnswer.From);

    private static async Task<ApiNoContent> RemoveAsync(ApiCaller caller, string id, RemoveChannel action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).ToNoContent();

    private static async Task<ApiOk<CheckAnswer>> CheckAsync(ApiCaller caller, string id, CheckChannel action, CancellationToken cancellationToken) =>
        (await action.RunAsync(caller, id, cancellationToken)).Map(CheckAnswer.From);

    /// <summary>The network sends the person here. A page gets the channels with the result, a client with a token gets the channel.</summary>
    private static async Task<IResult> CallbackAsync(ApiCaller caller, string network, HttpContext context, CompleteConnect action, CancellationToken cancellationToken)
    {
        var query = context.Request.Query.ToDictionary(pair => pair.Key, pair => pair.Value.ToString());
        var result = await action.RunAsync(caller, network, query, cancellationToken);
        if (context.Request.Headers.Authorization.Count > 0) { return result.Map(ChannelAnswer.From).ToOk(); }
        return TypedResults.LocalRedirect(result.Ok
            ? $"/channels?connected={result.Value.Id}"
            : $"/channels?problem={Uri.EscapeDataString(result.Problem.Code)}&message={Uri.EscapeDataString(result.Problem.Message)}");
    }

    private static string PublicAddress(HttpContext context) =>
        context.RequestServices.GetRequiredService<IConfiguration>()["Platform:PublicUrl"] is { Length: > 0 } url ? url : $"{context.Request.Scheme}://{context.Request.Host}";
}

/// <summary>What a person gives to reconnect.</summary>
public sealed record ReconnectBody(string? ServiceUrl = null, string? Identifier = null, string? Secret = null)
{
    /// <inheritdoc />
    public override string ToString() => "ReconnectBody";
}
