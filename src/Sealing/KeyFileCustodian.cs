using System.Runtime.Versioning;
using System.Security.Cryptography;
using Cofferdam.Durable;

namespace Cofferdam.Sealing;

/// <summary>Root keys in files, one per lab: <c>LAB.key</c>, mode 0600, in a folder of mode 0700.</summary>
/// <remarks>
/// A file is <c>"CFDK" ‖ version u8 ‖ lab 16 ‖ key 32 ‖ first 8 bytes of SHA-256 of all before</c>. It is read for every
/// use, so that a file taken away takes effect at once. Keep it out of the data folder's backups: with both in hand
/// everything can be opened.
/// </remarks>
/// <param name="folder">Made where it does not exist.</param>
public sealed class KeyFileCustodian(string folder) : IKeyCustodian
{
    private const byte FormatVersion = 1;
    private const int LabAt = 5;
    private const int KeyAt = LabAt + 16;
    private const int ChecksumAt = KeyAt + ChunkedEncryption.KeyBytes;
    private const int FileBytes = ChecksumAt + 8;

    private static ReadOnlySpan<byte> Magic => "CFDK"u8;

    /// <inheritdoc/>
    public async ValueTask CreateAsync(Guid lab, CancellationToken cancellation = default)
    {
        MakeFolder();
        var path = PathOf(lab);
        if (!File.Exists(path))
            await WriteAsync(lab, path, cancellation);
        CryptographicOperations.ZeroMemory(await RootAsync(lab, cancellation));
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> WrapAsync(Guid lab, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var root = await RootAsync(lab, cancellation);
        var wrapped = KeyWrap.Wrap(root, Bind(lab, context), key.Span);
        CryptographicOperations.ZeroMemory(root);
        return wrapped;
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> UnwrapAsync(Guid lab, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var root = await RootAsync(lab, cancellation);
        var opened = KeyWrap.TryUnwrap(root, Bind(lab, context), wrapped.Span, out var key);
        CryptographicOperations.ZeroMemory(root);
        return opened ? key : throw new KeyCustodyException(
            $"The root key in {PathOf(lab)} does not open this lab's key. It is the key file of another node, or the store was edited.");
    }

    private string PathOf(Guid lab) => Path.Combine(folder, $"{lab:D}.key");

    private static byte[] Bind(Guid lab, ReadOnlyMemory<byte> context) => [.. "root\0"u8, .. lab.ToByteArray(bigEndian: true), .. context.Span];

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, DurableFile.Mode | UnixFileMode.UserExecute);
    }

    // Of two first starts at once one gives the name, and the other uses that key.
    private static async Task WriteAsync(Guid lab, string path, CancellationToken cancellation)
    {
        var content = new byte[FileBytes];
        Magic.CopyTo(content);
        content[LabAt - 1] = FormatVersion;
        lab.TryWriteBytes(content.AsSpan(LabAt), bigEndian: true, out _);
        RandomNumberGenerator.Fill(content.AsSpan(KeyAt, ChunkedEncryption.KeyBytes));
        Checksum(content).CopyTo(content.AsSpan(ChecksumAt));
        try
        {
            await DurableFile.WriteAsync(path, overwrite: false, file => file.WriteAsync(content, cancellation).AsTask());
        }
        catch (IOException) when (File.Exists(path))
        {
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private async Task<byte[]> RootAsync(Guid lab, CancellationToken cancellation)
    {
        var path = PathOf(lab);
        var content = await ReadAsync(path, cancellation);
        try
        {
            if (content.Length > LabAt && content.AsSpan().StartsWith(Magic) && content[LabAt - 1] > FormatVersion)
                throw new KeyCustodyException($"The key file {path} was made by a newer release of Cofferdam.");
            if (content.Length != FileBytes || !content.AsSpan().StartsWith(Magic) || !content.AsSpan(ChecksumAt).SequenceEqual(Checksum(content)))
                throw new KeyCustodyException($"The key file {path} is damaged. Put it back from its backup.");
            if (new Guid(content.AsSpan(LabAt, 16), bigEndian: true) != lab)
                throw new KeyCustodyException($"The key file {path} is that of another lab.");
            return content.AsSpan(KeyAt, ChunkedEncryption.KeyBytes).ToArray();
        }
        finally
        {
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private async Task<byte[]> ReadAsync(string path, CancellationToken cancellation)
    {
        try
        {
            await using var file = new FileStream(path, FileMode.Open, FileAccess.Read, FileShare.Read, bufferSize: 0);
            if (!OperatingSystem.IsWindows())
                RequireOwnerAlone(file);
            var content = new byte[Math.Min(file.Length, FileBytes + 1)];
            await file.ReadExactlyAsync(content, cancellation);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyCustodyException($"There is no key file {path}. Put it back from its backup: without it nothing of this lab can be opened.", e);
        }
        catch (UnauthorizedAccessException e)
        {
            throw new KeyCustodyException($"The key file {path} cannot be read by the account this program runs under.", e);
        }
    }

    // Of the file, asked of the handle that is then read; of the folder, whether others could put a file of theirs there.
    [UnsupportedOSPlatform("windows")]
    private void RequireOwnerAlone(FileStream file)
    {
        if ((File.GetUnixFileMode(file.SafeFileHandle) & ~DurableFile.Mode) != UnixFileMode.None)
            throw new KeyCustodyException($"The key file {file.Name} can be used by others than its owner. Run: chmod 600 {file.Name}");
        if ((File.GetUnixFileMode(folder) & (UnixFileMode.GroupWrite | UnixFileMode.OtherWrite)) != UnixFileMode.None)
            throw new KeyCustodyException($"The key folder {folder} can be written to by others than its owner. Run: chmod 700 {folder}");
    }

    private static byte[] Checksum(ReadOnlySpan<byte> content) => SHA256.HashData(content[..ChecksumAt])[..8];
}
