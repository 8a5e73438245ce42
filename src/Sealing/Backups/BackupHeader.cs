using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace Cofferdam.Sealing;

/// <summary>What stands in a backup before its sealed body (docs/formats/backup.md). The body is bound to it.</summary>
/// <param name="Id">Of the backup: bound into every wrapping of its key.</param>
internal sealed record BackupHeader(Guid Id, IReadOnlyList<BackupWrap> Wraps)
{
    public const int MostBytes = 64 << 10;

    private const byte FormatVersion = 1;
    private const int BeforeWraps = 4 + 1 + 16 + 1;
    private const int MostText = 255;

    private static ReadOnlySpan<byte> Magic => "CFDB"u8;

    /// <summary>Context of the body: what is edited here makes the body unreadable.</summary>
    public static byte[] BodyContext(ReadOnlySpan<byte> header) => [.. "cofferdam/backup@1\0"u8, .. SHA256.HashData(header)];

    public byte[] Write()
    {
        using var bytes = new MemoryStream();
        bytes.Write(Magic);
        bytes.WriteByte(FormatVersion);
        bytes.Write(Id.ToByteArray(bigEndian: true));
        bytes.WriteByte((byte)Wraps.Count);
        foreach (var wrap in Wraps)
        {
            bytes.WriteByte((byte)wrap.Kind);
            bytes.Write(wrap.Lab.ToByteArray(bigEndian: true));
            Write(bytes, Encoding.UTF8.GetBytes(wrap.Holder));
            Write(bytes, Encoding.UTF8.GetBytes(wrap.Root));
            Write(bytes, wrap.Wrapped.Span);
        }

        return bytes.ToArray();
    }

    /// <returns>The header and its bytes; null where this is no backup of this format.</returns>
    public static async ValueTask<(BackupHeader Header, byte[] Bytes)?> ReadAsync(Stream source, CancellationToken cancellation)
    {
        using var read = new MemoryStream();
        try
        {
            var start = await TakeAsync(BeforeWraps);
            if (!start.AsSpan().StartsWith(Magic) || start[4] != FormatVersion)
                return null;
            var wraps = new List<BackupWrap>();
            for (var left = start[^1]; left > 0; left--)
            {
                var fixedPart = await TakeAsync(1 + 16);
                var holder = await TakeTextAsync();
                var root = await TakeTextAsync();
                wraps.Add(new BackupWrap((BackupWrapKind)fixedPart[0], new Guid(fixedPart.AsSpan(1), bigEndian: true), holder, root, await TakeFieldAsync(1024)));
            }

            return (new BackupHeader(new Guid(start.AsSpan(5, 16), bigEndian: true), wraps), read.ToArray());
        }
        catch (Exception e) when (e is EndOfStreamException or DecoderFallbackException or FormatException)
        {
            return null;
        }

        async Task<byte[]> TakeAsync(int length)
        {
            var bytes = new byte[length];
            await source.ReadExactlyAsync(bytes, cancellation);
            read.Write(bytes);
            return read.Length <= MostBytes ? bytes : throw new FormatException("The header of a backup is shorter.");
        }

        async Task<byte[]> TakeFieldAsync(int most)
        {
            var length = BinaryPrimitives.ReadUInt16BigEndian(await TakeAsync(2));
            return length <= most ? await TakeAsync(length) : throw new FormatException("A field of a backup's header is shorter.");
        }

        async Task<string> TakeTextAsync() => Strict.GetString(await TakeFieldAsync(MostText));
    }

    private static readonly UTF8Encoding Strict = new(encoderShouldEmitUTF8Identifier: false, throwOnInvalidBytes: true);

    private static void Write(MemoryStream bytes, ReadOnlySpan<byte> field)
    {
        Span<byte> length = stackalloc byte[2];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)field.Length);
        bytes.Write(length);
        bytes.Write(field);
    }
}
