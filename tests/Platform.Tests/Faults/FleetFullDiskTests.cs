using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using Platform.Tests.Features.Media;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>T15 with several copies: the disk of one of them is full.</summary>
[Collection(FleetCollection.Name)]
public sealed class FleetFullDiskTests(FleetGround ground)
{
    private const int Posts = 120;

    [Theory]
    [InlineData(2)]
    [InlineData(5)]
    public async Task T15_a_copy_whose_disk_is_full_holds_up_nobody_and_loses_nothing(int copies)
    {
        using var disk = SmallDisk.Mount(32);
        await using var fleet = await ground.NewFleetAsync();
        var full = fleet.Start(folder: disk.Directory);
        await fleet.StartAsync(copies - 1);
        using var here = await SignInAsync(full);
        using var there = await SignInAsync(fleet.Copies[1]);
        fleet.Sink.Latency = TimeSpan.FromMilliseconds(100);
        await fleet.ScheduleAsync(Posts);
        await Eventually.TrueAsync(() => fleet.Sink.Accepted.Count >= 10, "the burst is under way");
        disk.Fill();
        await fleet.UntilAllAsync([Published], 60);
        full.HasExited.ShouldBeFalse(full.Output);
        (await full.IsReadyAsync()).ShouldBeTrue("its database is well");
        // Files lie in the database, and the folder only saves the way there: what it cannot keep is served all the same. What comes in needs the folder.
        (await UploadAsync(here)).Status.ShouldBe((HttpStatusCode)507);
        var (_, picture) = await UploadAsync(there);
        var bytes = await there.GetByteArrayAsync($"/media/{picture}");
        (await here.GetByteArrayAsync($"/media/{picture}")).ShouldBe(bytes);
        Directory.EnumerateFiles(disk.Directory, picture!, SearchOption.AllDirectories).ShouldBeEmpty("there is no room");
        disk.Free();
        (await here.GetByteArrayAsync($"/media/{picture}")).ShouldBe(bytes);
        (await UploadAsync(here)).Status.ShouldBe(HttpStatusCode.Created);
        await fleet.CheckAsync(Posts);
    }

    private async Task<HttpClient> SignInAsync(AppProcess copy)
    {
        using var anyone = new HttpClient { BaseAddress = new Uri(await copy.ListeningAsync()) };
        var session = await (await anyone.PostAsJsonAsync("/api/v1/auth/login", new { email = ground.Owner.Email, password = ground.Owner.Password })).ReadAsync();
        return await copy.ClientAsync(session.GetProperty("accessToken").GetString()!);
    }

    private static async Task<(HttpStatusCode Status, string? Id)> UploadAsync(HttpClient client)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(TestPictures.Png(300, 200)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "file", "lantern.png" } };
        using var answer = await client.PostAsync("/api/v1/media", form);
        return (answer.StatusCode, answer.IsSuccessStatusCode ? (await answer.ReadAsync()).GetProperty("id").GetString() : null);
    }
}
