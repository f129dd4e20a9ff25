using Platform.Features.Accounts.Domain;

namespace Platform.Tests.Features.Accounts;

public sealed class NetworkRangeTests
{
    [Theory]
    [InlineData("203.0.113.0/24", "203.0.113.7", true)]
    [InlineData("203.0.113.0/24", "203.0.114.7", false)]
    [InlineData("203.0.113.7/24", "203.0.113.200", true)]
    [InlineData("203.0.113.7", "203.0.113.7", true)]
    [InlineData("203.0.113.7", "203.0.113.8", false)]
    [InlineData("203.0.113.0/24", "::ffff:203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.0/120", "203.0.113.7", true)]
    [InlineData("::ffff:203.0.113.0/120", "::ffff:203.0.114.7", false)]
    [InlineData("2001:db8::/32", "2001:db8:1::1", true)]
    [InlineData("2001:db8::/32", "2001:db9::1", false)]
    [InlineData("2001:db8::/32", "203.0.113.7", false)]
    [InlineData("fe80::/10", "fe80::1%2", true)]
    [InlineData("0.0.0.0/0", "198.51.100.1", true)]
    [InlineData("0.0.0.0/0", "2001:db8::1", false)]
    [InlineData("::/0", "203.0.113.7", false)]
    [InlineData("10.0.0.128/25", "10.0.0.127", false)]
    public void An_address_lies_in_a_block_or_not(string range, string address, bool inside) => NetworkRange.Parse(range)!.Contains(address).ShouldBe(inside);

    [Theory]
    [InlineData(null)]
    [InlineData("")]
    [InlineData("unknown")]
    [InlineData("010.0.0.1")]
    public void An_address_that_is_not_known_lies_in_none(string? address) => NetworkRange.Parse("0.0.0.0/0")!.Contains(address).ShouldBeFalse();

    [Theory]
    [InlineData("")]
    [InlineData("office")]
    [InlineData("10.0.0.0/33")]
    [InlineData("10.0.0.0/-1")]
    [InlineData("10.0.0.0/")]
    [InlineData("10.0.0.0/8/8")]
    [InlineData("10.0.0/8")]
    [InlineData("1")]
    [InlineData("::ffff:10.0.0.0/8")]
    [InlineData("2001:db8::/129")]
    public void What_is_no_block_is_refused(string text) => NetworkRange.Parse(text).ShouldBeNull();

    [Fact]
    public void A_block_is_kept_without_the_bits_behind_its_prefix() => NetworkRange.Parse("203.0.113.7/24")!.ToString().ShouldBe("203.0.113.0/24");
}
