using System.Xml.Linq;
using Microsoft.AspNetCore.DataProtection.XmlEncryption;
using Microsoft.Extensions.DependencyInjection;
using Platform.Tenancy;

namespace Platform.Features.Accounts.Store;

/// <summary>Seals the Data Protection keys (cookies, antiforgery) with the master key before they are written to the data directory.</summary>
public sealed class SealedKeyRing(ISecretBox box) : IXmlEncryptor
{
    internal const string Aad = "data-protection";

    /// <inheritdoc />
    public EncryptedXmlInfo Encrypt(XElement plaintextElement) =>
        new(new XElement("sealed", box.Seal(plaintextElement.ToString(SaveOptions.DisableFormatting), Aad)), typeof(OpenKeyRing));
}

/// <summary>Opens what <see cref="SealedKeyRing"/> sealed; made by the framework by its name.</summary>
public sealed class OpenKeyRing(IServiceProvider services) : IXmlDecryptor
{
    /// <inheritdoc />
    public XElement Decrypt(XElement encryptedElement) => XElement.Parse(services.GetRequiredService<ISecretBox>().Open(encryptedElement.Value, SealedKeyRing.Aad));
}
