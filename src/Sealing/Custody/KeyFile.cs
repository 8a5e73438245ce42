using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>The bytes of a key file, version 1: a root key in clear.</summary>
/// <remarks><c>"CFDK" ‖ version u8 ‖ lab 16 ‖ key 32 ‖ first 8 bytes of SHA-256 of all before</c> (docs/formats/sealed-record.md).</remarks>
internal static class KeyFile
{
    public const int MostBytes = ChecksumAt + ChecksumBytes;

    private const byte FormatVersion = 1;
    private const int LabAt = 5;
    private const int KeyAt = LabAt + 16;
    private const int ChecksumAt = KeyAt + ChunkedEncryption.KeyBytes;
    private const int ChecksumBytes = 8;

    private static ReadOnlySpan<byte> Magic => "CFDK"u8;

    public static byte[] Write(Guid lab, ReadOnlySpan<byte> root)
    {
        var content = new byte[ChecksumAt + ChecksumBytes];
        Magic.CopyTo(content);
        content[LabAt - 1] = FormatVersion;
        lab.TryWriteBytes(content.AsSpan(LabAt), bigEndian: true, out _);
        root.CopyTo(content.AsSpan(KeyAt));
        Checksum(content.AsSpan(0, ChecksumAt)).CopyTo(content.AsSpan(ChecksumAt));
        return content;
    }

    /// <param name="path">For what is told to people.</param>
    public static byte[] Read(string path, Guid lab, ReadOnlySpan<byte> content)
    {
        if (content.Length > LabAt && content.StartsWith(Magic) && content[LabAt - 1] > FormatVersion)
            throw new KeyCustodyException($"The key file {path} was made by a newer release of Cofferdam.");
        if (content.Length != ChecksumAt + ChecksumBytes || !content.StartsWith(Magic) || !content[^ChecksumBytes..].SequenceEqual(Checksum(content[..^ChecksumBytes])))
            throw new KeyCustodyException($"The key file {path} is damaged. Put it back from its backup.");
        if (new Guid(content.Slice(LabAt, 16), bigEndian: true) != lab)
            throw new KeyCustodyException($"The key file {path} is that of another lab.");
        return content.Slice(KeyAt, ChunkedEncryption.KeyBytes).ToArray();
    }

    private static byte[] Checksum(ReadOnlySpan<byte> content) => SHA256.HashData(content)[..ChecksumBytes];
}
