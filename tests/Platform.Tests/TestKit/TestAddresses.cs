using System.Net;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Hosting;
using Microsoft.Extensions.DependencyInjection;

namespace Platform.Tests.TestKit;

/// <summary>Requests from addresses of the test's choice: the in-memory server knows none.</summary>
public static class TestAddresses
{
    private const string Header = "X-Test-Address";

    /// <summary>Lets the app's clients say where they come from; before the first use.</summary>
    public static PlatformApp WithAddresses(this PlatformApp app) => app.With(services => services.AddSingleton<IStartupFilter>(new Filter()));

    /// <summary>The client comes from this address from now on.</summary>
    public static HttpClient From(this HttpClient client, string address)
    {
        client.DefaultRequestHeaders.Remove(Header);
        client.DefaultRequestHeaders.Add(Header, address);
        return client;
    }

    private sealed class Filter : IStartupFilter
    {
        public Action<IApplicationBuilder> Configure(Action<IApplicationBuilder> next) => app =>
        {
            app.Use((context, then) =>
            {
                if (context.Request.Headers[Header].ToString() is { Length: > 0 } address) { context.Connection.RemoteIpAddress = IPAddress.Parse(address); }
                return then(context);
            });
            next(app);
        };
    }
}
