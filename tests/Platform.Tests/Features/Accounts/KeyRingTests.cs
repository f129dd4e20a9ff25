using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection;
using Microsoft.AspNetCore.DataProtection.KeyManagement;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.Configuration;
using Microsoft.Extensions.DependencyInjection;
using Platform.Features.Accounts.Store;
using Platform.Storage.Sqlite;
using Platform.Tenancy;

namespace Platform.Tests.Features.Accounts;

public sealed class KeyRingTests : IDisposable
{
    private static readonly SecretBox Box = new(Enumerable.Range(0, 32).Select(i => (byte)(i * 37)).ToArray());
    private readonly string _folder = Directory.CreateTempSubdirectory("key-ring-").FullName;

    public void Dispose() => Directory.Delete(_folder, recursive: true);

    [Fact]
    public void Two_copies_share_the_ring_and_it_is_sealed_in_the_store()
    {
        using (var store = SqliteDocumentStore.Open(_folder, [DataProtectionKey.Collection]))
        {
            var text = Ring(store).CreateProtector("x").Protect("hello");
            Ring(store).CreateProtector("x").Unprotect(text).ShouldBe("hello");
        }
        File.ReadAllBytes(Path.Combine(_folder, "platform.db")).AsSpan().IndexOf("masterKey"u8).ShouldBe(-1);
    }

    [Fact]
    public void The_ring_of_files_is_taken_over_so_that_nobody_is_signed_out()
    {
        var files = Directory.CreateDirectory(Path.Combine(_folder, "keys", "data-protection"));
        var old = new ServiceCollection();
        old.AddSingleton<ISecretBox>(Box).AddDataProtection().SetApplicationName("platform").PersistKeysToFileSystem(files);
        old.Configure<KeyManagementOptions>(o => o.XmlEncryptor = new OldSeal());
        var cookie = old.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>().CreateProtector("cookie").Protect("signed in");
        files.GetFiles("*.xml").ShouldHaveSingleItem();
        using var store = SqliteDocumentStore.Open(_folder, [DataProtectionKey.Collection]);
        Ring(store).CreateProtector("cookie").Unprotect(cookie).ShouldBe("signed in");
        files.GetFiles("*.xml").ShouldBeEmpty();
        // And again from the store alone.
        Ring(store).CreateProtector("cookie").Unprotect(cookie).ShouldBe("signed in");
    }

    [Theory]
    [InlineData("AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=")]
    [InlineData("AAECAwQFBgcICQoLDA0ODxAREhMUFRYXGBkaGxwdHh8=")]
    [InlineData("dGhpcyBpcyBhIHBhc3NwaHJhc2UgMzIgYnl0ZXMhISE=")]
    [InlineData("MDEyMzQ1Njc4OWFiY2RlZjAxMjM0NTY3ODlhYmNkZWY=")]
    [InlineData("XohImNooBHFR0OVvjcYpJ3NgPQ1qq73WKhHvch0VQtg=")]
    [InlineData("c2hvcnQ=")]
    [InlineData("change-me")]
    public void A_master_key_that_was_typed_rather_than_drawn_is_refused(string key) => Should.Throw<InvalidOperationException>(() => MasterKey.Load(With(key), _folder));

    [Fact]
    public void Drawn_keys_are_taken()
    {
        for (var i = 0; i < 200; i++) { MasterKey.Load(With(Convert.ToBase64String(System.Security.Cryptography.RandomNumberGenerator.GetBytes(32))), _folder).Count.ShouldBe(1); }
    }

    private static IConfiguration With(string key) => new ConfigurationBuilder().AddInMemoryCollection(new Dictionary<string, string?> { ["Platform:MasterKey"] = key }).Build();

    private IDataProtectionProvider Ring(SqliteDocumentStore store)
    {
        var services = new ServiceCollection();
        services.AddDataProtection().SetApplicationName("platform");
        services.Configure<KeyManagementOptions>(o => (o.XmlRepository, o.XmlEncryptor) = (new StoredKeyRing(store, Box, Path.Combine(_folder, "keys", "data-protection")), new SealedOutside()));
        return services.BuildServiceProvider().GetRequiredService<IDataProtectionProvider>();
    }

    // As versions before sealed each key inside its file.
    private sealed class OldSeal : IXmlEncryptor
    {
        public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(new XElement("sealed", Box.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), "data-protection")), typeof(OldOpen));
    }

    private sealed class OldOpen : IXmlDecryptor
    {
        public XElement Decrypt(XElement encryptedElement) => XElement.Parse(Box.Open(encryptedElement.Value, "data-protection"));
    }
}
