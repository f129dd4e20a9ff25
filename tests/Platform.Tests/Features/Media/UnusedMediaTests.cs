using System.Net.Http.Json;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Media.Actions;
using Platform.Features.Media.Contracts;
using Platform.Features.Organizations.Actions;
using Platform.Storage;
using Platform.Tenancy;
using Platform.Tests.TestKit;
using PostRecord = Platform.Features.Content.Store.Post;

namespace Platform.Tests.Features.Media;

/// <summary>What nothing uses goes after a week; what anything uses stays, whatever its state.</summary>
public sealed class UnusedMediaTests
{
    private readonly FakeClock _clock = new();

    [Fact]
    public async Task An_upload_that_no_post_took_goes_after_a_week_with_its_bytes_and_what_a_post_holds_stays()
    {
        using var app = Start();
        var customer = await app.SignUpAsync();
        var (unused, drafted, deleted) = (await UploadAsync(customer.Client), await UploadAsync(customer.Client), await UploadAsync(customer.Client));
        await PostAsync(customer.Client, drafted);
        var post = await PostAsync(customer.Client, deleted);
        (await customer.Client.DeleteAsync($"/api/v1/content/{post}")).IsSuccessStatusCode.ShouldBeTrue();

        _clock.Advance(TimeSpan.FromDays(7) - TimeSpan.FromMinutes(1));
        (await CleanAsync(app)).ShouldBe((0, 0));
        _clock.Advance(TimeSpan.FromMinutes(2));
        (await CleanAsync(app)).ShouldBe((3, 1));
        (await CleanAsync(app)).ShouldBe((0, 0), "each is looked at once a week");
        FilesOf(app).Select(Path.GetFileName).ShouldBe([drafted, deleted], ignoreOrder: true);
        (await app.Get<IMedia>().FindAsync(customer.Caller, [unused, drafted, deleted], CancellationToken.None)).Select(m => m.Id).ShouldBe([drafted, deleted], ignoreOrder: true);

        // The deleted post is gone for good after its thirty days: then its picture follows.
        await app.Get<IDocumentStore>().ForPlatform<PostRecord>(Caller.Platform).DeleteAsync(post, CancellationToken.None);
        _clock.Advance(TimeSpan.FromDays(8));
        (await CleanAsync(app)).ShouldBe((2, 1));
        FilesOf(app).Select(Path.GetFileName).ShouldBe([drafted]);
    }

    [Fact]
    public async Task A_post_that_takes_the_picture_while_it_is_being_removed_keeps_it()
    {
        var late = new LateUse();
        using var app = Start().With(services => services.AddSingleton<IMediaUse>(late));
        var customer = await app.SignUpAsync();
        var media = await UploadAsync(customer.Client);
        _clock.Advance(TimeSpan.FromDays(8));
        (await CleanAsync(app)).ShouldBe((1, 0));
        late.Asked.ShouldBe(2);
        FilesOf(app).Select(Path.GetFileName).ShouldBe([media]);
        (await app.Get<IMedia>().FindAsync(customer.Caller, [media], CancellationToken.None)).ShouldHaveSingleItem();
    }

    [Fact]
    public async Task The_logo_stays_however_long_no_post_shows_it_and_cannot_be_deleted_while_it_is_the_logo()
    {
        using var app = Start();
        var customer = await app.SignUpAsync();
        var logo = await UploadAsync(customer.Client);
        var root = $"/api/v1/organizations/{customer.OrganizationId}/logo";
        (await customer.Client.PutAsJsonAsync(root, new { mediaId = logo })).IsSuccessStatusCode.ShouldBeTrue();
        _clock.Advance(TimeSpan.FromDays(8));
        (await CleanAsync(app)).ShouldBe((1, 0));
        (await app.Get<DeleteMedia>().RunAsync(customer.Caller, logo, CancellationToken.None)).Problem!.Code.ShouldBe("media_in_use");
        (await app.Get<OrganizationProfile>().SetLogoAsync(customer.Caller, customer.OrganizationId, null, CancellationToken.None)).Ok.ShouldBeTrue();
        (await app.Get<DeleteMedia>().RunAsync(customer.Caller, logo, CancellationToken.None)).Ok.ShouldBeTrue();
    }

    private PlatformApp Start() => new PlatformApp().With(_clock).With("Jobs:Enabled", "false").With("Publishing:Enabled", "false");

    private static Task<(int Seen, int Removed)> CleanAsync(PlatformApp app) => app.Get<RemoveUnusedMedia>().RunAsync(CancellationToken.None);

    private static IEnumerable<string> FilesOf(PlatformApp app) => Directory.EnumerateFiles(Path.Combine(app.DataDirectory, "media"), "*", SearchOption.AllDirectories);

    private static async Task<string> UploadAsync(HttpClient client)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png()), "file", "a.png" } };
        return (await (await client.PostAsync("/api/v1/media", form)).ReadAsync()).GetProperty("id").GetString()!;
    }

    private static async Task<string> PostAsync(HttpClient client, string mediaId) =>
        (await (await client.PostAsJsonAsync("/api/v1/content", new { text = "with a picture", mediaIds = new[] { mediaId } })).ReadAsync()).GetProperty("id").GetString()!;

    private sealed class LateUse : IMediaUse
    {
        public int Asked { get; private set; }

        public Task<string?> NeedAsync(string organizationId, string mediaId, CancellationToken cancellationToken) => Task.FromResult<string?>(null);

        public Task<IReadOnlySet<string>> UsedAsync(string organizationId, IReadOnlyCollection<string> mediaIds, CancellationToken cancellationToken) =>
            Task.FromResult<IReadOnlySet<string>>(++Asked == 1 ? new HashSet<string>() : [.. mediaIds]);
    }
}
