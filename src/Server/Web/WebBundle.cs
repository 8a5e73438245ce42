using System.Security.Cryptography;
using System.Text;
using Microsoft.Extensions.FileProviders;

namespace Cofferdam.Server.Web;

/// <summary>Which web client this process serves, as its receipts name it.</summary>
internal static class WebBundle
{
    /// <summary>SHA-256, in hex, over the lines "sha256 path" of its files in order of path; null where it serves none.</summary>
    public static string? Digest(IFileProvider files)
    {
        if (!files.GetFileInfo("index.html").Exists)
            return null;

        using var digest = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (var (path, file) in All(files, "").OrderBy(entry => entry.Path, StringComparer.Ordinal))
        {
            using var content = file.CreateReadStream();
            digest.AppendData(Encoding.UTF8.GetBytes($"{Convert.ToHexStringLower(SHA256.HashData(content))} {path}\n"));
        }

        return Convert.ToHexStringLower(digest.GetHashAndReset());
    }

    private static IEnumerable<(string Path, IFileInfo File)> All(IFileProvider files, string folder) =>
        files.GetDirectoryContents(folder).SelectMany(entry => entry.IsDirectory
            ? All(files, $"{folder}/{entry.Name}")
            : [(Path: $"{folder}/{entry.Name}", File: entry)]);
}
