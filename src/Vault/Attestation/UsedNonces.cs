using System.Buffers.Binary;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Attestation;

/// <summary>Nonces that were used. The sequencer's thread alone.</summary>
/// <remarks>
/// The store's unique key decides, among all vault processes. What this process has seen used it also remembers, so that
/// a row that is deleted meanwhile opens nothing again.
/// </remarks>
internal sealed class UsedNonces(VaultStore store)
{
    private static readonly TimeSpan PruneEvery = TimeSpan.FromSeconds(10);

    private readonly Dictionary<long, DateTimeOffset> prunedAt = [];
    private HashSet<UInt128> seen = [];
    private HashSet<UInt128> seenBefore = [];
    private DateTimeOffset turned;

    /// <summary>Uses the nonces of a batch, in its transaction, and drops now and then those that are no good any more.</summary>
    /// <returns>Those that nobody had used.</returns>
    public IEnumerable<(long Lab, UInt128 Nonce)> Use(IReadOnlyCollection<(LabKeys Lab, byte[] Nonce)> nonces, DateTimeOffset now)
    {
        List<(long, byte[])> asked = new(nonces.Count);
        foreach (var (lab, nonce) in nonces)
        {
            Prune(lab.Number, now);
            if (!seen.Contains(NameOf(nonce)) && !seenBefore.Contains(NameOf(nonce)))
                asked.Add((lab.Number, nonce));
        }

        return asked.Count == 0 ? [] : store.UseNonces(asked).Select(one => (one.Lab, NameOf(one.Nonce)));
    }

    /// <summary>The batch is durable.</summary>
    public void Commit(IEnumerable<(long Lab, UInt128 Nonce)> used, DateTimeOffset now)
    {
        // Two halves: after a whole life nobody asks for the older one any more.
        if (now - turned > Nonces.Life + Nonces.Skew)
            (seenBefore, seen, turned) = (seen, [], now);
        foreach (var (_, nonce) in used)
            seen.Add(nonce);
    }

    /// <summary>Its last 16 bytes: the tag, which nobody but this lab's vault could have made.</summary>
    public static UInt128 NameOf(ReadOnlySpan<byte> nonce) => BinaryPrimitives.ReadUInt128BigEndian(nonce[16..]);

    private void Prune(long lab, DateTimeOffset now)
    {
        if (prunedAt.TryGetValue(lab, out var last) && now - last < PruneEvery)
            return;
        prunedAt[lab] = now;
        store.PruneNonces(lab, Nonces.Before(now));
    }
}
