using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.DependencyInjection.Extensions;
using NSubstitute;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Contracts;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Media;

public sealed class MediaEndpointTests(MediaEndpointTests.Fixture fixture) : IClassFixture<MediaEndpointTests.Fixture>
{
    private const string Root = "/api/v1/media";

    [Fact]
    public async Task An_upload_is_cleaned_described_and_served_back_as_what_it_is()
    {
        var ann = await fixture.App.SignUpAsync();
        var answer = await UploadAsync(ann, RealPictures.Turned(6, 40, 30), "../../cat.html", "A cat");
        answer.StatusCode.ShouldBe(HttpStatusCode.Created);
        var media = await answer.ReadAsync();
        (Text(media, "contentType"), Text(media, "fileName"), Text(media, "altText")).ShouldBe(("image/jpeg", "cat.jpg", "A cat"));
        (media.GetProperty("width").GetInt32(), media.GetProperty("height").GetInt32()).ShouldBe((30, 40));
        var served = await ann.Client.GetAsync(Text(media, "url"));
        served.Content.Headers.ContentType!.MediaType.ShouldBe("image/jpeg");
        served.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        served.Headers.GetValues("Content-Security-Policy").Single().ShouldContain("sandbox");
        served.Headers.CacheControl!.Private.ShouldBeTrue();
        var bytes = await served.Content.ReadAsByteArrayAsync();
        bytes.LongLength.ShouldBe(media.GetProperty("size").GetInt64());
        System.Text.Encoding.Latin1.GetString(bytes).ShouldNotContain("canary");
    }

    [Fact]
    public async Task A_part_of_a_file_can_be_asked_for()
    {
        var ann = await fixture.App.SignUpAsync();
        var media = await (await UploadAsync(ann, TestPictures.Mp4(), "film.mp4")).ReadAsync();
        var request = new HttpRequestMessage(HttpMethod.Get, Text(media, "url")) { Headers = { Range = new RangeHeaderValue(4, 7) } };
        var part = await ann.Client.SendAsync(request);
        part.StatusCode.ShouldBe(HttpStatusCode.PartialContent);
        (await part.Content.ReadAsStringAsync()).ShouldBe("ftyp");
    }

    [Theory, MemberData(nameof(MediaCleanerTests.Attacks), MemberType = typeof(MediaCleanerTests))]
    public async Task A_refused_upload_leaves_nothing_behind(string what, byte[] file)
    {
        var answer = await UploadAsync(fixture.Eve, file, "innocent.png");
        answer.StatusCode.ShouldBe(HttpStatusCode.BadRequest, what);
        (await answer.ProblemAsync()).ShouldStartWith("media_");
        Files(fixture.Eve).ShouldBeEmpty();
    }

    [Fact]
    public async Task Too_large_and_over_the_plan_are_told_apart()
    {
        var bob = await fixture.App.SignUpAsync();
        byte[] large = [.. TestPictures.Png(), .. new byte[Fixture.MaxBytes]];
        var tooLarge = await UploadAsync(bob, large, "large.png");
        tooLarge.StatusCode.ShouldBe(HttpStatusCode.BadRequest);
        (await tooLarge.ProblemAsync()).ShouldBe("media_too_large");
        fixture.StorageLimit = 10;
        try
        {
            var over = await UploadAsync(bob, RealPictures.Turned(1, 200, 200), "over.jpg");
            over.StatusCode.ShouldBe(HttpStatusCode.PaymentRequired);
            (await over.ProblemAsync()).ShouldBe("limit_reached");
        }
        finally { fixture.StorageLimit = long.MaxValue; }
        Files(bob).ShouldBeEmpty();
        (await (await bob.Client.GetAsync($"{Root}/usage")).ReadAsync()).GetProperty("usedBytes").GetInt64().ShouldBe(0);
    }

    [Fact]
    public async Task Media_are_listed_described_counted_and_deleted()
    {
        var ann = await fixture.App.SignUpAsync();
        var picture = await (await UploadAsync(ann, TestPictures.Png(), "one.png")).ReadAsync();
        var film = await (await UploadAsync(ann, TestPictures.Mp4(), "two.mp4")).ReadAsync();
        (await ItemsAsync(ann, "")).ShouldBe([Id(film), Id(picture)]);
        (await ItemsAsync(ann, "?kind=video")).ShouldBe([Id(film)]);
        var described = await (await ann.Client.PutAsJsonAsync($"{Root}/{Id(picture)}", new { altText = "A grey square", fileName = "square.exe" })).ReadAsync();
        (Text(described, "altText"), Text(described, "fileName")).ShouldBe(("A grey square", "square.png"));
        (await (await ann.Client.GetAsync($"{Root}/usage")).ReadAsync()).GetProperty("files").GetInt64().ShouldBe(2);
        (await ann.Client.DeleteAsync($"{Root}/{Id(picture)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
        (await ann.Client.GetAsync(Text(picture, "url"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        Files(ann).Length.ShouldBe(1);
    }

    [Fact]
    public async Task A_file_that_an_unsent_post_uses_stays()
    {
        var ann = await fixture.App.SignUpAsync();
        var media = await (await UploadAsync(ann, TestPictures.Png(), "used.png")).ReadAsync();
        var post = await (await ann.Client.PostAsJsonAsync("/api/v1/content", new { text = "With a picture", mediaIds = new[] { Id(media) } })).ReadAsync();
        var refused = await ann.Client.DeleteAsync($"{Root}/{Id(media)}");
        refused.StatusCode.ShouldBe(HttpStatusCode.Conflict);
        (await refused.ProblemAsync()).ShouldBe("media_in_use");
        await ann.Client.DeleteAsync($"/api/v1/content/{Id(post)}");
        (await ann.Client.DeleteAsync($"{Root}/{Id(media)}")).StatusCode.ShouldBe(HttpStatusCode.NoContent);
    }

    [Fact]
    public async Task Only_members_and_who_holds_the_public_address_can_read_a_file()
    {
        var ann = await fixture.App.SignUpAsync();
        var media = await (await UploadAsync(ann, TestPictures.Png(), "mine.png")).ReadAsync();
        var path = $"{Root}/{Id(media)}";
        (await fixture.Eve.Client.GetAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.Eve.Client.GetAsync(Text(media, "url"))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.Eve.Client.PutAsJsonAsync(path, new { altText = "x" })).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.Eve.Client.DeleteAsync(path)).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        var anyone = fixture.App.CreateClient(new() { AllowAutoRedirect = false });
        (await anyone.GetAsync(Text(media, "url"))).IsSuccessStatusCode.ShouldBeFalse();
        var file = (await fixture.App.Get<IMedia>().OpenAsync(ann.OrganizationId, Id(media), "", default)).ShouldNotBeNull();
        (await anyone.GetAsync(file.PublicUrl)).StatusCode.ShouldBe(HttpStatusCode.OK);
        (await anyone.GetAsync(file.PublicUrl![..^1] + (file.PublicUrl[^1] == 'a' ? 'b' : 'a'))).StatusCode.ShouldBe(HttpStatusCode.NotFound);
        (await fixture.App.Get<IMedia>().OpenAsync(fixture.Eve.OrganizationId, Id(media), "", default)).ShouldBeNull();
    }

    private string[] Files(TestCustomer customer)
    {
        var folder = Path.Combine(fixture.App.DataDirectory, "media", customer.OrganizationId);
        return Directory.Exists(folder) ? Directory.GetFiles(folder) : [];
    }

    private static Task<HttpResponseMessage> UploadAsync(TestCustomer customer, byte[] file, string name, string? altText = null)
    {
        var form = new MultipartFormDataContent { { new ByteArrayContent(file) { Headers = { ContentType = new("image/png") } }, "file", name } };
        if (altText is not null) { form.Add(new StringContent(altText), "altText"); }
        return customer.Client.PostAsync(Root, form);
    }

    private static async Task<List<string>> ItemsAsync(TestCustomer customer, string query) =>
        [.. (await (await customer.Client.GetAsync(Root + query)).ReadAsync()).GetProperty("items").EnumerateArray().Select(Id)];

    private static string Id(JsonElement thing) => Text(thing, "id");

    private static string Text(JsonElement thing, string property) => thing.GetProperty(property).GetString()!;

    public sealed class Fixture : IAsyncLifetime
    {
        public const int MaxBytes = 200_000;

        public long StorageLimit { get; set; } = long.MaxValue;

        public PlatformApp App { get; }

        public TestCustomer Eve { get; private set; } = null!;

        public Fixture()
        {
            var limits = Substitute.For<IPlanLimits>();
            limits.OfAsync(default!, default).ReturnsForAnyArgs(_ => new PlanLimits("free", 10, 10, 100, 100, StorageLimit, 30));
            App = new PlatformApp().With("Media:MaxBytes", $"{MaxBytes}").With(services => services.Replace(ServiceDescriptor.Singleton(limits)));
        }

        public async ValueTask InitializeAsync() => Eve = await App.SignUpAsync();

        public ValueTask DisposeAsync() { App.Dispose(); return ValueTask.CompletedTask; }
    }
}
