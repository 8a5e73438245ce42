using System.Buffers.Binary;
using System.Security.Cryptography;

namespace Cofferdam.Vault.Heads;

/// <summary>
/// A sum over which version each record of a lab is at, those at version 1 left out: HMAC-SHA-256 of record id and
/// version under a key of the lab's, added up modulo 2^256. It moves on with every seal at the cost of two terms.
/// </summary>
/// <remarks>A multiset hash in the manner of AdHash. Whoever can see the sums could solve for others with the same value, so they are kept sealed.</remarks>
internal sealed class HeadSum
{
    public const int Bytes = 32;

    private readonly byte[] sum;

    public HeadSum() => sum = new byte[Bytes];

    private HeadSum(byte[] sum) => this.sum = sum;

    public ReadOnlySpan<byte> Value => sum;

    /// <param name="value">32 bytes, as in <see cref="Value"/>.</param>
    public static HeadSum Of(ReadOnlySpan<byte> value) => new(value.ToArray());

    public HeadSum Copy() => Of(sum);

    /// <summary>A record moves from one version to another; 0 or 1 are no term.</summary>
    public void Move(ReadOnlySpan<byte> key, Guid record, long from, long to)
    {
        Span<byte> term = stackalloc byte[Bytes];
        if (from > 1)
        {
            Term(key, record, from, term);
            Negate(term);
            Add(term);
        }

        if (to > 1)
        {
            Term(key, record, to, term);
            Add(term);
        }
    }

    public bool IsSameAs(HeadSum other) => CryptographicOperations.FixedTimeEquals(sum, other.sum);

    private static void Term(ReadOnlySpan<byte> key, Guid record, long version, Span<byte> term)
    {
        Span<byte> message = stackalloc byte[1 + 16 + sizeof(long)];
        message[0] = (byte)'t';
        record.TryWriteBytes(message[1..], bigEndian: true, out _);
        BinaryPrimitives.WriteInt64BigEndian(message[17..], version);
        HMACSHA256.HashData(key, message, term);
    }

    private void Add(ReadOnlySpan<byte> term)
    {
        var carry = 0;
        for (var i = Bytes - 1; i >= 0; i--)
        {
            carry += sum[i] + term[i];
            sum[i] = (byte)carry;
            carry >>= 8;
        }
    }

    private static void Negate(Span<byte> term)
    {
        var carry = 1;
        for (var i = Bytes - 1; i >= 0; i--)
        {
            carry += (byte)~term[i];
            term[i] = (byte)carry;
            carry >>= 8;
        }
    }
}
