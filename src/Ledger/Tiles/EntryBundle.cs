using System.Buffers;
using System.Buffers.Binary;

namespace Cofferdam.Ledger;

/// <summary>Entries of a log one after the other, each after its length as u16, big-endian (C2SP tlog-tiles).</summary>
public static class EntryBundle
{
    /// <summary>Most bytes of an entry.</summary>
    public const int MaxEntryBytes = ushort.MaxValue;

    /// <summary>Most bytes of a bundle.</summary>
    public const int MaxBytes = TilePath.FullWidth * (sizeof(ushort) + MaxEntryBytes);

    /// <summary>Appends an entry to a bundle.</summary>
    /// <exception cref="ArgumentException">The entry is longer than <see cref="MaxEntryBytes"/>.</exception>
    public static void Append(IBufferWriter<byte> bundle, ReadOnlySpan<byte> entry)
    {
        if (entry.Length > MaxEntryBytes)
            throw new ArgumentException($"An entry is at most {MaxEntryBytes} bytes, not {entry.Length}.", nameof(entry));
        Span<byte> length = stackalloc byte[sizeof(ushort)];
        BinaryPrimitives.WriteUInt16BigEndian(length, (ushort)entry.Length);
        bundle.Write(length);
        bundle.Write(entry);
    }

    /// <summary>Takes the first entry off a bundle.</summary>
    /// <returns>False where the bundle is empty or cut.</returns>
    public static bool TryTake(ref ReadOnlyMemory<byte> bundle, out ReadOnlyMemory<byte> entry)
    {
        entry = default;
        if (bundle.Length < sizeof(ushort))
            return false;
        var length = BinaryPrimitives.ReadUInt16BigEndian(bundle.Span);
        if (bundle.Length < sizeof(ushort) + length)
            return false;
        entry = bundle.Slice(sizeof(ushort), length);
        bundle = bundle[(sizeof(ushort) + length)..];
        return true;
    }

    /// <summary>True where a bundle has so many entries and nothing else.</summary>
    public static bool IsWhole(ReadOnlyMemory<byte> bundle, int count)
    {
        while (count > 0 && TryTake(ref bundle, out _))
            count--;
        return count == 0 && bundle.IsEmpty;
    }

    /// <summary>Reads a whole bundle.</summary>
    /// <param name="count">Entries that it must have; it may have nothing else.</param>
    public static bool TryRead(ReadOnlyMemory<byte> bundle, int count, out IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var read = new List<ReadOnlyMemory<byte>>(count);
        while (read.Count < count && TryTake(ref bundle, out var entry))
            read.Add(entry);
        entries = read;
        return read.Count == count && bundle.IsEmpty;
    }
}
