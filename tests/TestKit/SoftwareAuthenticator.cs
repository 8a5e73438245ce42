using System.Buffers.Binary;
using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using System.Text.Json;
using System.Text.Json.Nodes;

namespace Cofferdam.TestKit;

/// <summary>A passkey authenticator and the browser in front of it: one P-256 credential, attestation "none".</summary>
/// <remarks>WebAuthn Level 3 §6.1 (authenticator data), §5.8.1 (client data), §6.5.4 (attestation object); CBOR by hand (RFC 8949).</remarks>
public sealed class SoftwareAuthenticator : IDisposable
{
    private const byte UserPresent = 0x01, UserVerified = 0x04, AttestedCredential = 0x40;

    private readonly ECDsa key = ECDsa.Create(ECCurve.NamedCurves.nistP256);
    private readonly byte[] credentialId = RandomNumberGenerator.GetBytes(32);
    private string userHandle = "";
    private uint signatures;

    /// <summary>Whether it checks who holds it, by finger or PIN.</summary>
    public bool VerifiesUser { get; set; } = true;

    /// <summary><c>navigator.credentials.create()</c>, from options to RegistrationResponseJSON.</summary>
    public string Create(string options, string origin)
    {
        var request = JsonNode.Parse(options)!;
        userHandle = (string)request["user"]!["id"]!;
        var point = key.ExportParameters(includePrivateParameters: false).Q;
        byte[] data =
        [
            .. AuthenticatorData((string)request["rp"]!["id"]!, AttestedCredential),
            .. new byte[16], // AAGUID: none
            0, (byte)credentialId.Length, .. credentialId,
            // COSE_Key (RFC 9053 §7.1.1): kty EC2, alg ES256, crv P-256, x, y
            0xA5, 0x01, 0x02, 0x03, 0x26, 0x20, 0x01, 0x21, 0x58, 0x20, .. point.X!, 0x22, 0x58, 0x20, .. point.Y!,
        ];
        byte[] attestation =
        [
            0xA3,
            0x63, .. "fmt"u8, 0x64, .. "none"u8,
            0x67, .. "attStmt"u8, 0xA0,
            0x68, .. "authData"u8, 0x58, (byte)data.Length, .. data,
        ];
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(ClientData("webauthn.create", request, origin)),
            ["attestationObject"] = Base64Url.EncodeToString(attestation),
            ["transports"] = new JsonArray("internal"),
        });
    }

    /// <summary><c>navigator.credentials.get()</c>, from options to AuthenticationResponseJSON.</summary>
    public string Get(string options, string origin)
    {
        var request = JsonNode.Parse(options)!;
        signatures++;
        var data = AuthenticatorData((string)request["rpId"]!, flags: 0);
        var client = ClientData("webauthn.get", request, origin);
        var signature = key.SignData([.. data, .. SHA256.HashData(client)], HashAlgorithmName.SHA256, DSASignatureFormat.Rfc3279DerSequence);
        return Credential(new JsonObject
        {
            ["clientDataJSON"] = Base64Url.EncodeToString(client),
            ["authenticatorData"] = Base64Url.EncodeToString(data),
            ["signature"] = Base64Url.EncodeToString(signature),
            ["userHandle"] = userHandle,
        });
    }

    public void Dispose() => key.Dispose();

    private byte[] AuthenticatorData(string rpId, byte flags)
    {
        var data = new byte[37];
        SHA256.HashData(Encoding.UTF8.GetBytes(rpId), data);
        data[32] = (byte)(flags | UserPresent | (VerifiesUser ? UserVerified : 0));
        BinaryPrimitives.WriteUInt32BigEndian(data.AsSpan(33), signatures);
        return data;
    }

    private static byte[] ClientData(string type, JsonNode request, string origin) => JsonSerializer.SerializeToUtf8Bytes(
        new { type, challenge = (string)request["challenge"]!, origin, crossOrigin = false });

    private string Credential(JsonObject response) => new JsonObject
    {
        ["id"] = Base64Url.EncodeToString(credentialId),
        ["rawId"] = Base64Url.EncodeToString(credentialId),
        ["type"] = "public-key",
        ["authenticatorAttachment"] = "platform",
        ["clientExtensionResults"] = new JsonObject(),
        ["response"] = response,
    }.ToJsonString();
}
