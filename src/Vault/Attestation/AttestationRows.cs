using System.Security.Cryptography;
using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Attestation;

/// <summary>What a row of the table <c>attestation</c> is. Numbers are the store's.</summary>
internal enum AttestationKind : byte
{
    Terms = 1,
    Person = 2,
    Key = 3,
}

/// <summary>A row as it is kept.</summary>
/// <param name="Id">Engagement, pseudonym, or key.</param>
/// <param name="Version">From 2, by lab: the newest row has the highest.</param>
/// <param name="Content">JSON of what it says.</param>
/// <param name="Mac">Over all of it, see <see cref="AttestationSeals"/>.</param>
internal sealed record AttestationRow(AttestationKind Kind, Guid Id, long Version, byte[] Content, byte[] Mac)
{
    /// <summary>Nobody's number: <c>HeadSum</c> leaves out what is at version 1.</summary>
    public const long BeforeFirst = 1;

    /// <summary>Its name among the records whose versions the lab's ledger binds (docs/decisions/0026): no record has such an id.</summary>
    public static Guid HeadOf(AttestationKind kind, Guid id)
    {
        Span<byte> name = stackalloc byte[14 + 1 + 16];
        "attestation@1\n"u8.CopyTo(name);
        name[14] = (byte)kind;
        id.TryWriteBytes(name[15..], bigEndian: true, out _);
        Span<byte> hash = stackalloc byte[SHA256.HashSizeInBytes];
        SHA256.HashData(name, hash);
        hash[6] = (byte)((hash[6] & 0x0f) | 0x80);
        return new Guid(hash[..16], bigEndian: true);
    }
}

/// <summary>Somebody whom a vendor has vouched for.</summary>
/// <param name="Pseudonym">See <see cref="Subject.Pseudonym"/>.</param>
/// <param name="Role"><c>expert</c> or <c>lead</c>; empty where no statement came before the withdrawal.</param>
/// <param name="Issued"><c>iat</c> of the last statement or withdrawal, in seconds; what comes must be newer.</param>
/// <param name="StatementId"><c>jti</c> of it.</param>
/// <param name="BrowserKey"><c>cnf.jkt</c> of it; null where it names none.</param>
/// <param name="Expires">When the last statement runs out.</param>
/// <param name="Signer">Fingerprint of the vendor's key that signed it.</param>
/// <param name="Withdrawn">Opens nothing, whatever was said before.</param>
internal sealed record PersonRow(
    Guid Pseudonym, Guid Engagement, string Role, long Issued, string StatementId, string? BrowserKey, DateTimeOffset Expires, string Signer, bool Withdrawn);

/// <summary>A browser key.</summary>
/// <param name="Engagement">Null: of the lab's own staff.</param>
/// <param name="PublicKey">65 bytes.</param>
/// <param name="Thumbprint">RFC 7638, base64url.</param>
/// <param name="Signer">Fingerprint of the vendor's key whose statement named it; null of staff.</param>
internal sealed record KeyRow(
    Guid Id, Guid Pseudonym, Guid? Engagement, byte[] PublicKey, string Thumbprint, string? Signer, DateTimeOffset Since, DateTimeOffset? RevokedAt);

/// <summary>Writes and reads what rows say.</summary>
internal static class RowText
{
    public static byte[] Write(EngagementTerms terms) => JsonSerializer.SerializeToUtf8Bytes(terms, RowJson.Default.EngagementTerms);

    public static byte[] Write(PersonRow row) => JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.PersonRow);

    public static byte[] Write(KeyRow row) => JsonSerializer.SerializeToUtf8Bytes(row, RowJson.Default.KeyRow);

    // The MAC was right: these bytes are ours.
    public static EngagementTerms Terms(AttestationRow row) => JsonSerializer.Deserialize(row.Content, RowJson.Default.EngagementTerms)!;

    public static PersonRow Person(AttestationRow row) => JsonSerializer.Deserialize(row.Content, RowJson.Default.PersonRow)!;

    public static KeyRow Key(AttestationRow row) => JsonSerializer.Deserialize(row.Content, RowJson.Default.KeyRow)!;
}

[JsonSourceGenerationOptions(JsonSerializerDefaults.Web, DefaultIgnoreCondition = JsonIgnoreCondition.WhenWritingNull)]
[JsonSerializable(typeof(EngagementTerms))]
[JsonSerializable(typeof(PersonRow))]
[JsonSerializable(typeof(KeyRow))]
internal sealed partial class RowJson : JsonSerializerContext;
