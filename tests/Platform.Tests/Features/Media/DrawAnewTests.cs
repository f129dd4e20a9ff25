using System.Buffers.Binary;
using System.IO.Compression;
using System.Net;
using System.Text;
using Microsoft.Extensions.Logging.Abstractions;
using Microsoft.Extensions.Options;
using Platform.Features.Media;
using Platform.Features.Media.Actions;
using Platform.Features.Media.Domain;
using Platform.Features.Media.Jobs;
using Platform.Pictures;
using Platform.Pictures.Gd;
using Platform.Primitives;
using Platform.Tests.TestKit;

namespace Platform.Tests.Features.Media;

/// <summary>Pictures are drawn anew: what is seen stays, and nothing else.</summary>
public sealed class DrawAnewTests
{
    private const string Payload = "<script>alert(document.domain)</script><?php system($_GET[0]); ?>";
    private static readonly byte[] Hidden = Encoding.ASCII.GetBytes(Payload);

    // Where each corner's colour is after the turn: red, green, blue, white were left above, right above, left below, right below.
    [Theory]
    [InlineData(1, 0xFF0000, 0x00FF00, 0x0000FF, 0xFFFFFF)]
    [InlineData(2, 0x00FF00, 0xFF0000, 0xFFFFFF, 0x0000FF)]
    [InlineData(3, 0xFFFFFF, 0x0000FF, 0x00FF00, 0xFF0000)]
    [InlineData(4, 0x0000FF, 0xFFFFFF, 0xFF0000, 0x00FF00)]
    [InlineData(5, 0xFF0000, 0x0000FF, 0x00FF00, 0xFFFFFF)]
    [InlineData(6, 0x0000FF, 0xFF0000, 0xFFFFFF, 0x00FF00)]
    [InlineData(7, 0xFFFFFF, 0x00FF00, 0x0000FF, 0xFF0000)]
    [InlineData(8, 0x00FF00, 0xFFFFFF, 0xFF0000, 0x0000FF)]
    public async Task A_photo_stands_upright_and_its_exif_is_gone(byte turn, int leftAbove, int rightAbove, int leftBelow, int rightBelow)
    {
        var (media, bytes) = await DrawnAsync(RealPictures.Turned(turn));
        var (width, height) = turn >= 5 ? (32, 64) : (64, 32);
        (media.Width, media.Height, media.Turn).ShouldBe((width, height, 1));
        var seen = RealPictures.Look("Jpeg", bytes, (4, 4), (width - 5, 4), (4, height - 5), (width - 5, height - 5));
        int[] wanted = [leftAbove, rightAbove, leftBelow, rightBelow];
        seen.Zip(wanted).ShouldAllBe(pair => RealPictures.Near(pair.First, pair.Second, 24));
        Encoding.Latin1.GetString(bytes).ShouldNotContain("Exif");
        Encoding.Latin1.GetString(bytes).ShouldNotContain("canary");
    }

    public static TheoryData<string, byte[]> Polyglots => new()
    {
        { "a JPEG's colour profile", RealPictures.With(RealPictures.Make("Jpeg", 16, 16, (_, _) => 0x808080), 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Hidden]) },
        { "a JPEG's unused table", RealPictures.With(RealPictures.Make("Jpeg", 16, 16, (_, _) => 0x808080), 0xDB, [3, .. Hidden[..64]]) },
        { "a PNG's data behind the pixels", TestPictures.PngOf(3, 2, ("IDAT", [.. Zip(new byte[8]), .. Hidden])) },
        { "a PNG's colour profile", TestPictures.Png(3, 2, ("iCCP", [.. "x\0\0"u8, .. Zip(Hidden, CompressionLevel.NoCompression)])) },
        { "a WebP's chunk behind the pixels", Webp(Hidden) },
        { "a GIF's block behind the pixels", Gif(Hidden) },
    };

    [Theory, MemberData(nameof(Polyglots))]
    public async Task What_hides_where_the_structure_allows_it_is_gone(string where, byte[] file)
    {
        using var cleaned = new MemoryStream();
        MediaCleaner.Clean(new MemoryStream(file), cleaned).Unwrap();
        // The control: following the structure does not see it.
        Encoding.Latin1.GetString(cleaned.ToArray()).ShouldContain(Payload[..20], Case.Sensitive, where);
        var (_, bytes) = await DrawnAsync(file);
        Encoding.Latin1.GetString(bytes).ShouldNotContain("alert", Case.Insensitive, where);
        Encoding.Latin1.GetString(bytes).ShouldNotContain("<?php", Case.Insensitive, where);
    }

    [Theory]
    [InlineData("PngEx", "Png", 6)]
    [InlineData("WebpEx", "Webp", 101)]
    public async Task Transparency_and_colour_stay(string writer, string reader, int quality)
    {
        var file = RealPictures.Make(writer, 20, 10, (x, _) => x < 10 ? (127 << 24) | 0x102030 : (64 << 24) | 0x3366CC, quality);
        var (media, bytes) = await DrawnAsync(file);
        (media.Width, media.Height).ShouldBe((20, 10));
        var seen = RealPictures.Look(reader, bytes, (2, 5), (15, 5));
        (seen[0] >> 24).ShouldBe(127);
        (seen[1] >> 24).ShouldBeInRange(63, 65);
        RealPictures.Near(seen[1], 0x3366CC, 2).ShouldBeTrue($"{seen[1]:x}");
    }

    [Fact]
    public async Task A_wide_colour_profile_becomes_srgb()
    {
        byte[] file = RealPictures.With(RealPictures.Make("Jpeg", 16, 16, (_, _) => 0xC86432, 100), 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. DisplayP3()]);
        var (_, bytes) = await DrawnAsync(file);
        var seen = RealPictures.Look("Jpeg", bytes, (8, 8))[0];
        // By the published matrix from Display P3 to sRGB on the linear values of (200, 100, 50): (215, 93, 31).
        RealPictures.Near(seen, 0xD75D1F, 6).ShouldBeTrue($"{seen:x}");
        RealPictures.Near(seen, 0xC86432, 6).ShouldBeFalse();
    }

    [Fact]
    public async Task What_moves_stays_as_its_structure_was_cleaned()
    {
        var still = RealPictures.Make("Gif", 5, 4, (_, _) => 0x336699);
        var frame = still.AsSpan(still.AsSpan().IndexOf((byte)0x2C)..^1).ToArray();
        byte[] moving = [.. still[..^1], .. frame, 0x3B];
        using var cleaned = new MemoryStream();
        MediaCleaner.Clean(new MemoryStream(moving), cleaned).Unwrap().Moves.ShouldBeTrue();
        (await DrawnAsync(moving)).Bytes.ShouldBe(cleaned.ToArray());
    }

    [Fact]
    public async Task What_cannot_be_opened_is_refused()
    {
        var damaged = TestPictures.PngOf(3, 2, ("IDAT", [1, 2, 3]));
        (await DrawAsync(damaged)).Problem!.Code.ShouldBe("media_damaged");
    }

    [Theory]
    [InlineData(10_000, 10_000)]
    [InlineData(50_001, 1_000)]
    public void A_hundred_megapixels_are_refused_before_a_pixel_is_decoded(int width, int height) =>
        MediaCleaner.Clean(new MemoryStream(TestPictures.PngOf(width, height, ("IDAT", [1]))), new MemoryStream()).Problem!.Code.ShouldBe("media_too_many_pixels");

    [Fact]
    public async Task Only_so_many_are_drawn_at_once()
    {
        var encoder = new SlowEncoder();
        using var draw = new DrawAnew(encoder, Options.Create(new MediaOptions { DrawAtOnce = 2 }));
        var all = Enumerable.Range(0, 6).Select(_ => DrawAsync(TestPictures.Png(), draw)).ToArray();
        encoder.Go.Set();
        (await Task.WhenAll(all)).ShouldAllBe(r => r.Ok);
        encoder.Most.ShouldBeInRange(1, 2);
    }

    [Fact]
    public async Task Without_the_library_it_warns_or_does_not_start()
    {
        var missing = new SlowEncoder { Available = false };
        await new DrawingAtStart(missing, Options.Create(new MediaOptions()), NullLogger<DrawingAtStart>.Instance).StartAsync(default);
        await Should.ThrowAsync<InvalidOperationException>(() => new DrawingAtStart(missing, Options.Create(new MediaOptions { AllowCleaningOnly = false }), NullLogger<DrawingAtStart>.Instance).StartAsync(default));
        using var draw = new DrawAnew(missing, Options.Create(new MediaOptions()));
        (await DrawAsync(TestPictures.Png(), draw)).Ok.ShouldBeTrue();
    }

    [Fact]
    public async Task An_upload_and_a_portrait_are_drawn_anew()
    {
        await using var app = new PlatformApp();
        var ann = await app.SignUpAsync();
        var file = RealPictures.With(RealPictures.Turned(6), 0xE2, [.. "ICC_PROFILE\0"u8, 1, 1, .. Hidden]);
        var media = await (await ann.Client.PostAsync("/api/v1/media", new MultipartFormDataContent { { new ByteArrayContent(file), "file", "a.jpg" } })).ReadAsync();
        (media.GetProperty("width").GetInt32(), media.GetProperty("height").GetInt32()).ShouldBe((32, 64));
        var served = await ann.Client.GetByteArrayAsync(media.GetProperty("url").GetString());
        Encoding.Latin1.GetString(served).ShouldNotContain("alert");
        served.Length.ShouldBe(media.GetProperty("size").GetInt32());
        var set = await ann.Client.PutAsync("/api/v1/users/me/avatar", new MultipartFormDataContent { { new ByteArrayContent(file), "file", "me.jpg" } });
        set.StatusCode.ShouldBe(HttpStatusCode.OK, await set.Content.ReadAsStringAsync());
    }

    private static async Task<(CleanMedia Media, byte[] Bytes)> DrawnAsync(byte[] file)
    {
        using var draw = new DrawAnew(new GdPictures(), Options.Create(new MediaOptions()));
        using var target = new MemoryStream();
        var media = (await DrawAsync(file, draw, target)).Unwrap();
        return (media, target.ToArray());
    }

    private static async Task<Result<CleanMedia>> DrawAsync(byte[] file, DrawAnew? with = null, MemoryStream? into = null)
    {
        using var draw = with is null ? new DrawAnew(new GdPictures(), Options.Create(new MediaOptions())) : null;
        var target = into ?? new MemoryStream();
        var cleaned = MediaCleaner.Clean(new MemoryStream(file), target);
        return cleaned.Ok ? await (with ?? draw!).RunAsync(cleaned.Value, target, default) : cleaned;
    }

    private static byte[] Zip(byte[] data, CompressionLevel level = CompressionLevel.Optimal)
    {
        using var target = new MemoryStream();
        using (var zip = new ZLibStream(target, level, leaveOpen: true)) { zip.Write(data); }
        return target.ToArray();
    }

    // Behind the pixels of the one chunk: the container is as long as it says.
    private static byte[] Webp(byte[] hidden)
    {
        var file = RealPictures.Make("WebpEx", 16, 8, (x, y) => (x * 8) | (y << 12), 101);
        var length = BinaryPrimitives.ReadUInt32LittleEndian(file.AsSpan(16));
        byte[] chunk = [.. file.AsSpan(20, (int)length), .. hidden, .. (length + hidden.Length) % 2 == 1 ? new byte[1] : []];
        byte[] made = [.. "RIFF\0\0\0\0WEBP"u8, .. file.AsSpan(12, 4), 0, 0, 0, 0, .. chunk];
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(4), (uint)(made.Length - 8));
        BinaryPrimitives.WriteUInt32LittleEndian(made.AsSpan(16), (uint)(length + hidden.Length));
        return made;
    }

    // One more block of data after the code that ends the pixels.
    private static byte[] Gif(byte[] hidden)
    {
        var still = RealPictures.Make("Gif", 5, 4, (_, _) => 0x336699);
        return [.. still[..^2], (byte)hidden.Length, .. hidden, 0, 0x3B];
    }

    // The profile that phones put into their photos, by its numbers.
    private static byte[] DisplayP3()
    {
        double[][] primaries = [[0.51512, 0.2412, -0.00105], [0.29198, 0.69225, 0.04189], [0.1571, 0.06657, 0.78407]];
        double[] curve = [2.4, 1 / 1.055, 0.055 / 1.055, 1 / 12.92, 0.04045];
        var made = new byte[128 + 4 + (6 * 12) + (3 * 20) + 32];
        "RGB XYZ "u8.CopyTo(made.AsSpan(16));
        "acsp"u8.CopyTo(made.AsSpan(36));
        BinaryPrimitives.WriteUInt32BigEndian(made.AsSpan(128), 6);
        var data = 132 + 72;
        for (var i = 0; i < 6; i++)
        {
            var (at, place, size) = (132 + (12 * i), i < 3 ? data + (20 * i) : data + 60, i < 3 ? 20 : 32);
            Encoding.ASCII.GetBytes(((string[])["rXYZ", "gXYZ", "bXYZ", "rTRC", "gTRC", "bTRC"])[i]).CopyTo(made, at);
            BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(at + 4), place);
            BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(at + 8), size);
            Encoding.ASCII.GetBytes(i < 3 ? "XYZ " : "para").CopyTo(made, place);
            var numbers = i < 3 ? primaries[i] : curve;
            if (i >= 3) { made[place + 9] = 3; }
            for (var n = 0; n < numbers.Length; n++) { BinaryPrimitives.WriteInt32BigEndian(made.AsSpan(place + (i < 3 ? 8 : 12) + (4 * n)), (int)Math.Round(numbers[n] * 65536)); }
        }
        return made;
    }

    private sealed class SlowEncoder : IPictureEncoder
    {
        private int _now, _most;

        public bool Available { get; init; } = true;

        public ManualResetEventSlim Go { get; } = new();

        public int Most => _most;

        public byte[]? Draw(PictureFile picture)
        {
            var now = Interlocked.Increment(ref _now);
            Interlocked.Exchange(ref _most, Math.Max(_most, now));
            Go.Wait(TimeSpan.FromSeconds(30));
            Interlocked.Decrement(ref _now);
            return picture.Bytes;
        }
    }
}
