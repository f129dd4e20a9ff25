using System.Text;
using Platform.Features.Accounts.Domain;

namespace Platform.Tests.Features.Accounts;

public sealed class TotpTests
{
    private static readonly byte[] Secret = Encoding.ASCII.GetBytes("12345678901234567890");

    // RFC 6238, appendix B, the last six of its eight digits.
    [Theory]
    [InlineData(59, "287082")]
    [InlineData(1111111109, "081804")]
    [InlineData(1111111111, "050471")]
    [InlineData(1234567890, "005924")]
    [InlineData(2000000000, "279037")]
    [InlineData(20000000000, "353130")]
    public void Codes_are_those_of_the_RFC(long seconds, string code)
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(seconds);
        Totp.CodeOf(Secret, Totp.StepOf(at)).ShouldBe(code);
        Totp.Match(Secret, code, at).ShouldBe(Totp.StepOf(at));
    }

    [Fact]
    public void A_clock_may_be_one_step_off_and_no_more()
    {
        var at = DateTimeOffset.FromUnixTimeSeconds(1111111111);
        for (var drift = -3; drift <= 3; drift++)
        {
            var matched = Totp.Match(Secret, Totp.CodeOf(Secret, Totp.StepOf(at) + drift), at);
            matched.ShouldBe(Math.Abs(drift) <= 1 ? Totp.StepOf(at) + drift : null);
        }
    }

    [Theory]
    [InlineData("050 471", true)]
    [InlineData(" 050-471 ", true)]
    [InlineData("50471", false)]
    [InlineData("0504710", false)]
    [InlineData("", false)]
    [InlineData(null, false)]
    public void Codes_may_be_pasted_with_blanks_but_are_six_digits(string? typed, bool good) =>
        (Totp.Match(Secret, typed, DateTimeOffset.FromUnixTimeSeconds(1111111111)) is not null).ShouldBe(good);

    // RFC 4648, section 10.
    [Theory]
    [InlineData("", "")]
    [InlineData("f", "MY")]
    [InlineData("fo", "MZXQ")]
    [InlineData("foo", "MZXW6")]
    [InlineData("foob", "MZXW6YQ")]
    [InlineData("fooba", "MZXW6YTB")]
    [InlineData("foobar", "MZXW6YTBOI")]
    public void Secrets_are_written_in_base32(string bytes, string text) => Base32.Encode(Encoding.ASCII.GetBytes(bytes)).ShouldBe(text);

    [Fact]
    public void The_link_names_issuer_and_account()
    {
        var uri = Totp.Uri("Acme: Social", "ada+x@example.com", Secret);
        uri.ShouldBe("otpauth://totp/Acme%3A%20Social:ada%2Bx%40example.com?secret=GEZDGNBVGY3TQOJQGEZDGNBVGY3TQOJQ&issuer=Acme%3A%20Social&algorithm=SHA1&digits=6&period=30");
    }

    [Fact]
    public void Recovery_codes_differ_and_are_read_as_people_type_them()
    {
        var (codes, salt) = (RecoveryCode.NewSet(), RecoveryCode.NewSalt());
        codes.Distinct().Count().ShouldBe(10);
        codes.ShouldAllBe(c => c.Length == 11 && c[5] == '-');
        var hash = RecoveryCode.Hash("0a1bc-defgh", salt, 1000);
        RecoveryCode.Hash(" OAIBC DEFGH", salt, 1000).ShouldBe(hash);
        RecoveryCode.Hash("0a1bc-defgj", salt, 1000).ShouldNotBe(hash);
        RecoveryCode.Hash("0a1bc-defgh", RecoveryCode.NewSalt(), 1000).ShouldNotBe(hash);
        RecoveryCode.Hash("0a1bc", salt, 1000).ShouldBeNull();
        RecoveryCode.Hash(null, salt, 1000).ShouldBeNull();
    }
}
