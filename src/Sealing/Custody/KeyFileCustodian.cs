using System.Globalization;
using System.Runtime.Versioning;
using System.Security.Cryptography;
using Cofferdam.Durable;

namespace Cofferdam.Sealing;

/// <summary>Root keys in files, <c>LAB.key</c> and later versions <c>LAB.N.key</c>, mode 0600, in a folder of mode 0700.</summary>
/// <remarks>
/// A file is read for every use, so that one taken away takes effect at once. Keep the folder out of the data folder's
/// backups: with both in hand everything can be opened. References are version numbers.
/// </remarks>
/// <param name="folder">Made where it does not exist.</param>
/// <param name="passphrase">
/// Seals the files made from now on, and opens those that are sealed; files in clear stay readable. Disposed with this.
/// </param>
public sealed class KeyFileCustodian(string folder, Passphrase? passphrase = null, TimeProvider? time = null) : IKeyCustodian
{
    private readonly TimeProvider time = time ?? TimeProvider.System;

    public string Name => passphrase is null ? "file" : "file+passphrase";

    public bool Evaluation => true;

    /// <inheritdoc/>
    /// <remarks>Of two first starts at once one gives the name, and the other uses that key.</remarks>
    public async ValueTask<string> CreateAsync(Guid lab, CancellationToken cancellation = default)
    {
        MakeFolder();
        for (var version = Next(lab); ; version++)
        {
            if (!await TryWriteAsync(lab, version, cancellation) && version > 1)
                continue;
            var root = version.ToString(CultureInfo.InvariantCulture);
            CryptographicOperations.ZeroMemory(await RootAsync(lab, root, cancellation));
            return root;
        }
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> WrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> key, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var rootKey = await RootAsync(lab, root, cancellation);
        var wrapped = KeyWrap.Wrap(rootKey, Bind(lab, context), key.Span);
        CryptographicOperations.ZeroMemory(rootKey);
        return wrapped;
    }

    /// <inheritdoc/>
    public async ValueTask<byte[]> UnwrapAsync(
        Guid lab, string root, ReadOnlyMemory<byte> wrapped, ReadOnlyMemory<byte> context, CancellationToken cancellation = default)
    {
        var rootKey = await RootAsync(lab, root, cancellation);
        var opened = KeyWrap.TryUnwrap(rootKey, Bind(lab, context), wrapped.Span, out var key);
        CryptographicOperations.ZeroMemory(rootKey);
        return opened ? key : throw new KeyCustodyException(
            $"The root key in {PathOf(lab, root)} does not open this lab's key. It is the key file of another node, or the store was edited.");
    }

    /// <inheritdoc/>
    /// <remarks>
    /// Overwrites the file, syncs it, removes it, syncs the folder, and leaves an empty <c>LAB.N.destroyed</c>, so that its
    /// number is not given again. A journal, a snapshot, an SSD's spare blocks and backups may keep a copy.
    /// </remarks>
    public ValueTask<DateTimeOffset> DestroyAsync(Guid lab, string root, CancellationToken cancellation = default)
    {
        var path = PathOf(lab, root);
        try
        {
            Destroy(path, MarkOf(lab, root));
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyCustodyException($"The key file {path} could not be destroyed, and may still be there: {e.Message}", e);
        }

        return ValueTask.FromResult(time.GetUtcNow());
    }

    /// <inheritdoc/>
    public async ValueTask CheckAsync(Guid lab, string root, CancellationToken cancellation = default) =>
        CryptographicOperations.ZeroMemory(await RootAsync(lab, root, cancellation));

    public void Dispose() => passphrase?.Dispose();

    private static byte[] Bind(Guid lab, ReadOnlyMemory<byte> context) => [.. "root\0"u8, .. lab.ToByteArray(bigEndian: true), .. context.Span];

    // The first file bears no number, as it did when there was one alone.
    private string PathOf(Guid lab, string root) => Path.Combine(folder, Number(root) == 1 ? $"{lab:D}.key" : $"{lab:D}.{root}.key");

    private string MarkOf(Guid lab, string root) => Path.Combine(folder, $"{lab:D}.{root}.destroyed");

    private static int Number(string root) =>
        int.TryParse(root, NumberStyles.None, CultureInfo.InvariantCulture, out var version) && version > 0 && root[0] != '0'
            ? version
            : throw new KeyCustodyException("The root key that the vault names is none of a key file. Choose the custodian that holds it.");

    private int Next(Guid lab)
    {
        var taken = Directory.EnumerateFiles(folder, $"{lab:D}.*")
            .Select(file => Path.GetFileName(file).Split('.'))
            .Select(parts => parts is [_, "key"] ? 1 : parts is [_, var version, "key" or "destroyed"] && int.TryParse(version, CultureInfo.InvariantCulture, out var number) ? number : 0);
        return taken.Append(0).Max() + 1;
    }

    private void MakeFolder()
    {
        if (OperatingSystem.IsWindows())
            Directory.CreateDirectory(folder);
        else
            Directory.CreateDirectory(folder, DurableFile.Mode | UnixFileMode.UserExecute);
    }

    private void Destroy(string path, string mark)
    {
        if (!Directory.Exists(folder))
            return;
        File.WriteAllBytes(mark, []);
        DurableFolder.Sync(folder);
        if (!File.Exists(path))
            return;
        using (var file = new FileStream(path, FileMode.Open, FileAccess.Write, FileShare.None, bufferSize: 0))
        {
            file.Write(RandomNumberGenerator.GetBytes((int)Math.Min(file.Length, KeyFile.MostBytes)));
            file.Flush(flushToDisk: true);
        }

        File.Delete(path);
        DurableFolder.Sync(folder);
    }

    // False where somebody else gave the name a moment earlier.
    private async Task<bool> TryWriteAsync(Guid lab, int version, CancellationToken cancellation)
    {
        var path = PathOf(lab, version.ToString(CultureInfo.InvariantCulture));
        var root = RandomNumberGenerator.GetBytes(ChunkedEncryption.KeyBytes);
        var content = KeyFile.Write(lab, root, passphrase);
        try
        {
            await DurableFile.WriteAsync(path, overwrite: false, file => file.WriteAsync(content, cancellation).AsTask());
            return true;
        }
        catch (IOException) when (File.Exists(path))
        {
            return false;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException)
        {
            throw new KeyCustodyException($"The key file {path} cannot be written: {e.Message}", e);
        }
        finally
        {
            CryptographicOperations.ZeroMemory(root);
            CryptographicOperations.ZeroMemory(content);
        }
    }

    private async Task<byte[]> RootAsync(Guid lab, string root, CancellationToken cancellation)
    {
        var path = PathOf(lab, root);
        if (File.Exists(MarkOf(lab, root)))
            throw new KeyCustodyException($"The root key {path} was destroyed. What was sealed under it stays closed.");
        var content = await ReadAsync(path, cancellation);
        try
        {
            return KeyFile.Read(path, lab, content, passphrase);
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
            var content = new byte[Math.Min(file.Length, KeyFile.MostBytes + 1)];
            await file.ReadExactlyAsync(content, cancellation);
            return content;
        }
        catch (Exception e) when (e is FileNotFoundException or DirectoryNotFoundException)
        {
            throw new KeyCustodyException($"There is no key file {path}. Put it back from its backup: without it nothing of this lab can be opened.", e);
        }
        catch (IOException e)
        {
            throw new KeyCustodyException($"The key file {path} cannot be read: {e.Message}", e);
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
}
