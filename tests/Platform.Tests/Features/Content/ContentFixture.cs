using System.Net.Http.Json;
using System.Text.Json;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Content;

/// <summary>The whole app, as it is delivered, with what tests of posts ask for again and again.</summary>
public sealed class ContentFixture : IDisposable
{
    public const string Root = "/api/v1/content";

    public PlatformApp App { get; } = new();

    public void Dispose() => App.Dispose();

    /// <summary>A new customer with practice channels.</summary>
    public async Task<(TestCustomer Customer, string[] Channels)> StartAsync(int channels = 1)
    {
        var customer = await App.SignUpAsync();
        var ids = new string[channels];
        for (var at = 0; at < channels; at++) { ids[at] = await ConnectAsync(customer); }
        return (customer, ids);
    }

    public static async Task<string> ConnectAsync(TestCustomer customer) =>
        Id(await (await customer.Client.PostAsJsonAsync("/api/v1/social-accounts/connect", new { network = "sandbox" })).ReadAsync());

    public static async Task<JsonElement> CreateAsync(TestCustomer customer, object body) => await (await customer.Client.PostAsJsonAsync(Root, body)).ReadAsync();

    public static async Task<JsonElement> GetAsync(TestCustomer customer, string id) => await (await customer.Client.GetAsync($"{Root}/{id}")).ReadAsync();

    public static Task<HttpResponseMessage> PutAsync(TestCustomer customer, string id, object body, long? version = null)
    {
        var request = new HttpRequestMessage(HttpMethod.Put, $"{Root}/{id}") { Content = JsonContent.Create(body) };
        if (version is not null) { request.Headers.TryAddWithoutValidation("If-Match", $"\"{version}\""); }
        return customer.Client.SendAsync(request);
    }

    public static string Id(JsonElement thing) => thing.GetProperty("id").GetString()!;

    public static string Text(JsonElement thing, string property) => thing.GetProperty(property).GetString()!;
}
