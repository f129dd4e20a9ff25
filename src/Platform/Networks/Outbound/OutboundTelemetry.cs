using System.Diagnostics;
using System.Diagnostics.Metrics;

namespace Platform.Networks.Outbound;

/// <summary>Spans and numbers of outbound calls. Hosts and names of calls only: no paths, queries, headers or bodies, which hold secrets and texts.</summary>
internal static class OutboundTelemetry
{
    private static readonly ActivitySource Source = new("Platform.Networks");
    private static readonly Meter Meter = new("Platform.Networks");
    private static readonly Histogram<double> Duration = Meter.CreateHistogram<double>("platform.networks.call.duration", "s", "Outbound calls by name and outcome");

    /// <summary>Begins a span.</summary>
    public static Activity? Start(OutboundRequest request)
    {
        var activity = Source.StartActivity(request.Name, ActivityKind.Client);
        activity?.SetTag("http.request.method", request.Method.Method);
        activity?.SetTag("server.address", request.Url.IsAbsoluteUri ? request.Url.Host : "");
        return activity;
    }

    /// <summary>Ends it.</summary>
    public static void Stop(Activity? activity, OutboundRequest request, OutboundAnswer answer, TimeSpan took)
    {
        var outcome = answer switch
        {
            OutboundAnswer.Answered a => $"{a.Status / 100}xx",
            OutboundAnswer.Failed f => f.Failure.ToString(),
            _ => "",
        };
        if (answer is OutboundAnswer.Answered answered) { activity?.SetTag("http.response.status_code", answered.Status); }
        if (answer is OutboundAnswer.Failed failed) { activity?.SetStatus(ActivityStatusCode.Error, failed.Detail); }
        Duration.Record(took.TotalSeconds, new KeyValuePair<string, object?>("name", request.Name), new KeyValuePair<string, object?>("outcome", outcome));
    }
}
