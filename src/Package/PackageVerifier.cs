using System.Security.Cryptography;

namespace Cofferdam.Package;

/// <summary>Checks a delivery package offline, and unpacks one that is sound.</summary>
public static class PackageVerifier
{
    /// <summary>Checks a package: signature, every file's hash, rows and root, nothing missing, nothing more.</summary>
    /// <param name="path">A package, encrypted or not, or a folder that one was unpacked into.</param>
    /// <param name="publicKey">The lab node's delivery key, 32 bytes, got by another way than the package.</param>
    /// <param name="privateKey">The recipient's key; needed where the package is encrypted.</param>
    /// <returns>Every check made. A package that cannot be read is a finding, not an exception.</returns>
    /// <exception cref="IOException">There is no such file or folder, or the disk fails.</exception>
    public static Task<PackageReport> VerifyAsync(
        string path, ReadOnlyMemory<byte> publicKey, ECDiffieHellman? privateKey = null, CancellationToken cancellation = default) =>
        new PackageInspection(path, publicKey, privateKey, target: null).RunAsync(cancellation);

    /// <summary>Checks a package and unpacks it in the same pass.</summary>
    /// <param name="folder">Must not exist. It appears whole, and only if the report is sound.</param>
    /// <inheritdoc cref="VerifyAsync"/>
    /// <exception cref="IOException">The folder exists, there is no such package, or the disk fails.</exception>
    public static async Task<PackageReport> UnpackAsync(
        string path, string folder, ReadOnlyMemory<byte> publicKey, ECDiffieHellman? privateKey = null, CancellationToken cancellation = default)
    {
        folder = Path.TrimEndingDirectorySeparator(Path.GetFullPath(folder));
        if (Path.Exists(folder))
            throw new IOException($"The folder {folder} exists already.");

        var aside = $"{folder}.{Guid.NewGuid():N}.partial";
        Directory.CreateDirectory(aside);
        try
        {
            var report = await new PackageInspection(path, publicKey, privateKey, aside).RunAsync(cancellation);
            if (report.IsSound)
                Directory.Move(aside, folder);
            return report;
        }
        finally
        {
            if (Directory.Exists(aside))
                Directory.Delete(aside, recursive: true);
        }
    }
}
