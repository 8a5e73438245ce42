using System.Formats.Tar;
using System.Security.Cryptography;
using Cofferdam.Durable;

namespace Cofferdam.Package;

/// <summary>Makes a delivery package: one tar, signed, and on wish encrypted to a recipient (docs/formats/delivery-package.md).</summary>
/// <remarks>
/// Rows are taken one by one and wait sealed; the tar is written at the end, manifest first, so that it can be checked
/// in one pass. Memory does not grow with the number of rows. Disposed before it is complete, nothing is left.
/// </remarks>
/// <param name="temporary">An existing folder for rows that wait, with room for all of them.</param>
public sealed class PackageWriter(string temporary) : IAsyncDisposable
{
    // Beyond this a ustar header has no room for the length.
    private const long LargestUstar = 8L << 30;

    private readonly List<RowFile> rowFiles = [];
    private readonly List<(PackageFile File, ReadOnlyMemory<byte> Content)> smallFiles = [];
    private readonly HashSet<string> names = new(PackageNames.Comparer) { PackageManifest.FileName, PackageManifest.SignatureName };

    /// <summary>Adds a file of rows, for example <c>data/preference/train.jsonl</c>. Several may be open at once.</summary>
    /// <exception cref="ArgumentException">The name is not safe or taken.</exception>
    public RowFile AddRows(string name) => Add(name, hasRows: true);

    /// <summary>Adds a file of any length that is not rows of one line each, for example <c>data/conll/train.conll</c>.</summary>
    /// <inheritdoc cref="AddRows"/>
    public RowFile AddText(string name) => Add(name, hasRows: false);

    /// <summary>Adds a file that fits into memory, for example <c>datasheet.md</c>.</summary>
    /// <exception cref="ArgumentException">The name is not safe or taken.</exception>
    public void AddFile(string name, ReadOnlyMemory<byte> content)
    {
        Reserve(name);
        smallFiles.Add((new PackageFile(name, content.Length, Convert.ToHexStringLower(SHA256.HashData(content.Span))), content));
    }

    /// <summary>What has been added so far, as the manifest will list it.</summary>
    /// <exception cref="InvalidOperationException">A file of rows is still open.</exception>
    public IReadOnlyList<PackageFile> Files =>
    [
        .. smallFiles.Select(small => small.File),
        .. rowFiles.Select(file => file.Finished ?? throw new InvalidOperationException("Dispose every file of rows before the package is completed.")),
    ];

    /// <summary>Signs the manifest and writes the package to a file that is either whole or not there.</summary>
    /// <inheritdoc cref="CompleteAsync(Stream, DeliveryFacts, DeliveryKey, RecipientKey?, CancellationToken)"/>
    public async Task<PackageManifest> CompleteAsync(
        string path, DeliveryFacts facts, DeliveryKey signer, RecipientKey? recipient = null, CancellationToken cancellation = default)
    {
        PackageManifest? manifest = null;
        await DurableFile.WriteAsync(path, overwrite: false, async file => manifest = await CompleteAsync(file, facts, signer, recipient, cancellation));
        return manifest!;
    }

    /// <summary>Signs the manifest and writes the package.</summary>
    /// <param name="destination">Where the package goes; left open.</param>
    /// <param name="recipient">Whom it is encrypted to; null leaves it in clear.</param>
    /// <returns>The manifest as signed.</returns>
    /// <exception cref="InvalidOperationException">A file of rows is still open.</exception>
    public async Task<PackageManifest> CompleteAsync(
        Stream destination, DeliveryFacts facts, DeliveryKey signer, RecipientKey? recipient = null, CancellationToken cancellation = default)
    {
        var manifest = new PackageManifest(PackageManifest.CurrentFormat, facts, recipient?.Name, Files);
        if (recipient is null)
        {
            await WriteTarAsync(destination, manifest, signer, cancellation);
            return manifest;
        }

        await using var body = await PackageEncryption.SealAsync(destination, recipient, cancellation);
        await WriteTarAsync(body, manifest, signer, cancellation);
        await body.CompleteAsync(cancellation);
        return manifest;
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var file in rowFiles)
            await file.DiscardAsync();
    }

    private async Task WriteTarAsync(Stream destination, PackageManifest manifest, DeliveryKey signer, CancellationToken cancellation)
    {
        var time = manifest.Delivery.Created;
        var signed = manifest.ToBytes();
        await using var tar = new TarWriter(destination, TarEntryFormat.Ustar, leaveOpen: true);
        await tar.WriteEntryAsync(Entry(PackageManifest.FileName, new MemoryStream(signed), signed.Length, time), cancellation);
        var signature = signer.Sign(signed);
        await tar.WriteEntryAsync(Entry(PackageManifest.SignatureName, new MemoryStream(signature), signature.Length, time), cancellation);
        foreach (var (file, content) in smallFiles)
            await tar.WriteEntryAsync(Entry(file.Name, new MemoryStream(content.ToArray()), file.Bytes, time), cancellation);
        foreach (var rows in rowFiles)
        {
            await using var content = new LengthStream(await rows.OpenAsync(cancellation), rows.Finished!.Bytes);
            await tar.WriteEntryAsync(Entry(rows.Finished.Name, content, rows.Finished.Bytes, time), cancellation);
        }
    }

    private static PosixTarEntry Entry(string name, Stream content, long bytes, DateTimeOffset time)
    {
        PosixTarEntry entry = bytes < LargestUstar
            ? new UstarTarEntry(TarEntryType.RegularFile, name)
            : new PaxTarEntry(TarEntryType.RegularFile, name);
        entry.DataStream = content;
        entry.ModificationTime = time;
        entry.Mode = UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.OtherRead;
        return entry;
    }

    private RowFile Add(string name, bool hasRows)
    {
        Reserve(name);
        var file = new RowFile(name, temporary, hasRows);
        rowFiles.Add(file);
        return file;
    }

    private void Reserve(string name)
    {
        if (!PackageNames.IsSafe(name))
            throw new ArgumentException($"A file of a package cannot be called '{name}'.", nameof(name));
        if (!names.Add(name))
            throw new ArgumentException($"The package already has a file '{name}'.", nameof(name));
    }
}
