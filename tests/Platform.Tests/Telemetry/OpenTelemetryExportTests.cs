using System.Collections.Concurrent;
using System.Diagnostics;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Server.Kestrel.Core;
using Microsoft.Extensions.Logging;
using Microsoft.Extensions.Options;
using Platform.Telemetry;
using Platform.Tests.TestKit;

namespace Platform.Tests.Telemetry;

public sealed class OpenTelemetryExportTests
{
    [Fact]
    public async Task Traces_and_metrics_arrive_at_the_collector()
    {
        var arrived = new ConcurrentDictionary<string, long>();
        await using var collector = await CollectorAsync(arrived);
        using var source = new ActivitySource("Platform.ExportTest");
        using var export = new OpenTelemetryExport(Options.Create(new TelemetryOptions { OtlpEndpoint = collector.Urls.Single() }));
        await export.StartAsync(CancellationToken.None);
        source.StartActivity("work").ShouldNotBeNull().Dispose();
        await export.StopAsync(CancellationToken.None);

        await Eventually.TrueAsync(() => arrived.Count == 2, "both arrived");
        arrived.Keys.ShouldBe(["/opentelemetry.proto.collector.trace.v1.TraceService/Export", "/opentelemetry.proto.collector.metrics.v1.MetricsService/Export"], ignoreOrder: true);
        arrived.Values.ShouldAllBe(bytes => bytes > 0);
    }

    [Fact]
    public async Task Without_an_endpoint_nothing_is_sampled()
    {
        using var source = new ActivitySource("Platform.ExportTest.Quiet");
        using var export = new OpenTelemetryExport(Options.Create(new TelemetryOptions()));
        await export.StartAsync(CancellationToken.None);
        source.StartActivity("work").ShouldBeNull();
        await export.StopAsync(CancellationToken.None);
    }

    private static async Task<WebApplication> CollectorAsync(ConcurrentDictionary<string, long> arrived)
    {
        var builder = WebApplication.CreateSlimBuilder();
        builder.Logging.ClearProviders();
        builder.WebHost.UseUrls("http://127.0.0.1:0").ConfigureKestrel(k => k.ConfigureEndpointDefaults(e => e.Protocols = HttpProtocols.Http2));
        var app = builder.Build();
        app.Run(async context =>
        {
            using var body = new MemoryStream();
            await context.Request.Body.CopyToAsync(body);
            arrived[context.Request.Path] = body.Length;
            context.Response.ContentType = "application/grpc";
            await context.Response.Body.WriteAsync(new byte[5]); // an empty message
            context.Response.AppendTrailer("grpc-status", "0");
        });
        await app.StartAsync();
        return app;
    }
}
