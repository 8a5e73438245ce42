using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>The bytes of a key file. Version 1 holds the root key in clear; for version 2 see <see cref="SealedKeyFile"/>.</summary>
/// <remarks><c>"CFDK" ‖ version u8 ‖ lab 16 ‖ key 32 ‖ first 8 bytes of SHA-256 of all before</c> (docs/formats/sealed-record.md).</remarks>
internal static class KeyFile
{
    public const int MostBytes = SealedKeyFile.Bytes;
    public const int ChecksumBytes = 8;
    public const int KeyAt = LabAt + 16;

    private const byte FormatVersion = 1;
    private const int LabAt = 5;
    private const int Bytes = KeyAt + ChunkedEncryption.KeyBytes + ChecksumBytes;

    private static ReadOnlySpan<byte> Magic => "CFDK"u8;

    /// <param name="passphrase">Seals the file; null leaves it in clear.</param>
    public static byte[] Write(Guid lab, ReadOnlySpan<byte> root, Passphrase? passphrase)
    {
        if (passphrase is not null)
            return SealedKeyFile.Write(lab, root, passphrase);
        var content = new byte[Bytes];
        WriteHeader(content, FormatVersion, lab);
        root.CopyTo(content.AsSpan(KeyAt));
        Checksum(content.AsSpan(0, Bytes - ChecksumBytes)).CopyTo(content, Bytes - ChecksumBytes);
        return content;
    }

    /// <summary>Reads a file of either version.</summary>
    /// <param name="path">For what is told to people.</param>
    public static byte[] Read(string path, Guid lab, ReadOnlySpan<byte> content, Passphrase? passphrase)
    {
        var version = content.Length > LabAt && content.StartsWith(Magic) ? content[LabAt - 1] : 0;
        if (version > SealedKeyFile.FormatVersion)
            throw new KeyCustodyException($"The key file {path} was made by a newer release of Cofferdam.");
        if (version == 0
            || content.Length != (version == FormatVersion ? Bytes : SealedKeyFile.Bytes)
            || !content[^ChecksumBytes..].SequenceEqual(Checksum(content[..^ChecksumBytes])))
            throw new KeyCustodyException($"The key file {path} is damaged. Put it back from its backup.");
        if (new Guid(content.Slice(LabAt, 16), bigEndian: true) != lab)
            throw new KeyCustodyException($"The key file {path} is that of another lab.");
        return version == FormatVersion
            ? content.Slice(KeyAt, ChunkedEncryption.KeyBytes).ToArray()
            : SealedKeyFile.Read(path, content, passphrase);
    }

    public static void WriteHeader(Span<byte> content, byte version, Guid lab)
    {
        Magic.CopyTo(content);
        content[LabAt - 1] = version;
        lab.TryWriteBytes(content[LabAt..], bigEndian: true, out _);
    }

    public static byte[] Checksum(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..ChecksumBytes];
}
