using System.Formats.Tar;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;

namespace Cofferdam.Package;

/// <summary>A file of a package as found, not yet believed.</summary>
/// <param name="Name">As written in the tar, or relative to the folder, with slashes.</param>
/// <param name="Content">To be read before the next entry is asked for; null where it is not a plain file.</param>
internal readonly record struct PackageEntry(string Name, Stream? Content);

/// <summary>The package is not what its form says: bytes are missing, changed or too many.</summary>
internal sealed class BrokenPackageException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Reads the files of a package, in a tar or unpacked in a folder; manifest and signature come first.</summary>
internal static class PackageEntries
{
    public static async IAsyncEnumerable<PackageEntry> InTarAsync(Stream stream, [EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var tar = new TarReader(stream, leaveOpen: true);
        while (await NextAsync(tar, cancellation) is { } entry)
        {
            var isFile = entry.EntryType is TarEntryType.RegularFile or TarEntryType.V7RegularFile;
            yield return new PackageEntry(entry.Name, isFile ? entry.DataStream ?? Stream.Null : null);
        }

        await RequireEndAsync(stream, cancellation);
    }

    public static async IAsyncEnumerable<PackageEntry> InFolderAsync(string folder, [EnumeratorCancellation] CancellationToken cancellation)
    {
        var files = Walk(new DirectoryInfo(folder))
            .Select(found => (Name: Path.GetRelativePath(folder, found.FullName).Replace(Path.DirectorySeparatorChar, '/'), Found: found))
            .OrderBy(file => file.Name switch { PackageManifest.FileName => 0, PackageManifest.SignatureName => 1, _ => 2 })
            .ThenBy(file => file.Name, StringComparer.Ordinal);
        foreach (var (name, found) in files)
        {
            cancellation.ThrowIfCancellationRequested();
            if (found.LinkTarget is not null)
            {
                yield return new PackageEntry(name, null);
                continue;
            }

            await using var content = File.OpenRead(found.FullName);
            yield return new PackageEntry(name, content);
        }
    }

    // A link could point anywhere: it is shown as what it is, and a folder behind one is not entered.
    private static IEnumerable<FileSystemInfo> Walk(DirectoryInfo folder) => folder.EnumerateFileSystemInfos()
        .SelectMany(found => found is DirectoryInfo { LinkTarget: null } below ? Walk(below) : [found]);

    private static async Task<TarEntry?> NextAsync(TarReader tar, CancellationToken cancellation)
    {
        try
        {
            return await tar.GetNextEntryAsync(copyData: false, cancellation);
        }
        catch (Exception e) when (e is InvalidDataException or EndOfStreamException or FormatException or OverflowException or ArgumentException)
        {
            throw new BrokenPackageException("it is not a tar, or was edited or cut", e);
        }
        catch (CryptographicException e)
        {
            throw new BrokenPackageException("it was edited or cut", e);
        }
    }

    // A tar ends in zeros. Reading on to the end also makes an encrypted one prove that it is whole.
    private static async Task RequireEndAsync(Stream stream, CancellationToken cancellation)
    {
        var buffer = new byte[16 * 1024];
        try
        {
            for (int read; (read = await stream.ReadAsync(buffer, cancellation)) > 0;)
            {
                if (buffer.AsSpan(0, read).ContainsAnyExcept((byte)0))
                    throw new BrokenPackageException("there is something behind its last file");
            }
        }
        catch (CryptographicException e)
        {
            throw new BrokenPackageException("it was edited or cut", e);
        }
    }
}
