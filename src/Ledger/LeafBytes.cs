using System.Buffers.Text;

namespace Cofferdam.Ledger;

/// <summary>Reads leaves by the million: their spelling is fixed, so it is compared and not parsed.</summary>
internal static class LeafBytes
{
    private const int TimeBytes = 27;
    private const int CommitmentBytes = 44;

    /// <summary>Reads a leaf in its canonical spelling.</summary>
    /// <returns>False where it is none.</returns>
    public static bool TryRead(ReadOnlySpan<byte> leaf, out long sequence)
    {
        sequence = 0;
        return TakeText(ref leaf, "{\"v\":1,\"seq\":"u8)
            && TakeNumber(ref leaf, out sequence)
            && TakeText(ref leaf, ",\"time\":\""u8)
            && TakeTime(ref leaf)
            && TakeText(ref leaf, "\",\"act\":\""u8)
            && TakeName(ref leaf)
            && TakeText(ref leaf, "\",\"what\":\""u8)
            && TakeCommitment(ref leaf)
            && TakeText(ref leaf, "\",\"who\":\""u8)
            && TakeCommitment(ref leaf)
            && leaf.SequenceEqual("\"}"u8);
    }

    private static bool TakeText(ref ReadOnlySpan<byte> rest, ReadOnlySpan<byte> text)
    {
        if (!rest.StartsWith(text))
            return false;
        rest = rest[text.Length..];
        return true;
    }

    private static bool TakeNumber(ref ReadOnlySpan<byte> rest, out long number)
    {
        if (!Utf8Parser.TryParse(rest, out number, out var length) || number < 0 || (length > 1 && rest[0] == '0') || rest[0] is < (byte)'0' or > (byte)'9')
            return false;
        rest = rest[length..];
        return true;
    }

    private static bool TakeTime(ref ReadOnlySpan<byte> rest)
    {
        // The writer's last digit is a tenth of a microsecond, and always the Z here: 2026-11-22T10:00:00.123456Z.
        Span<byte> padded = stackalloc byte[TimeBytes + 1];
        if (rest.Length < TimeBytes || rest[TimeBytes - 1] != 'Z')
            return false;
        rest[..(TimeBytes - 1)].CopyTo(padded);
        "0Z"u8.CopyTo(padded[(TimeBytes - 1)..]);
        rest = rest[TimeBytes..];
        return Utf8Parser.TryParse(padded, out DateTime _, out var length, 'O') && length == padded.Length;
    }

    // Names of acts are the program's own: letters.
    private static bool TakeName(ref ReadOnlySpan<byte> rest)
    {
        var length = rest.IndexOf((byte)'"');
        if (length < 1)
            return false;
        foreach (var one in rest[..length])
        {
            if (!char.IsAsciiLetter((char)one))
                return false;
        }

        rest = rest[length..];
        return true;
    }

    private static bool TakeCommitment(ref ReadOnlySpan<byte> rest)
    {
        if (rest.Length < CommitmentBytes || !Base64.IsValid(rest[..CommitmentBytes], out var length) || length != MerkleTree.HashBytes)
            return false;
        rest = rest[CommitmentBytes..];
        return true;
    }
}
