using System.Security.Cryptography;
using Cofferdam.Ledger;

namespace Cofferdam.Package;

/// <summary>One pass over one package.</summary>
/// <param name="target">Folder that files are copied to as they pass, once the signature has been found good; null copies nothing.</param>
internal sealed class PackageInspection(string path, ReadOnlyMemory<byte> publicKey, ECDiffieHellman? privateKey, string? target)
{
    private readonly List<PackageCheck> checks = [];
    private readonly Dictionary<string, PackageFile> awaited = new(PackageNames.Comparer);
    private readonly string name = Path.GetFileName(Path.TrimEndingDirectorySeparator(path));
    private PackageManifest? manifest;
    private byte[]? manifestBytes;
    private bool signed;
    private string? openedBy;

    public async Task<PackageReport> RunAsync(CancellationToken cancellation)
    {
        if (Directory.Exists(path))
        {
            // Unpacked: that it was once encrypted, and to whom, is the manifest's word.
            await InspectAsync(PackageEntries.InFolderAsync(path, cancellation), unpacked: true, cancellation);
        }
        else
        {
            await using var file = File.OpenRead(path);
            await InspectFileAsync(file, cancellation);
        }

        return new PackageReport(manifest, checks);
    }

    private async Task InspectFileAsync(FileStream file, CancellationToken cancellation)
    {
        var start = new byte[PackageEncryption.Magic.Length];
        var read = await file.ReadAtLeastAsync(start, start.Length, throwOnEndOfStream: false, cancellation);
        file.Position = 0;
        if (read < start.Length || !start.AsSpan().SequenceEqual(PackageEncryption.Magic))
        {
            await InspectAsync(PackageEntries.InTarAsync(file, cancellation), unpacked: false, cancellation);
            return;
        }

        var (body, finding) = await PackageEncryption.OpenAsync(file, privateKey, cancellation);
        Add(PackageCheckKind.Decryption, name, finding);
        if (body is null)
            return;
        openedBy = RecipientKey.Of(privateKey!).Name;
        await using (body)
            await InspectAsync(PackageEntries.InTarAsync(body, cancellation), unpacked: false, cancellation);
    }

    private async Task InspectAsync(IAsyncEnumerable<PackageEntry> entries, bool unpacked, CancellationToken cancellation)
    {
        try
        {
            var position = 0;
            await foreach (var entry in entries.WithCancellation(cancellation))
            {
                var goesOn = position++ switch
                {
                    0 => await TakeManifestAsync(entry, unpacked, cancellation),
                    1 => await TakeSignatureAsync(entry, cancellation),
                    _ => await TakeFileAsync(entry, cancellation),
                };
                if (!goesOn)
                    return;
            }

            Add(PackageCheckKind.Readable, name, null);
            if (manifest is null)
                Add(PackageCheckKind.Manifest, name, "it has no manifest");
            else if (position < 2)
                Add(PackageCheckKind.Signature, PackageManifest.SignatureName, "it is not signed");
        }
        catch (BrokenPackageException e)
        {
            Add(PackageCheckKind.Readable, name, e.Message);
        }

        foreach (var missing in awaited.Values)
            Add(PackageCheckKind.Present, missing.Name, "it is missing");
    }

    private async Task<bool> TakeManifestAsync(PackageEntry entry, bool unpacked, CancellationToken cancellation)
    {
        manifestBytes = Is(entry, PackageManifest.FileName) ? await ReadAllAsync(entry.Content!, PackageManifest.MaxBytes, cancellation) : null;
        manifest = manifestBytes is null ? null : PackageManifest.TryParse(manifestBytes);
        if (manifest is null)
        {
            Add(PackageCheckKind.Manifest, name, "it does not begin with a manifest of a known format");
            return false;
        }

        var bad = manifest.Files.FirstOrDefault(file => !PackageNames.IsSafe(file.Name) || !awaited.TryAdd(file.Name, file));
        Add(PackageCheckKind.Manifest, PackageManifest.FileName, bad is null ? null : $"it lists an unsafe name, or a name twice: '{Shown(bad.Name)}'");
        if (!unpacked)
            CheckRecipient(manifest.Recipient);
        return true;
    }

    private void CheckRecipient(string? recipient) => Add(
        PackageCheckKind.Recipient,
        PackageManifest.FileName,
        string.Equals(recipient, openedBy, StringComparison.Ordinal) ? null
            : recipient is null ? "it was signed as a package in clear, and somebody has encrypted it"
            : openedBy is null ? "it was signed as a package encrypted to a recipient, and somebody has decrypted it"
            : "it was signed for another recipient, and somebody has passed it on");

    private async Task<bool> TakeSignatureAsync(PackageEntry entry, CancellationToken cancellation)
    {
        if (!Is(entry, PackageManifest.SignatureName))
        {
            Add(PackageCheckKind.Signature, PackageManifest.SignatureName, "it is not signed");
            return await TakeFileAsync(entry, cancellation);
        }

        var signature = await ReadAllAsync(entry.Content!, Ed25519.SignatureBytes, cancellation) ?? [];
        signed = Ed25519.Verify(publicKey.Span, manifestBytes, signature);
        Add(PackageCheckKind.Signature, PackageManifest.SignatureName, signed ? null : "the manifest is not signed by the key given");
        if (signed && target is not null)
        {
            await File.WriteAllBytesAsync(Path.Combine(target, PackageManifest.FileName), manifestBytes!, cancellation);
            await File.WriteAllBytesAsync(Path.Combine(target, PackageManifest.SignatureName), signature, cancellation);
        }

        return true;
    }

    private async Task<bool> TakeFileAsync(PackageEntry entry, CancellationToken cancellation)
    {
        if (entry.Content is null || !awaited.Remove(entry.Name, out var expected) || !string.Equals(entry.Name, expected.Name, StringComparison.Ordinal))
        {
            Add(PackageCheckKind.Expected, Shown(entry.Name), "it is not in the manifest, is there twice, or is no plain file");
            return true;
        }

        using var digest = new RowDigest();
        await using (var copy = signed && target is not null ? Create(Path.Combine(target, expected.Name)) : Stream.Null)
            await ReadAsync(entry.Content, digest, copy, cancellation);
        var found = digest.Finish(expected.Name, expected.Rows is not null);

        Add(PackageCheckKind.Present, expected.Name, null);
        var sameContent = found.Bytes == expected.Bytes && string.Equals(found.Sha256, expected.Sha256, StringComparison.Ordinal);
        Add(PackageCheckKind.Content, expected.Name, sameContent ? null : "its content is not what was signed");
        if (expected.Rows is not null)
            CheckRows(expected, found, digest.EndsInsideRow);
        return true;
    }

    private void CheckRows(PackageFile expected, PackageFile found, bool endsInsideRow)
    {
        Add(PackageCheckKind.RowCount, expected.Name,
            endsInsideRow ? "its last row is not ended" : found.Rows == expected.Rows ? null : $"it has {found.Rows} rows, not {expected.Rows}");
        var sameRoot = string.Equals(found.RowsRoot, expected.RowsRoot, StringComparison.Ordinal);
        Add(PackageCheckKind.RowsRoot, expected.Name, sameRoot ? null : "its rows are not what was signed");
    }

    private static async Task ReadAsync(Stream content, RowDigest digest, Stream copy, CancellationToken cancellation)
    {
        var buffer = new byte[64 * 1024];
        try
        {
            for (int read; (read = await content.ReadAsync(buffer, cancellation)) > 0;)
            {
                digest.Append(buffer.AsSpan(0, read));
                await copy.WriteAsync(buffer.AsMemory(0, read), cancellation);
            }
        }
        catch (Exception e) when (e is CryptographicException or EndOfStreamException)
        {
            throw new BrokenPackageException("it was edited or cut", e);
        }
    }

    private static async Task<byte[]?> ReadAllAsync(Stream content, int limit, CancellationToken cancellation)
    {
        var bytes = new byte[Math.Min(limit + 1L, content.Length)];
        try
        {
            await content.ReadExactlyAsync(bytes, cancellation);
        }
        catch (Exception e) when (e is CryptographicException or EndOfStreamException)
        {
            throw new BrokenPackageException("it was edited or cut", e);
        }

        return bytes.Length <= limit ? bytes : null;
    }

    private static FileStream Create(string file)
    {
        Directory.CreateDirectory(Path.GetDirectoryName(file)!);
        return new FileStream(file, FileMode.CreateNew, FileAccess.Write, FileShare.None);
    }

    private static bool Is(PackageEntry entry, string expected) =>
        entry.Content is not null && string.Equals(entry.Name, expected, StringComparison.Ordinal);

    // A hostile name must not reach a terminal as it is.
    private static string Shown(string found) => PackageNames.IsSafe(found) ? found : "(a name with characters that are not allowed)";

    private void Add(PackageCheckKind kind, string subject, string? finding) => checks.Add(new PackageCheck(kind, subject, finding));
}
