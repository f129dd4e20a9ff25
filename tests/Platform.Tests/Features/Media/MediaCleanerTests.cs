using System.Text;
using Platform.Features.Media.Domain;
using Platform.Primitives;

namespace Platform.Tests.Features.Media;

public sealed class MediaCleanerTests
{
    public static TheoryData<string, byte[], int, int> GoodFiles => new()
    {
        { MediaType.Png, TestPictures.Png(3, 2, ("tEXt", Encoding.ASCII.GetBytes(TestPictures.Canary)), ("eXIf", Encoding.ASCII.GetBytes(TestPictures.Canary))), 3, 2 },
        { MediaType.Jpeg, TestPictures.Jpeg(40, 30, turn: 1), 40, 30 },
        { MediaType.Gif, TestPictures.Gif(), 5, 4 },
        { MediaType.Webp, TestPictures.Webp(), 16, 8 },
        { MediaType.Mp4, TestPictures.Mp4(), 320, 240 },
    };

    [Theory, MemberData(nameof(GoodFiles))]
    public void Places_and_comments_stay_behind_and_the_picture_is_read(string type, byte[] file, int width, int height)
    {
        Encoding.Latin1.GetString(file).ShouldContain(TestPictures.Canary);
        var (media, bytes) = Clean(file);
        media.ShouldBe(new CleanMedia(type, width, height, type == MediaType.Mp4 ? 2.5 : 0) { Lossless = type == MediaType.Webp });
        Encoding.Latin1.GetString(bytes).ShouldNotContain("canary");
    }

    [Theory, MemberData(nameof(GoodFiles))]
    public void Cleaning_what_is_clean_changes_nothing(string type, byte[] file, int width, int height)
    {
        var (_, once) = Clean(file);
        var (again, twice) = Clean(once);
        twice.ShouldBe(once);
        (again.ContentType, again.Width, again.Height).ShouldBe((type, width, height));
    }

    [Fact]
    public void A_turned_photo_keeps_its_turn_and_tells_the_size_as_it_is_shown()
    {
        var (media, bytes) = Clean(TestPictures.Jpeg(40, 30, turn: 6));
        (media.Width, media.Height).ShouldBe((30, 40));
        var (again, _) = Clean(bytes);
        (again.Width, again.Height).ShouldBe((30, 40));
    }

    [Fact]
    public void A_film_keeps_its_offsets()
    {
        var film = TestPictures.Mp4();
        var (_, bytes) = Clean(film);
        bytes.Length.ShouldBe(film.Length);
        bytes.AsSpan(bytes.Length - 13).ToArray().ShouldBe(film.AsSpan(film.Length - 13).ToArray());
    }

    [Fact]
    public void Remains_behind_the_end_are_left_behind()
    {
        var (_, clean) = Clean(TestPictures.Png());
        var (_, bytes) = Clean([.. TestPictures.Png(), .. "SEFT trailer of a camera"u8]);
        bytes.ShouldBe(clean);
    }

    public static TheoryData<string, byte[]> Attacks => new()
    {
        { "nothing at all", [] },
        { "one byte", [0x89] },
        { "SVG with a script", [.. "<svg xmlns='http://www.w3.org/2000/svg'><script>alert(1)</script></svg>"u8] },
        { "SVG behind a byte order mark", [0xEF, 0xBB, 0xBF, .. "<svg onload=alert(1)>"u8] },
        { "HTML", [.. "<!doctype html><script>alert(1)</script>"u8] },
        { "XML", [.. "<?xml version='1.0'?><svg/>"u8] },
        { "a program", [.. "MZ\x90\0\x03"u8, .. new byte[60]] },
        { "PDF", [.. "%PDF-1.7\n"u8, .. new byte[60]] },
        { "ZIP", [.. "PK\x03\x04"u8, .. new byte[60]] },
        { "BMP", [.. "BM"u8, .. new byte[60]] },
        { "TIFF", [.. "II*\0"u8, .. new byte[60]] },
        { "HEIC", [0, 0, 0, 24, .. "ftypheic"u8, .. new byte[60]] },
        { "QuickTime", [0, 0, 0, 20, .. "ftypqt  "u8, .. new byte[60]] },
        { "RIFF that is no picture", [.. "RIFF\x24\0\0\0AVI LIST"u8, .. new byte[30]] },
        { "a GIF that is a script", [.. "GIF89a/*"u8, .. new byte[5], .. "*/=1;alert(1)//<script>"u8] },
        { "a GIF of no frames", [.. "GIF89a"u8, 1, 0, 1, 0, 0, 0, 0, 0x3B] },
        { "a GIF cut off", TestPictures.Gif()[..^6] },
        { "a PNG cut off", TestPictures.Png()[..^20] },
        { "a PNG without pixels", TestPictures.PngOf(3, 3) },
        { "a PNG without a header", [0x89, .. "PNG\r\n\x1a\n"u8, 0, 0, 0, 0, .. "IEND"u8, 0xAE, 0x42, 0x60, 0x82] },
        { "a PNG with two headers", TestPictures.Png(3, 2, ("IHDR", new byte[13])) },
        { "a PNG of a chunk longer than the file", [0x89, .. "PNG\r\n\x1a\n"u8, 0x7F, 0xFF, 0xFF, 0xFF, .. "IHDR"u8, 0, 0, 0, 1] },
        { "a PNG of no width", TestPictures.PngOf(0, 5, ("IDAT", [1])) },
        { "a PNG of ten thousand megapixels", TestPictures.PngOf(100_000, 100_000, ("IDAT", [1])) },
        { "a PNG whose width overflows", TestPictures.PngOf(uint.MaxValue, 1, ("IDAT", [1])) },
        { "a PNG with a ZIP behind it", [.. TestPictures.Png(), .. "PK\x03\x04 hidden"u8] },
        { "a PNG with HTML far behind it", [.. TestPictures.Png(), .. new byte[70_000], .. "<SCRIPT>alert(1)</SCRIPT>"u8] },
        { "a PNG with HTML across the window's border", [.. TestPictures.Png(), .. new byte[64 * 1024 - 4], .. "<script>"u8] },
        { "a JPEG with PHP behind it", [.. TestPictures.Jpeg(), .. "<?php system($_GET[0]);"u8] },
        { "a JPEG cut off", TestPictures.Jpeg()[..^4] },
        { "a JPEG without a picture", [0xFF, 0xD8, 0xFF, 0xD9] },
        { "a JPEG with a broken segment", [0xFF, 0xD8, 0xFF, 0xE0, 0, 1, 0, 0] },
        { "a WebP that says it is longer", [.. "RIFF"u8, 0xFF, 0xFF, 0, 0, .. "WEBPVP8L"u8, .. new byte[20]] },
        { "a WebP of text", [.. "RIFF"u8, 20, 0, 0, 0, .. "WEBP<svg"u8, 8, 0, 0, 0, .. new byte[8]] },
        { "an MP4 with HTML at the top", [.. TestPictures.Mp4(), 0, 0, 0, 16, .. "<htm"u8, .. new byte[8]] },
        { "an MP4 with text behind it", [.. TestPictures.Mp4(), .. "<script>alert(1)</script>"u8] },
        { "an MP4 of endless boxes", [.. TestPictures.Mp4()[..24], 0, 0, 0, 4, .. "moov"u8] },
        { "an MP4 without data", TestPictures.Mp4()[..^13] },
    };

    [Theory, MemberData(nameof(Attacks))]
    public void What_is_not_what_it_claims_is_refused(string what, byte[] file)
    {
        using var target = new MemoryStream();
        var result = MediaCleaner.Clean(new MemoryStream(file), target);
        result.Ok.ShouldBeFalse(what);
        result.Problem!.Kind.ShouldBe(ProblemKind.Invalid);
        result.Problem.Code.ShouldBeOneOf("media_type_not_supported", "media_damaged", "media_too_many_pixels");
        result.Problem.Fields.Keys.ShouldContain("file");
    }

    [Fact]
    public void Random_damage_never_throws()
    {
        var random = new Random(7);
        byte[][] files = [TestPictures.Png(), TestPictures.Jpeg(), TestPictures.Gif(), TestPictures.Webp(), TestPictures.Mp4()];
        var refused = 0;
        for (var round = 0; round < 4000; round++)
        {
            var file = (byte[])files[round % files.Length].Clone();
            for (var hits = random.Next(1, 6); hits > 0; hits--) { file[random.Next(file.Length)] = (byte)random.Next(256); }
            if (!MediaCleaner.Clean(new MemoryStream(file), new MemoryStream()).Ok) { refused++; }
        }
        refused.ShouldBeGreaterThan(500);
    }

    [Theory]
    [InlineData("../../etc/passwd", MediaType.Png, "passwd.png")]
    [InlineData("C:\\Users\\ann\\cat.html.jpg", MediaType.Jpeg, "cat.html.jpg")]
    [InlineData("evil.svg", MediaType.Png, "evil.png")]
    [InlineData("..", MediaType.Gif, "image.gif")]
    [InlineData(null, MediaType.Mp4, "video.mp4")]
    [InlineData("a\r\nSet-Cookie: x\"<>.png", MediaType.Png, "aSet-Cookie x.png")]
    [InlineData("‮gpj.exe", MediaType.Webp, "gpj.webp")]
    public void A_name_is_only_a_name(string? typed, string type, string shown) => MediaName.Clean(typed, type).ShouldBe(shown);

    [Fact]
    public void A_long_name_is_cut_before_its_ending() => MediaName.Clean(new string('a', 500) + ".png", MediaType.Png).Length.ShouldBe(MediaName.MaxLength);

    private static (CleanMedia Media, byte[] Bytes) Clean(byte[] file)
    {
        using var target = new MemoryStream();
        var result = MediaCleaner.Clean(new MemoryStream(file), target);
        result.Ok.ShouldBeTrue(result.Problem?.Message);
        return (result.Value!, target.ToArray());
    }
}
