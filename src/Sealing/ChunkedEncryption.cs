using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>
/// Authenticated, key-committing encryption of whole messages: C2SP chunked-encryption@v1 over AES-256-GCM
/// ("Cobblestone-256").
/// </summary>
/// <remarks>
/// Sealed bytes are <c>salt 24 ‖ commitment 32 ‖ chunks</c> of 16 KiB and a 16-byte tag each, the last one shorter
/// (c2sp.org/chunked-encryption). Every message has a fresh salt and so a key of its own; a sealed message opens under
/// one key and one context only. For messages that should not be in memory see <see cref="SealingStream"/>.
/// </remarks>
public static class ChunkedEncryption
{
    /// <summary>Length of a key in bytes.</summary>
    public const int KeyBytes = MessageHeader.KeyBytes;

    /// <summary>Seals a message.</summary>
    /// <param name="key">32 uniformly random bytes.</param>
    /// <param name="context">What the message is; may be empty. Opening needs the same bytes.</param>
    /// <param name="plaintext">The message; may be empty.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static byte[] Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext)
    {
        var body = GC.AllocateUninitializedArray<byte>(SealedLength(plaintext.Length));
        Seal(key, context, plaintext, body);
        return body;
    }

    /// <summary>Seals a message into memory of the caller's.</summary>
    /// <param name="destination">Exactly <see cref="SealedLength"/> bytes.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long, or the destination has another length.</exception>
    public static void Seal(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        if (destination.Length != SealedLength(plaintext.Length))
            throw new ArgumentException("The destination must have exactly the sealed length.", nameof(destination));

        using var cipher = MessageHeader.Begin(key, context, destination[..MessageHeader.Bytes]);
        SealChunks(cipher, plaintext, destination[MessageHeader.Bytes..]);
    }

    /// <summary>Opens a message.</summary>
    /// <param name="context">As it was sealed.</param>
    /// <param name="body">The sealed bytes.</param>
    /// <param name="plaintext">The whole message; empty where this returns false.</param>
    /// <returns>False where key or context is another, or the bytes were edited, cut, extended or reordered.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> body, out byte[] plaintext)
    {
        long uncounted = 0;
        return TryOpen(key, context, body, ref uncounted, out plaintext);
    }

    /// <summary>Opens a message into memory of the caller's.</summary>
    /// <param name="plaintext">Exactly <see cref="PlaintextLength"/> bytes; cleared where this returns false.</param>
    /// <returns>False where key or context is another, or the bytes were edited, cut, extended or reordered.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long, or <paramref name="plaintext"/> has another length.</exception>
    public static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> body, Span<byte> plaintext)
    {
        var length = PlaintextLength(body.Length);
        if (length >= 0 && length != plaintext.Length)
            throw new ArgumentException("The memory must have exactly the length of the plaintext.", nameof(plaintext));
        if (length < 0 || !MessageHeader.TryResume(key, context, body[..MessageHeader.Bytes], out var cipher))
        {
            plaintext.Clear();
            return false;
        }

        using (cipher)
        {
            if (TryOpenChunks(cipher, body[MessageHeader.Bytes..], plaintext))
                return true;
            CryptographicOperations.ZeroMemory(plaintext);
            return false;
        }
    }

    /// <summary>Length of a message once sealed: 56 bytes and 16 per chunk more.</summary>
    /// <exception cref="OverflowException">It would not fit into one array.</exception>
    public static int SealedLength(int plaintextLength) =>
        checked(MessageHeader.Bytes + plaintextLength + (((plaintextLength / ChunkCipher.ChunkBytes) + 1) * ChunkCipher.TagBytes));

    /// <summary>Length of the message in sealed bytes of a given length.</summary>
    /// <returns>-1 where no message has that sealed length.</returns>
    public static long PlaintextLength(long sealedLength)
    {
        var chunks = sealedLength - MessageHeader.Bytes;
        var whole = Math.DivRem(chunks, ChunkCipher.SealedChunkBytes, out var last);
        return chunks < 0 || last < ChunkCipher.TagBytes ? -1 : (whole * ChunkCipher.ChunkBytes) + last - ChunkCipher.TagBytes;
    }

    /// <param name="opened">Raised by one right after the AEAD has authenticated the last chunk.</param>
    internal static bool TryOpen(ReadOnlySpan<byte> key, ReadOnlySpan<byte> context, ReadOnlySpan<byte> body, ref long opened, out byte[] plaintext)
    {
        plaintext = [];
        if (key.Length != KeyBytes)
            throw new ArgumentException($"A sealing key is {KeyBytes} bytes, not {key.Length}.", nameof(key));

        var length = PlaintextLength(body.Length);
        if (length < 0 || !MessageHeader.TryResume(key, context, body[..MessageHeader.Bytes], out var cipher))
            return false;

        using (cipher)
        {
            var message = GC.AllocateUninitializedArray<byte>((int)length);
            if (!TryOpenChunks(cipher, body[MessageHeader.Bytes..], message))
            {
                CryptographicOperations.ZeroMemory(message);
                return false;
            }

            Interlocked.Increment(ref opened);
            plaintext = message;
            return true;
        }
    }

    internal static void SealChunks(ChunkCipher cipher, ReadOnlySpan<byte> plaintext, Span<byte> destination)
    {
        for (long chunk = 0; ; chunk++)
        {
            var bytes = Math.Min(plaintext.Length, ChunkCipher.ChunkBytes);
            cipher.Seal(chunk, plaintext[..bytes], destination[..(bytes + ChunkCipher.TagBytes)]);
            if (bytes < ChunkCipher.ChunkBytes)
                return;
            plaintext = plaintext[bytes..];
            destination = destination[(bytes + ChunkCipher.TagBytes)..];
        }
    }

    private static bool TryOpenChunks(ChunkCipher cipher, ReadOnlySpan<byte> chunks, Span<byte> message)
    {
        for (long chunk = 0; ; chunk++)
        {
            var bytes = Math.Min(message.Length, ChunkCipher.ChunkBytes);
            if (!cipher.TryOpen(chunk, chunks[..(bytes + ChunkCipher.TagBytes)], message[..bytes]))
                return false;
            if (bytes < ChunkCipher.ChunkBytes)
                return true;
            chunks = chunks[(bytes + ChunkCipher.TagBytes)..];
            message = message[bytes..];
        }
    }
}
