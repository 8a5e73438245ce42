using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing;

/// <summary>
/// A key as it is handed to custodians that encrypt with plain AES-GCM, which alone does not commit to its key: the key
/// with a commitment to it and to what it is for, checked after decryption.
/// </summary>
/// <remarks>
/// <c>key 32 ‖ SHA-256("cofferdam/key-commitment@1" ‖ 0 ‖ binding 32 ‖ key)</c>. A ciphertext that opens under two root
/// keys must carry a fitting hash under both, which takes some 2^128 work (docs/decisions/0019-custodians.md).
/// </remarks>
internal static class CommittedKey
{
    public const int Bytes = ChunkedEncryption.KeyBytes + SHA256.HashSizeInBytes;

    /// <summary>What a wrapped key is for, in 32 bytes: the custodian's associated data, and part of the commitment.</summary>
    public static byte[] Binding(string custodian, Guid lab, string root, ReadOnlySpan<byte> context)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("cofferdam/root-wrap@1\0"u8);
        Append(hash, Encoding.UTF8.GetBytes(custodian));
        Append(hash, lab.ToByteArray(bigEndian: true));
        Append(hash, Encoding.UTF8.GetBytes(root));
        Append(hash, context);
        return hash.GetHashAndReset();
    }

    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static byte[] Pack(ReadOnlySpan<byte> binding, ReadOnlySpan<byte> key)
    {
        if (key.Length != ChunkedEncryption.KeyBytes)
            throw new ArgumentException($"A key is {ChunkedEncryption.KeyBytes} bytes, not {key.Length}.", nameof(key));
        return [.. key, .. Commitment(binding, key)];
    }

    /// <param name="packed">Cleared.</param>
    /// <returns>False where the commitment does not fit.</returns>
    public static bool TryUnpack(ReadOnlySpan<byte> binding, Span<byte> packed, out byte[] key)
    {
        key = [];
        if (packed.Length != Bytes)
            return false;
        var fits = CryptographicOperations.FixedTimeEquals(Commitment(binding, packed[..ChunkedEncryption.KeyBytes]), packed[ChunkedEncryption.KeyBytes..]);
        if (fits)
            key = packed[..ChunkedEncryption.KeyBytes].ToArray();
        CryptographicOperations.ZeroMemory(packed);
        return fits;
    }

    private static byte[] Commitment(ReadOnlySpan<byte> binding, ReadOnlySpan<byte> key)
    {
        using var hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        hash.AppendData("cofferdam/key-commitment@1\0"u8);
        hash.AppendData(binding);
        hash.AppendData(key);
        return hash.GetHashAndReset();
    }

    private static void Append(IncrementalHash hash, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[sizeof(int)];
        BinaryPrimitives.WriteInt32BigEndian(length, field.Length);
        hash.AppendData(length);
        hash.AppendData(field);
    }
}
