using System.Numerics;
using System.Security.Cryptography;
using System.Text;
using Cofferdam.Ledger;

namespace Cofferdam.Witness.Tests;

/// <summary>A log of a few entries that can be shown at any size, and forked.</summary>
internal sealed class TestLog(string origin, string entries = "entry", byte[]? seed = null)
{
    private readonly byte[] seed = seed ?? Ed25519.GenerateKey();

    public string Origin => origin;

    /// <summary>A log's name in addresses and files.</summary>
    public static string IdOf(string origin) => Convert.ToHexStringLower(SHA256.HashData(Encoding.UTF8.GetBytes(origin)));

    public LogSigner Key => new(origin, seed);

    /// <summary>Another history under the same key: it differs from the first entry on.</summary>
    public TestLog Fork() => new(origin, "forked", seed);

    public byte[] Root(long size) => Hash(0, size);

    public SignedNote Checkpoint(long size) => new Checkpoint(origin, size, Root(size)).Sign(Key);

    public CheckpointSubmission Submission(long old, long size) =>
        new(old, old == 0 || old >= size ? [] : Proof(old, 0, size, whole: true), Checkpoint(size).ToBytes());

    private byte[] Hash(long from, long to) => (to - from) switch
    {
        0 => MerkleTree.EmptyRoot.ToArray(),
        1 => MerkleTree.HashLeaf(Encoding.UTF8.GetBytes($"{entries} {from}")),
        var count => MerkleTree.HashNode(Hash(from, from + Split(count)), Hash(from + Split(count), to)),
    };

    // RFC 6962 §2.1.2.
    private List<ReadOnlyMemory<byte>> Proof(long old, long from, long to, bool whole)
    {
        if (old == to - from)
            return whole ? [] : [Hash(from, to)];
        var split = Split(to - from);
        return old <= split
            ? [.. Proof(old, from, from + split, whole), Hash(from + split, to)]
            : [.. Proof(old - split, from + split, to, whole: false), Hash(from, from + split)];
    }

    private static long Split(long count) => (long)BitOperations.RoundUpToPowerOf2((ulong)count) / 2;
}
