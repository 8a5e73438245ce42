using System.Text.Json;
using System.Text.Json.Serialization;

namespace Cofferdam.Package;

/// <summary>What a delivery is and what is in its package: <c>manifest.json</c>, signed over its exact bytes.</summary>
/// <param name="Format"><see cref="CurrentFormat"/>, or <see cref="FirstFormat"/> where an earlier release made it.</param>
/// <param name="Delivery">What the maker of the package says about it.</param>
/// <param name="Recipient">Id of the key that the package is encrypted to; null where it is not encrypted.</param>
/// <param name="Files">Every file but the manifest and its signature.</param>
public sealed record PackageManifest(string Format, DeliveryFacts Delivery, string? Recipient, IReadOnlyList<PackageFile> Files)
{
    /// <summary>Name and version of this format (docs/formats/delivery-package.md).</summary>
    public const string CurrentFormat = "cofferdam/delivery@2";

    /// <summary>The format before, which has no <c>votes</c>, <c>since</c> and <c>batches</c>; still read.</summary>
    public const string FirstFormat = "cofferdam/delivery@1";

    /// <summary>Name of the manifest in the package.</summary>
    public const string FileName = "manifest.json";

    /// <summary>Name of its signature: 64 bytes, Ed25519 over the bytes of the manifest.</summary>
    public const string SignatureName = "manifest.sig";

    /// <summary>Largest manifest that is read: 16 MiB.</summary>
    public const int MaxBytes = 16 << 20;

    /// <summary>The bytes that are signed.</summary>
    public byte[] ToBytes() => JsonSerializer.SerializeToUtf8Bytes(this, ManifestJson.Default.PackageManifest);

    /// <summary>Reads a manifest.</summary>
    /// <returns>Null where it is none of this format.</returns>
    public static PackageManifest? TryParse(ReadOnlySpan<byte> json)
    {
        try
        {
            var manifest = JsonSerializer.Deserialize(json, ManifestJson.Default.PackageManifest);
            return manifest?.Format is CurrentFormat or FirstFormat ? manifest : null;
        }
        catch (JsonException)
        {
            return null;
        }
    }
}

/// <summary>What the maker of a package says about it.</summary>
/// <param name="Id">The delivery.</param>
/// <param name="Created">UTC.</param>
/// <param name="Lab">The lab it belongs to.</param>
/// <param name="Project">The project its rows come from.</param>
/// <param name="Shape">Shape of the rows, for example <c>trl-preference</c>.</param>
/// <param name="GuidelineVersions">Versions of the guidelines that the answers were given under.</param>
/// <param name="FormVersions">Versions of the form.</param>
/// <param name="Aggregation">How several answers to one item became one row, for example <c>majority</c>.</param>
/// <param name="ModelsUsed">Language models that had a part in the answers; empty where none had.</param>
/// <param name="Ledger">The lab's ledger when the package was made.</param>
/// <param name="Receipts">Receipts of the disclosures that the package was made from; null where it has no rows.</param>
/// <param name="Build">The build that made it.</param>
/// <param name="Evaluation">The node ran in evaluation mode: its root keys lay in files, for all that is known on the disk of the data.</param>
/// <param name="Votes"><c>majority</c>: one result per item. <c>all</c>: each answer makes rows of its own. Null in the first format.</param>
/// <param name="Since">The delivery that this one holds the changes of; null: it is whole.</param>
/// <param name="Batches">The batches it is restricted to; null: all.</param>
public sealed record DeliveryFacts(
    Guid Id,
    DateTimeOffset Created,
    Guid Lab,
    Guid Project,
    string Shape,
    IReadOnlyList<int> GuidelineVersions,
    IReadOnlyList<int> FormVersions,
    string Aggregation,
    IReadOnlyList<string> ModelsUsed,
    LedgerCheckpoint Ledger,
    ReceiptRange? Receipts,
    string Build,
    bool Evaluation,
    string? Votes = null,
    Guid? Since = null,
    IReadOnlyList<Guid>? Batches = null);

/// <param name="Size">Number of receipts.</param>
/// <param name="Root">RFC 6962 root over their leaves, base64.</param>
public sealed record LedgerCheckpoint(long Size, string Root);

/// <param name="First">Sequence number of the first receipt.</param>
/// <param name="Last">Sequence number of the last one.</param>
public sealed record ReceiptRange(long First, long Last);

/// <summary>One file of a package.</summary>
/// <param name="Name">Relative path, see <see cref="PackageNames"/>.</param>
/// <param name="Bytes">Its length.</param>
/// <param name="Sha256">Of its content, 64 lower-case hexadecimal digits.</param>
/// <param name="Rows">Number of rows, each ended by a line feed; null where it is not a file of rows.</param>
/// <param name="RowsRoot">RFC 6962 root over the rows without their line feeds, base64; null where it is not a file of rows.</param>
public sealed record PackageFile(string Name, long Bytes, string Sha256, long? Rows = null, string? RowsRoot = null);

[JsonSourceGenerationOptions(
    JsonSerializerDefaults.Web,
    WriteIndented = true,
    NumberHandling = JsonNumberHandling.Strict,
    PropertyNameCaseInsensitive = false,
    AllowDuplicateProperties = false,
    RespectNullableAnnotations = true,
    RespectRequiredConstructorParameters = true,
    UnmappedMemberHandling = JsonUnmappedMemberHandling.Disallow)]
[JsonSerializable(typeof(PackageManifest))]
internal sealed partial class ManifestJson : JsonSerializerContext;
