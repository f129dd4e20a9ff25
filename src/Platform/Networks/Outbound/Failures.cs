using System.Net.Sockets;

namespace Platform.Networks.Outbound;

/// <summary>Says what a broken call means: whether any of the request may have arrived.</summary>
internal static class Failures
{
    /// <summary>The failure behind an exception.</summary>
    public static OutboundAnswer.Failed Of(Exception problem, OutboundRequest request, GatedContent? body, bool cancelled)
    {
        var chain = Chain(problem).ToList();
        if (chain.OfType<OutboundRefusedException>().FirstOrDefault() is { } refused) { return new(OutboundFailure.Refused, refused.Message); }
        if (chain.OfType<GateClosedException>().Any()) { return new(OutboundFailure.Withdrawn, "the right to send has ended"); }
        var kind = MayHaveArrived(problem, body) ? OutboundFailure.Lost : OutboundFailure.NotSent;
        return new(kind, Words(chain, request, cancelled, kind));
    }

    private static bool MayHaveArrived(Exception problem, GatedContent? body) => body is not null
        ? body.Sent
        : problem is not HttpRequestException { HttpRequestError: HttpRequestError.NameResolutionError or HttpRequestError.ConnectionError or HttpRequestError.SecureConnectionError };

    private static string Words(List<Exception> chain, OutboundRequest request, bool cancelled, OutboundFailure kind)
    {
        var host = request.Url.Authority;
        if (cancelled) { return $"the call to {host} was cut off because this server is stopping"; }
        if (chain.OfType<OperationCanceledException>().Any()) { return kind is OutboundFailure.Lost ? $"{host} did not answer in time" : $"{host} could not be reached in time"; }
        var socket = chain.OfType<SocketException>().FirstOrDefault()?.SocketErrorCode;
        return kind is OutboundFailure.NotSent ? $"{host} could not be reached ({socket?.ToString() ?? "no connection"})" : $"{host} broke off the connection ({socket?.ToString() ?? "incomplete answer"})";
    }

    private static IEnumerable<Exception> Chain(Exception? problem)
    {
        for (; problem is not null; problem = problem.InnerException) { yield return problem; }
    }
}
