using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Sealing;

/// <summary>The sealed record: one asset at rest ("CFD1", docs/formats/sealed-record.md).</summary>
/// <remarks><c>"CFD1" ‖ version u8 ‖ suite u8 ‖ lab 16 ‖ key 16 ‖ context length u16 ‖ context ‖ body</c>.</remarks>
public static class SealedRecord
{
    private const byte FormatVersion = 1;
    private const int BeforeContext = 4 + 1 + 1 + 16 + 16 + 2;
    private const int HeaderBytes = BeforeContext + RecordContext.Bytes;

    private static long opens;

    /// <summary>Records opened by this process, counted where the AEAD authenticates the last byte.</summary>
    public static long Opens => Interlocked.Read(ref opens);

    /// <summary>Seals a record.</summary>
    /// <param name="context">What the record is.</param>
    /// <param name="projectKey">32 bytes, the key that <see cref="RecordContext.Key"/> names.</param>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static byte[] Seal(in RecordContext context, ReadOnlySpan<byte> projectKey, ReadOnlySpan<byte> plaintext)
    {
        var record = GC.AllocateUninitializedArray<byte>(HeaderBytes + ChunkedEncryption.SealedLength(plaintext.Length));
        WriteHeader(context, record);
        ChunkedEncryption.Seal(projectKey, record.AsSpan(BeforeContext, RecordContext.Bytes), plaintext, record.AsSpan(HeaderBytes));
        return record;
    }

    /// <summary>Opens a record as what was asked for, never as what its header says.</summary>
    /// <param name="expected">What the record must be.</param>
    /// <param name="plaintext">The whole plaintext; empty where this returns false.</param>
    /// <returns>False where it is another record, version, project or lab, is sealed under another key, or was edited.</returns>
    /// <exception cref="ArgumentException">The key is not 32 bytes long.</exception>
    public static bool TryOpen(in RecordContext expected, ReadOnlySpan<byte> projectKey, ReadOnlySpan<byte> sealedBytes, out byte[] plaintext)
    {
        Span<byte> header = stackalloc byte[HeaderBytes];
        WriteHeader(expected, header);
        if (!sealedBytes.StartsWith(header))
        {
            plaintext = [];
            return false;
        }

        return ChunkedEncryption.TryOpen(projectKey, header[BeforeContext..], sealedBytes[HeaderBytes..], ref opens, out plaintext);
    }

    /// <summary>SHA-256 of the sealed body: what receipts and the ledger call this version of the record.</summary>
    /// <exception cref="FormatException">These are not the bytes of a sealed record.</exception>
    public static byte[] ContentId(ReadOnlySpan<byte> sealedBytes) => SHA256.HashData(Body(sealedBytes));

    /// <summary>Length of the plaintext, known without opening.</summary>
    /// <exception cref="FormatException">These are not the bytes of a sealed record.</exception>
    public static long PlaintextLength(ReadOnlySpan<byte> sealedBytes) => ChunkedEncryption.PlaintextLength(Body(sealedBytes).Length);

    private static ReadOnlySpan<byte> Body(ReadOnlySpan<byte> record)
    {
        if (record.Length < HeaderBytes
            || !record.StartsWith("CFD1"u8)
            || record[4] != FormatVersion
            || record[5] != RecordContext.Suite
            || BinaryPrimitives.ReadUInt16BigEndian(record[(BeforeContext - 2)..]) != RecordContext.Bytes
            || ChunkedEncryption.PlaintextLength(record.Length - HeaderBytes) < 0)
            throw new FormatException("These are not the bytes of a sealed record.");
        return record[HeaderBytes..];
    }

    private static void WriteHeader(in RecordContext context, Span<byte> header)
    {
        "CFD1"u8.CopyTo(header);
        header[4] = FormatVersion;
        header[5] = RecordContext.Suite;
        context.Lab.TryWriteBytes(header[6..], bigEndian: true, out _);
        context.Key.TryWriteBytes(header[22..], bigEndian: true, out _);
        BinaryPrimitives.WriteUInt16BigEndian(header[38..], RecordContext.Bytes);
        context.Write(header[BeforeContext..]);
    }
}
