using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.Options;
using Platform.Features.Accounts;
using Platform.Features.Accounts.Domain;
using Platform.Features.Accounts.Store;

namespace Platform.Tests.Features.Accounts;

public sealed class CommonPasswordsTests
{
    private static readonly string[] Ada = ["ada.lovelace@engines.example", "Ada", "Lovelace", "Analytical Engines", "Platform"];

    [Theory]
    [InlineData("password123")]
    [InlineData("Password2024!")]
    [InlineData("P@ssw0rd1234")]
    [InlineData("!!Dr4g0n99!!")]
    [InlineData("passwordpassword")]
    [InlineData("drowssap123")]
    [InlineData("iloveyou1234")]
    [InlineData("qwertyuiop12")]
    [InlineData("1234567890")]
    [InlineData("abcdefghijkl")]
    [InlineData("lkjhgfdsa12")]
    [InlineData("1qaz2wsx3edc")]
    [InlineData("aaaaaaaaaaaa")]
    [InlineData("121212121212")]
    [InlineData("Liverpool-2025")]
    [InlineData("change-me-now")]
    [InlineData("this is my password")]
    public void What_is_tried_first_is_known(string password) => CommonPasswords.Knows(password, []).ShouldBeTrue();

    [Theory]
    [InlineData("AdaLovelace1")]
    [InlineData("lovelace1815")]
    [InlineData("engines2026!")]
    [InlineData("analyticalengines")]
    [InlineData("LovelacePassword")]
    [InlineData("platform2026")]
    [InlineData("ada.lovelace@engines.example")]
    public void So_is_what_the_owner_is_called(string password) => CommonPasswords.Knows(password, Ada).ShouldBeTrue();

    [Theory]
    [InlineData("correct horse battery")]
    [InlineData("Violet-Kettle-Harbour-73")]
    [InlineData("plain-orchard-lantern-42")]
    [InlineData("Long-Enough-Pass-9!")]
    [InlineData("tr7xq9vplm2w")]
    [InlineData("солнце над рекой утром")]
    [InlineData("lovelace wove algebra on looms")]
    [InlineData("another plain sentence")]
    public void What_takes_thought_is_not(string password) => CommonPasswords.Knows(password, Ada).ShouldBeFalse();

    [Fact]
    public void The_list_and_its_rules_cover_far_more_than_three_thousand_of_ten_characters_and_more()
    {
        CommonPasswords.Roots.Count.ShouldBeGreaterThan(2500);
        string[] ends = ["1", "123", "1234", "12345", "2024", "2025", "2026", "!", "123!", "01", "007", "99"];
        var long_ = CommonPasswords.Roots.SelectMany(root => ends.Select(end => root + end)).Where(p => p.Length >= Credentials.ShortestPassword).Distinct().ToList();
        long_.Count.ShouldBeGreaterThan(10_000);
        // Every twentieth, so that the test stays quick.
        long_.Where((_, i) => i % 20 == 0).Where(p => !CommonPasswords.Knows(p, [])).ShouldBeEmpty();
    }

    [Theory]
    [InlineData(9, false)]
    [InlineData(10, true)]
    [InlineData(256, true)]
    [InlineData(257, false)]
    public void Length_counts_and_nothing_else(int length, bool good)
    {
        var password = string.Concat(Enumerable.Range(0, length).Select(i => "kqzvwtmyxjfr"[(i * 7) % 12]));
        (Credentials.CheckPassword(password + "", []) is null).ShouldBe(good);
    }

    [Theory]
    [InlineData("")]
    [InlineData(":17")]
    public void A_list_of_leaked_passwords_beside_it_is_searched_in_place(string count)
    {
        var leaked = Enumerable.Range(0, 2000).Select(i => $"leaked sentence number {i}").ToList();
        var path = Path.GetTempFileName();
        try
        {
            File.WriteAllLines(path, leaked.Select(Sha1).Order(StringComparer.Ordinal).Select(hash => hash + count));
            var file = new BreachedPasswordFile(Options.Create(new AccountsOptions { BreachedPasswordFile = path }));
            leaked.Where(p => !file.Contains(p)).ShouldBeEmpty();
            Enumerable.Range(0, 500).Where(i => file.Contains($"another sentence {i}")).ShouldBeEmpty();
            BreachedPasswordFile.Fault(path).ShouldBeNull();
            File.WriteAllText(path, "password\n");
            BreachedPasswordFile.Fault(path).ShouldNotBeNull();
        }
        finally { File.Delete(path); }
        BreachedPasswordFile.Fault(path).ShouldBe("there is no such file");
        new BreachedPasswordFile(Options.Create(new AccountsOptions())).Contains("leaked sentence number 1").ShouldBeFalse();
    }

#pragma warning disable CA5350 // The lists that people download are of SHA-1 hashes.
    private static string Sha1(string text) => Convert.ToHexString(SHA1.HashData(Encoding.UTF8.GetBytes(text)));
#pragma warning restore CA5350
}
