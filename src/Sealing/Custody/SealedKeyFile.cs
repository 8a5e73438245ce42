using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>The bytes of a key file, version 2: a root key sealed under a key from a passphrase.</summary>
/// <remarks>
/// <c>"CFDK" ‖ version u8 ‖ lab 16 ‖ iterations u32 ‖ salt 32 ‖ wrapped key 104 ‖ first 8 bytes of SHA-256 of all before</c>;
/// the context of the wrapped key is everything before it (docs/formats/sealed-record.md).
/// </remarks>
internal static class SealedKeyFile
{
    public const byte FormatVersion = 2;
    public const int Bytes = ChecksumAt + KeyFile.ChecksumBytes;

    private const int IterationsAt = KeyFile.KeyAt;
    private const int SaltAt = IterationsAt + sizeof(int);
    private const int WrappedAt = SaltAt + Passphrase.SaltBytes;
    private const int ChecksumAt = WrappedAt + KeyWrap.WrappedBytes;

    public static byte[] Write(Guid lab, ReadOnlySpan<byte> root, Passphrase passphrase)
    {
        var content = new byte[Bytes];
        KeyFile.WriteHeader(content, FormatVersion, lab);
        BinaryPrimitives.WriteInt32BigEndian(content.AsSpan(IterationsAt), Passphrase.LeastIterations);
        var salt = content.AsSpan(SaltAt, Passphrase.SaltBytes);
        RandomNumberGenerator.Fill(salt);
        KeyWrap.Wrap(passphrase.Derive(salt, Passphrase.LeastIterations), content.AsSpan(0, WrappedAt), root).CopyTo(content, WrappedAt);
        KeyFile.Checksum(content.AsSpan(0, ChecksumAt)).CopyTo(content, ChecksumAt);
        return content;
    }

    /// <param name="content">Whole by its checksum, and of this version.</param>
    public static byte[] Read(string path, ReadOnlySpan<byte> content, Passphrase? passphrase)
    {
        if (passphrase is null)
            throw new KeyCustodyException($"The key file {path} is sealed with a passphrase. Name the file that holds it: file:passphrase-file=PATH");
        var iterations = BinaryPrimitives.ReadInt32BigEndian(content[IterationsAt..]);
        if (iterations is < Passphrase.LeastIterations or > Passphrase.MostIterations)
            throw new KeyCustodyException($"The key file {path} asks for {iterations} iterations, which is no file of Cofferdam's. Put it back from its backup.");
        return KeyWrap.TryUnwrap(passphrase.Derive(content.Slice(SaltAt, Passphrase.SaltBytes), iterations), content[..WrappedAt], content[WrappedAt..ChecksumAt], out var root)
            ? root
            : throw new KeyCustodyException($"The passphrase is not the one that the key file {path} was sealed with.");
    }
}
