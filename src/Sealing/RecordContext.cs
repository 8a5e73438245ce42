using System.Buffers.Binary;

namespace Cofferdam.Sealing;

/// <summary>What a sealed record is. Bound into its encryption, so that it opens as nothing else.</summary>
/// <param name="Lab">The lab it belongs to.</param>
/// <param name="Project">The project it belongs to; empty where it belongs to the lab as a whole.</param>
/// <param name="Kind">Kind of record.</param>
/// <param name="Record">Its id.</param>
/// <param name="Version">Its version, from 1.</param>
/// <param name="Key">Id of the key it is sealed under.</param>
public readonly record struct RecordContext(Guid Lab, Guid Project, byte Kind, Guid Record, long Version, Guid Key)
{
    /// <summary>Length of the canonical bytes.</summary>
    public const int Bytes = 19 + 2 + 17 + 17 + 2 + 17 + 9 + 17;

    /// <summary>Suite 1: <see cref="ChunkedEncryption"/>.</summary>
    internal const byte Suite = 1;

    // Names this layout and the meaning of its fields; a new layout gets a new name.
    private static ReadOnlySpan<byte> Schema => "cofferdam/record@1"u8;

    /// <summary>
    /// Writes the canonical bytes: schema, suite, lab, project, kind, record, version and key, each with its length in
    /// one byte before it. Ids and numbers are big-endian.
    /// </summary>
    /// <param name="destination"><see cref="Bytes"/> long.</param>
    public void Write(Span<byte> destination)
    {
        var rest = Put(destination, Schema);
        rest = Put(rest, Suite);
        rest = Put(rest, Lab);
        rest = Put(rest, Project);
        rest = Put(rest, Kind);
        rest = Put(rest, Record);
        rest[0] = sizeof(long);
        BinaryPrimitives.WriteInt64BigEndian(rest[1..], Version);
        Put(rest[9..], Key);
    }

    private static Span<byte> Put(Span<byte> destination, ReadOnlySpan<byte> field)
    {
        destination[0] = (byte)field.Length;
        field.CopyTo(destination[1..]);
        return destination[(1 + field.Length)..];
    }

    private static Span<byte> Put(Span<byte> destination, byte field)
    {
        destination[0] = 1;
        destination[1] = field;
        return destination[2..];
    }

    private static Span<byte> Put(Span<byte> destination, Guid id)
    {
        destination[0] = 16;
        id.TryWriteBytes(destination[1..], bigEndian: true, out _);
        return destination[17..];
    }
}
