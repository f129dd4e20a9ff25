using System.Net;
using System.Net.Http.Headers;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using Microsoft.Extensions.Options;
using Platform.Api;
using Platform.Primitives;
using Platform.Tests.Features.Media;
using Platform.Tests.TestKit;

namespace Platform.Tests.Faults;

/// <summary>What two copies of the app share, and what each does when it is left alone.</summary>
public sealed class TwoCopiesTests : IAsyncLifetime
{
    private readonly string _database = "test_two_" + Ids.New();
    private readonly List<PlatformApp> _apps = [];
    private string _uri = "";

    public ValueTask InitializeAsync()
    {
        _uri = TestServers.Require("MONGODB_URI");
        return ValueTask.CompletedTask;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var app in _apps) { await app.DisposeAsync(); }
        if (_apps.Count > 0) { Storage.TestMongo.Drop(_database); }
    }

    [Fact]
    public async Task A_copy_with_another_master_key_does_not_start_and_says_what_to_do()
    {
        var first = Copy();
        first.CreateClient().Dispose();
        var stranger = Should.Throw<OptionsValidationException>(() => Copy().CreateClient());
        stranger.Message.ShouldContain("Platform:MasterKey");
        var key = (await File.ReadAllTextAsync(Path.Combine(first.DataDirectory, "keys", "master.key"))).Trim();
        Copy().With("Platform:MasterKey", key).CreateClient().Dispose();
        // Rotated: the new key with the old one named, and from then on never the old one alone.
        var next = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        Copy().With("Platform:MasterKey", next).With("Platform:PreviousMasterKeys:0", key).CreateClient().Dispose();
        Should.Throw<OptionsValidationException>(() => Copy().With("Platform:MasterKey", key).CreateClient()).Message.ShouldContain("Platform:PreviousMasterKeys");
    }

    [Fact]
    public async Task What_is_uploaded_to_one_copy_is_served_by_the_other_and_gone_from_both_when_it_is_removed()
    {
        using var redis = RedisProcess.Choose();
        await redis.StartAsync();
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        var (one, other) = (Copy(redis).With("Platform:MasterKey", key), Copy(redis).With("Platform:MasterKey", key));
        var ada = await one.SignUpAsync();
        using var there = As(other, ada);
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png(300, 200)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "file", "lantern.png" } };
        var media = await (await ada.Client.PostAsync("/api/v1/media", form)).ReadAsync();
        var id = media.GetProperty("id").GetString()!;
        var (here, bytes) = (await ada.Client.GetByteArrayAsync($"/media/{id}"), await there.GetByteArrayAsync($"/media/{id}"));
        bytes.ShouldBe(here);
        bytes.Length.ShouldBeGreaterThan(50);
        Directory.EnumerateFiles(other.DataDirectory, id, SearchOption.AllDirectories).ShouldHaveSingleItem("it keeps what it has fetched");
        (await there.DeleteAsync($"/api/v1/media/{id}")).IsSuccessStatusCode.ShouldBeTrue();
        (await ada.Client.GetAsync($"/media/{id}")).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        await Eventually.TrueAsync(() => _apps.All(a => !Directory.EnumerateFiles(a.DataDirectory, id, SearchOption.AllDirectories).Any()), "no copy keeps the bytes");
    }

    [Fact]
    public async Task A_limit_holds_over_both_copies_and_in_each_while_redis_is_gone()
    {
        const int Quota = 12;
        using var redis = RedisProcess.Choose();
        await redis.StartAsync();
        var key = Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32));
        PlatformApp Limited() => Copy(redis).With("Platform:MasterKey", key).With("RateLimits:Enabled", "true")
            .With(services => services.Replace(ServiceDescriptor.Singleton<OrganizationQuota>((_, _) => ValueTask.FromResult(Quota))));
        var (one, other) = (Limited(), Limited());
        var ada = await one.SignUpAsync();
        using var there = As(other, ada);
        (await SendAsync(ada.Client, there, 2 * Quota)).ShouldBe(Quota, "the limit is one over both copies");
        redis.Kill();
        (await SendAsync(ada.Client, there, 4 * Quota)).ShouldBeInRange(Quota, 2 * Quota, "each copy counts for itself, and counts");
    }

    private static async Task<int> SendAsync(HttpClient one, HttpClient other, int requests)
    {
        var taken = 0;
        for (var i = 0; i < requests; i++)
        {
            using var answer = await (i % 2 == 0 ? one : other).GetAsync("/api/v1/content");
            answer.StatusCode.ShouldBeOneOf(HttpStatusCode.OK, HttpStatusCode.TooManyRequests);
            if (answer.StatusCode == HttpStatusCode.OK) { taken++; }
        }
        return taken;
    }

    private static HttpClient As(PlatformApp app, TestCustomer person)
    {
        var client = app.CreateClient();
        client.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", person.AccessToken);
        return client;
    }

    private PlatformApp Copy(RedisProcess? redis = null)
    {
        var app = new PlatformApp().With("Storage:Engine", "Mongo").With("Storage:MongoUri", _uri).With("Storage:MongoDatabase", _database)
            .With("Coordination:RedisUrl", redis?.Address).With("Publishing:Enabled", "false").With("Jobs:Enabled", "false");
        _apps.Add(app);
        return app;
    }
}
