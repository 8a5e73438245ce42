using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Work.Items;

/// <summary>How the responses of an item lie in one slot: the same whenever it is opened, and nothing that its holder could work out.</summary>
/// <param name="Flipped">Response b is shown on the left.</param>
/// <param name="Key">Known to this server alone: from the slot's id by itself nobody can tell the order in the item.</param>
internal readonly record struct Arrangement(Guid Slot, bool Flipped, ReadOnlyMemory<byte> Key)
{
    /// <summary>Which of <paramref name="count"/> responses is shown at each place.</summary>
    /// <remarks>Fisher–Yates; its draws are 32-bit words of HMAC-SHA-256(key, slot ‖ block), so that their bias is below 2⁻²⁷ for 20 responses.</remarks>
    public int[] Order(int count)
    {
        int[] order = [.. Enumerable.Range(0, count)];
        Span<byte> seed = stackalloc byte[17];
        Span<byte> words = stackalloc byte[HMACSHA256.HashSizeInBytes];
        Slot.TryWriteBytes(seed, bigEndian: true, out _);
        for (var draw = 0; draw < count - 1; draw++)
        {
            if (draw % 8 == 0)
            {
                seed[16] = (byte)(draw / 8);
                HMACSHA256.HashData(Key.Span, seed, words);
            }

            var left = count - draw;
            var pick = (int)(BinaryPrimitives.ReadUInt32BigEndian(words[(draw % 8 * 4)..]) % (uint)left);
            (order[left - 1], order[pick]) = (order[pick], order[left - 1]);
        }

        return order;
    }

    public ShownItem Show(ItemShape item) => new(item, Flipped, item.Responses == 0 ? [] : Order(item.Responses));
}
