using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.Repositories;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Platform.Storage;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>A key of the Data Protection ring (cookies, antiforgery), sealed with the master key. Its id is the name that the framework gives it.</summary>
public sealed record DataProtectionKey : Document, IPlatformOwned
{
    /// <summary>The collection.</summary>
    public static readonly Collection<DataProtectionKey> Collection = new("data_protection_keys");

    /// <summary>The key's XML, sealed as a whole.</summary>
    public required string SealedXml { get; init; }

    /// <summary>What it is bound to.</summary>
    public static string AadOf(string id) => $"data-protection:{id}";
}

/// <summary>
/// Keeps the Data Protection ring in the store, so that all copies of the app share it and a backup holds it. The ring of files that earlier versions kept is taken over once,
/// at the first look, so that nobody is signed out. The framework asks synchronously.
/// </summary>
public sealed class StoredKeyRing(IDocumentStore store, ISecretBox box, string oldFolder) : IXmlRepository
{
    private readonly Lock _lock = new();
    private bool _tookOver;

    private IDocuments<DataProtectionKey> All => store.ForPlatform<DataProtectionKey>(Caller.Platform);

    /// <inheritdoc />
    public IReadOnlyCollection<XElement> GetAllElements()
    {
        lock (_lock)
        {
            if (!_tookOver) { TakeOver(); }
            _tookOver = true;
        }
        var keys = All.FindAsync(new Query<DataProtectionKey> { Limit = 1000 }, CancellationToken.None).GetAwaiter().GetResult().Items;
        return [.. keys.Select(k => XElement.Parse(box.Open(k.SealedXml, DataProtectionKey.AadOf(k.Id))))];
    }

    /// <inheritdoc />
    public void StoreElement(XElement element, string friendlyName)
    {
        var record = new DataProtectionKey { Id = friendlyName, SealedXml = box.Seal(element.ToString(SaveOptions.DisableFormatting), DataProtectionKey.AadOf(friendlyName)) };
        try { All.InsertAsync(record, CancellationToken.None).GetAwaiter().GetResult(); }
        catch (DuplicateKeyException) { /* the same key, from another copy */ }
    }

    private void TakeOver()
    {
        if (!Directory.Exists(oldFolder)) { return; }
        foreach (var file in Directory.EnumerateFiles(oldFolder, "*.xml"))
        {
            StoreElement(Opened(XElement.Load(file)), Path.GetFileNameWithoutExtension(file));
            File.Delete(file);
        }
    }

    // The files were sealed inside; here the whole is sealed, and the inside must not hang on an old master key.
    private XElement Opened(XElement element)
    {
        foreach (var inner in element.Descendants().Where(e => e.Name.LocalName == "encryptedSecret").ToList())
        {
            inner.ReplaceWith(XElement.Parse(box.Open(inner.Elements().Single().Value, SealedKeyRing.Aad)));
        }
        return element;
    }
}

/// <summary>Leaves a key as it is: <see cref="StoredKeyRing"/> seals the whole of it.</summary>
public sealed class SealedOutside : IXmlEncryptor
{
    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) => new(new XElement("inside", plaintextElement), typeof(OpenOutside));
}

/// <summary>Gives back what <see cref="SealedOutside"/> left; made by the framework by its name.</summary>
public sealed class OpenOutside : IXmlDecryptor
{
    /// <inheritdoc />
    public XElement Decrypt(XElement encryptedElement) => encryptedElement.Elements().Single();
}
