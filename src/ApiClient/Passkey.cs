using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>A passkey kept in memory: a WebAuthn authenticator for programs, ES256 and no attestation.</summary>
/// <remarks>W3C Web Authentication Level 3; JSON forms of §5.1. It signs in the demo and the tests; people use their own.</remarks>
public sealed class Passkey : IDisposable
{
    private const byte UserPresent = 0x01, UserVerified = 0x04, AttestedCredential = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] id = RandomNumberGenerator.GetBytes(16);
    private readonly byte[] user;
    private uint uses;

    private Passkey(byte[] user) => this.user = user;

    public void Dispose() => key.Dispose();

    /// <summary>Makes a passkey from <c>PublicKeyCredentialCreationOptionsJSON</c>.</summary>
    /// <param name="credential">The <c>RegistrationResponseJSON</c> to send back.</param>
    internal static Passkey Create(JsonElement options, Uri node, out string credential)
    {
        var passkey = new Passkey(Base64Url.DecodeFromChars(options.GetProperty("user").GetProperty("id").GetString()));
        var domain = options.GetProperty("rp").TryGetProperty("id", out var rp) && rp.GetString() is { } given ? given : node.Host;
        var attested = Join(
            passkey.AuthenticatorData(domain, UserPresent | UserVerified | AttestedCredential),
            new byte[16], [0, (byte)passkey.id.Length], passkey.id, passkey.PublicKey());

        // {"fmt": "none", "attStmt": {}, "authData": bytes}
        var attestation = Join(
            [0xA3, 0x63], "fmt"u8.ToArray(), [0x64], "none"u8.ToArray(),
            [0x67], "attStmt"u8.ToArray(), [0xA0],
            [0x68], "authData"u8.ToArray(), [0x59, (byte)(attested.Length >> 8), (byte)attested.Length], attested);
        credential = Write(passkey.id, response =>
        {
            response.WriteString("clientDataJSON", Base64Url.EncodeToString(ClientData("webauthn.create", options, node)));
            response.WriteString("attestationObject", Base64Url.EncodeToString(attestation));
            response.WriteStartArray("transports");
            response.WriteStringValue("internal");
            response.WriteEndArray();
        });
        return passkey;
    }

    /// <summary>Answers <c>PublicKeyCredentialRequestOptionsJSON</c>.</summary>
    internal string Assert(JsonElement options, Uri node)
    {
        var domain = options.TryGetProperty("rpId", out var rp) && rp.GetString() is { } given ? given : node.Host;
        var authenticator = AuthenticatorData(domain, UserPresent | UserVerified);
        var client = ClientData("webauthn.get", options, node);
        var signature = key.SignData(Join(authenticator, SHA256.HashData(client)), HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Write(id, response =>
        {
            response.WriteString("clientDataJSON", Base64Url.EncodeToString(client));
            response.WriteString("authenticatorData", Base64Url.EncodeToString(authenticator));
            response.WriteString("signature", Base64Url.EncodeToString(signature));
            response.WriteString("userHandle", Base64Url.EncodeToString(user));
        });
    }

    private byte[] AuthenticatorData(string domain, byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(domain), data);
        data[32] = flags;
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), uses++);
        return data;
    }

    /// <summary>COSE_Key: {1: 2 (EC2), 3: -7 (ES256), -1: 1 (P-256), -2: x, -3: y}.</summary>
    private byte[] PublicKey()
    {
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        return Join([0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20], point.X!, [0x22, 0x58, 0x20], point.Y!);
    }

    private static byte[] ClientData(string type, JsonElement options, Uri node) => Encoding.UTF8.GetBytes(
        $$"""{"type":"{{type}}","challenge":"{{options.GetProperty("challenge").GetString()}}","origin":"{{node.GetLeftPart(UriPartial.Authority)}}","crossOrigin":false}""");

    private static string Write(byte[] id, Action<Utf8JsonWriter> response)
    {
        using var bytes = new MemoryStream();
        using (var json = new Utf8JsonWriter(bytes))
        {
            json.WriteStartObject();
            json.WriteString("id", Base64Url.EncodeToString(id));
            json.WriteString("rawId", Base64Url.EncodeToString(id));
            json.WriteString("type", "public-key");
            json.WriteString("authenticatorAttachment", "platform");
            json.WriteStartObject("clientExtensionResults");
            json.WriteEndObject();
            json.WriteStartObject("response");
            response(json);
            json.WriteEndObject();
            json.WriteEndObject();
        }

        return Encoding.UTF8.GetString(bytes.ToArray());
    }

    private static byte[] Join(params ReadOnlySpan<byte[]> parts)
    {
        var length = 0;
        foreach (var part in parts)
            length += part.Length;
        var all = new byte[length];
        var at = 0;
        foreach (var part in parts)
        {
            part.CopyTo(all, at);
            at += part.Length;
        }

        return all;
    }
}
