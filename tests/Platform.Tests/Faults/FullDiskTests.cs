using System.IO.Compression;
using System.Net;
using System.Net.Http.Headers;
using Microsoft.Data.Sqlite;
using Platform.Features.Publishing.Contracts;
using Platform.Storage.Sqlite;
using Platform.Tests.Features.Media;
using Platform.Tests.TestKit;
using static Platform.Features.Publishing.Contracts.PublicationState;

namespace Platform.Tests.Faults;

/// <summary>T15: the disk is full in the middle of a burst and of an upload, and has room again.</summary>
public sealed class FullDiskTests(FaultTemplate template) : IClassFixture<FaultTemplate>
{
    private const int Posts = 50, Megabytes = 64;

    [Fact]
    public async Task T15_a_disk_that_is_full_while_posts_go_out_makes_nothing_up_and_the_app_goes_on_by_itself_when_there_is_room()
    {
        using var disk = SmallDisk.Mount(Megabytes);
        using var run = await template.NewRunAsync(Posts, TimeSpan.FromSeconds(2), place: FaultPlace.Sqlite with { Directory = disk.Directory });
        await using (var app = run.Start())
        {
            await FillInBurstAsync(run, disk);
            // What the network accepted and nobody could write down is not yet told as published; nothing is that the network has not.
            var accepted = run.Sink.Accepted.Count;
            run.States().GetValueOrDefault(Published).ShouldBeLessThanOrEqualTo(accepted);
            accepted.ShouldBeLessThan(Posts, "most were still to go");
            using (var client = await app.ClientAsync(template.AccessToken))
            {
                (await UploadAsync(client)).ShouldBe((HttpStatusCode)507);
                (await client.GetAsync("/api/v1/publications")).StatusCode.ShouldBe(HttpStatusCode.OK, "reading goes on");
                app.HasExited.ShouldBeFalse(app.Output);
                disk.Free();
                await Eventually.TrueAsync(() => run.Sink.Accepted.Count > accepted, "it goes on", 5);
                await run.UntilAllAsync([Published], app);
                (await UploadAsync(client)).ShouldBe(HttpStatusCode.Created);
            }
            await app.StopAsync();
        }
        InvariantChecker.Breaches(await run.StoredAsync(), run.Sink, []).ShouldBeEmpty();
        (await IntegrityAsync(run.Directory)).ShouldBe("ok");
    }

    [Fact]
    public async Task T15_a_disk_that_becomes_full_during_an_upload_keeps_nothing_of_the_file()
    {
        using var disk = SmallDisk.Mount(Megabytes);
        using var run = await template.NewRunAsync(0, TimeSpan.FromHours(1), place: FaultPlace.Sqlite with { Directory = disk.Directory });
        await using var app = run.Start();
        using var client = await app.ClientAsync(template.AccessToken);
        disk.Fill();
        disk.Free(200 * 1024);
        (await UploadAsync(client, 400 * 1024)).ShouldBe((HttpStatusCode)507);
        Directory.EnumerateFiles(Path.Combine(run.Directory, "media"), "*", SearchOption.AllDirectories).ShouldBeEmpty();
        disk.Free();
        (await UploadAsync(client, 400 * 1024)).ShouldBe(HttpStatusCode.Created);
    }

    private static async Task FillInBurstAsync(FaultRun run, SmallDisk disk)
    {
        var (full, once) = (new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously), 0);
        var filling = new Lock();
        run.Sink.OnAccepted = () =>
        {
            // Calls that come meanwhile are answered when the disk is full: else a quick app is through before a slow one has filled it.
            lock (filling)
            {
                if (run.Sink.Accepted.Count >= 15 && Interlocked.Exchange(ref once, 1) == 0) { disk.Fill(); full.SetResult(); }
            }
            return false;
        };
        await full.Task.WaitAsync(TimeSpan.FromSeconds(60));
        // Longer than a lease, so that what was in flight is given up as well; the room that others give back meanwhile is taken too.
        for (var i = 0; i < 6; i++) { await Task.Delay(TimeSpan.FromSeconds(1)); disk.Fill(); }
    }

    private static async Task<HttpStatusCode> UploadAsync(HttpClient client, int bytes = 200 * 1024)
    {
        using var form = new MultipartFormDataContent { { new ByteArrayContent(Picture(bytes)) { Headers = { ContentType = new MediaTypeHeaderValue("image/png") } }, "file", "picture.png" } };
        using var answer = await client.PostAsync("/api/v1/media", form);
        return answer.StatusCode;
    }

    // Noise, which no format makes smaller; the chunk is one that stays.
    private static byte[] Picture(int bytes)
    {
        var noise = new byte[bytes];
        new Random(1).NextBytes(noise);
        using var pixels = new MemoryStream();
        using (var zip = new ZLibStream(pixels, CompressionLevel.NoCompression, leaveOpen: true))
        {
            for (var row = 0; row < bytes / 1000; row++) { zip.WriteByte(0); zip.Write(noise.AsSpan(row * 1000, 1000)); }
        }
        return TestPictures.PngOf(1000, bytes / 1000, ("IDAT", pixels.ToArray()));
    }

    private static async Task<object?> IntegrityAsync(string directory)
    {
        await using var file = new SqliteConnection($"Data Source={SqliteDatabase.FileIn(directory)};Pooling=False");
        await file.OpenAsync();
        await using var check = file.CreateCommand();
        check.CommandText = "PRAGMA integrity_check";
        return await check.ExecuteScalarAsync();
    }
}
