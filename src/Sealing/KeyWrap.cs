namespace Cofferdam.Sealing;

/// <summary>A key sealed under another key, with the context it is for. Key-committing, as everything sealed here.</summary>
public static class KeyWrap
{
    /// <summary>Length of a wrapped key in bytes.</summary>
    public const int WrappedBytes = 56 + ChunkedEncryption.KeyBytes + 16;

    // Keeps wrapped keys apart from records, should both ever be sealed under one key.
    private static ReadOnlySpan<byte> Label => "cofferdam/key-wrap@1\0"u8;

    /// <summary>Wraps a key.</summary>
    /// <param name="kek">32 bytes: the key to wrap under.</param>
    /// <param name="context">What the key is for. Unwrapping needs the same bytes.</param>
    /// <param name="key32">32 bytes: the key to wrap.</param>
    /// <returns><see cref="WrappedBytes"/> bytes.</returns>
    /// <exception cref="ArgumentException">A key is not 32 bytes long.</exception>
    public static byte[] Wrap(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> context, ReadOnlySpan<byte> key32)
    {
        if (key32.Length != ChunkedEncryption.KeyBytes)
            throw new ArgumentException($"A key is {ChunkedEncryption.KeyBytes} bytes, not {key32.Length}.", nameof(key32));
        return ChunkedEncryption.Seal(kek, [.. Label, .. context], key32);
    }

    /// <summary>Unwraps a key.</summary>
    /// <returns>False where it was wrapped under another key or for another context, or was edited.</returns>
    /// <exception cref="ArgumentException"><paramref name="kek"/> is not 32 bytes long.</exception>
    public static bool TryUnwrap(ReadOnlySpan<byte> kek, ReadOnlySpan<byte> context, ReadOnlySpan<byte> wrapped, out byte[] key)
    {
        key = [];
        return wrapped.Length == WrappedBytes && ChunkedEncryption.TryOpen(kek, [.. Label, .. context], wrapped, out key);
    }
}
