using System.Security.Cryptography;
using Platform.Tenancy;

namespace Platform.Tests.Tenancy;

public sealed class SecretBoxTests
{
    private readonly byte[] _key = RandomNumberGenerator.GetBytes(32);

    [Fact]
    public void What_is_sealed_opens_in_its_place_only()
    {
        var box = new SecretBox(_key);
        var text = box.Seal("s3cret ü", "channel:a:b");
        text.ShouldNotContain("s3cret");
        box.Open(text, "channel:a:b").ShouldBe("s3cret ü");
        Should.Throw<CryptographicException>(() => box.Open(text, "channel:a:c"));
    }

    [Fact]
    public void The_same_text_never_looks_the_same() => new SecretBox(_key).Seal("x", "y").ShouldNotBe(new SecretBox(_key).Seal("x", "y"));

    [Fact]
    public void A_changed_text_does_not_open()
    {
        var box = new SecretBox(_key);
        var text = box.Seal("secret", "place");
        for (var i = text.LastIndexOf('.') + 1; i < text.Length - 1; i++)
        {
            var changed = text[..i] + (text[i] == 'A' ? 'B' : 'A') + text[(i + 1)..];
            Should.Throw<CryptographicException>(() => box.Open(changed, "place"));
        }
    }

    [Theory]
    [InlineData("")]
    [InlineData("v1")]
    [InlineData("v1.00000000.AAAA")]
    [InlineData("hello.world.again")]
    public void What_was_never_sealed_does_not_open(string text) => Should.Throw<CryptographicException>(() => new SecretBox(_key).Open(text, "place"));

    [Fact]
    public void A_new_key_in_front_opens_what_the_old_one_sealed()
    {
        var next = RandomNumberGenerator.GetBytes(32);
        var old = new SecretBox(_key).Seal("secret", "place");
        var both = new SecretBox(next, _key);
        both.Open(old, "place").ShouldBe("secret");
        new SecretBox(next).Open(both.Seal("secret", "place"), "place").ShouldBe("secret");
        Should.Throw<CryptographicException>(() => new SecretBox(next).Open(old, "place"));
    }
}
