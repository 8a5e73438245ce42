using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>The derived key of one message, and what it does to one chunk.</summary>
/// <remarks>c2sp.org/chunked-encryption, "AEAD usage": nonce = base nonce XOR chunk number, no associated data.</remarks>
internal sealed class ChunkCipher : IDisposable
{
    /// <summary>Plaintext bytes of every chunk but the last, which is shorter and may be empty.</summary>
    public const int ChunkBytes = 16 * 1024;

    public const int TagBytes = 16;
    public const int SealedChunkBytes = ChunkBytes + TagBytes;

    /// <summary>Message limit of the format: 4 PiB.</summary>
    public const long MaxChunks = 1L << 38;

    private readonly AesGcm aes;
    private readonly uint nonceHigh;
    private readonly ulong nonceLow;

    public ChunkCipher(ReadOnlySpan<byte> key, ReadOnlySpan<byte> baseNonce)
    {
        aes = new AesGcm(key, TagBytes);
        nonceHigh = BinaryPrimitives.ReadUInt32BigEndian(baseNonce);
        nonceLow = BinaryPrimitives.ReadUInt64BigEndian(baseNonce[4..]);
    }

    /// <param name="destination"><paramref name="plaintext"/>'s length and <see cref="TagBytes"/>.</param>
    public void Seal(long chunk, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(chunk, nonce);
        aes.Encrypt(nonce, plaintext, destination[..plaintext.Length], destination[plaintext.Length..]);
    }

    /// <param name="sealedChunk"><paramref name="destination"/>'s length and <see cref="TagBytes"/>.</param>
    /// <returns>False, with nothing in <paramref name="destination"/>, where the chunk is not authentic.</returns>
    public bool TryOpen(long chunk, ReadOnlySpan<byte> sealedChunk, Span<byte> destination)
    {
        Span<byte> nonce = stackalloc byte[12];
        Nonce(chunk, nonce);
        try
        {
            aes.Decrypt(nonce, sealedChunk[..destination.Length], sealedChunk[destination.Length..], destination);
            return true;
        }
        catch (AuthenticationTagMismatchException)
        {
            return false;
        }
    }

    public void Dispose() => aes.Dispose();

    private void Nonce(long chunk, Span<byte> nonce)
    {
        if (chunk >= MaxChunks)
            throw new CryptographicException("A sealed message holds at most 4 PiB.");
        BinaryPrimitives.WriteUInt32BigEndian(nonce, nonceHigh);
        BinaryPrimitives.WriteUInt64BigEndian(nonce[4..], nonceLow ^ (ulong)chunk);
    }
}
