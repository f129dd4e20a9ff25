using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Platform.Tests.TestKit;

/// <summary>An authenticator in software: one ES256 credential, with what a real one would refuse to do made possible.</summary>
public sealed class TestAuthenticator : IDisposable
{
    private readonly ECDsa _key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] _id = RandomNumberGenerator.GetBytes(32);
    private string _userHandle = "";

    /// <summary>The site it believes to be on.</summary>
    public string Origin { get; set; } = "http://localhost";

    /// <summary>What it says of how often it was used.</summary>
    public uint Counter { get; set; } = 1;

    /// <summary>Whether it says that its owner unlocked it.</summary>
    public bool Unlocked { get; set; } = true;

    /// <summary>Makes its credential for a question of <c>own-passkeys/question</c>.</summary>
    public object Create(JsonElement question)
    {
        var options = question.GetProperty("options");
        _userHandle = options.GetProperty("user").GetProperty("id").GetString()!;
        var client = ClientData("webauthn.create", options.GetProperty("challenge").GetString()!);
        byte[] authData = [.. AuthData(options.GetProperty("rp").GetProperty("id").GetString()!, attested: true), .. new byte[16], 0, (byte)_id.Length, .. _id, .. CoseKey()];
        byte[] attestation = [0xA3, 0x63, .. "fmt"u8, 0x64, .. "none"u8, 0x67, .. "attStmt"u8, 0xA0, 0x68, .. "authData"u8, 0x58, (byte)authData.Length, .. authData];
        return Credential(new { clientDataJSON = Text(client), attestationObject = Text(attestation), transports = new[] { "internal" } });
    }

    /// <summary>Answers a question of <c>passkeys/question</c>.</summary>
    public object Get(JsonElement question)
    {
        var options = question.GetProperty("options");
        var client = ClientData("webauthn.get", options.GetProperty("challenge").GetString()!);
        var authData = AuthData(options.GetProperty("rpId").GetString()!, attested: false);
        var signature = _key.SignData([.. authData, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new { clientDataJSON = Text(client), authenticatorData = Text(authData), signature = Text(signature), userHandle = _userHandle });
    }

    /// <inheritdoc />
    public void Dispose() => _key.Dispose();

    private object Credential(object response) => new { id = Text(_id), rawId = Text(_id), type = "public-key", authenticatorAttachment = "platform", clientExtensionResults = new { }, response };

    private byte[] ClientData(string type, string challenge) => Encoding.UTF8.GetBytes(JsonSerializer.Serialize(new { type, challenge, origin = Origin, crossOrigin = false }));

    private byte[] AuthData(string rpId, bool attested)
    {
        var counter = new byte[4];
        BinaryPrimitives.WriteUInt32BigEndian(counter, Counter);
        var flags = (byte)(0x01 | (Unlocked ? 0x04 : 0) | (attested ? 0x40 : 0));
        return [.. SHA256.HashData(Encoding.UTF8.GetBytes(rpId)), flags, .. counter];
    }

    private byte[] CoseKey()
    {
        var q = _key.ExportParameters(false).Q;
        return [0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. q.X!, 0x22, 0x58, 0x20, .. q.Y!];
    }

    private static string Text(byte[] bytes) => Base64Url.EncodeToString(bytes);
}
