using System.Text;
using System.Text.Json;
using Cofferdam.TestKit;

namespace Cofferdam.Ledger.Tests;

internal static class Ledgers
{
    private static readonly byte[] SaltKey = new byte[32];

    /// <summary>An entry of testdata/receipt.json.</summary>
    public static LedgerEntry Entry(JsonElement entry) => new(
        Encoding.UTF8.GetBytes(entry.Text("leaf")),
        Encoding.UTF8.GetBytes(entry.Text("what")),
        Encoding.UTF8.GetBytes(entry.Text("who")),
        entry.GetProperty("salt").GetBytesFromBase64());

    /// <summary>A sound ledger.</summary>
    public static List<LedgerEntry> Make(int size) => [.. Enumerable.Range(0, size).Select(i => Entry(i, i))];

    /// <param name="epoch">Makes receipts of one sequence number differ.</param>
    public static LedgerEntry Entry(long sequence, long epoch)
    {
        var facts = new ReceiptFacts
        {
            Lab = Guid.Empty,
            Process = Guid.Empty,
            Build = "test",
            Evaluation = true,
            Epoch = epoch,
            PrincipalKind = "service",
            Pseudonym = Guid.Empty,
        };
        var (what, who, salt) = (Receipt.WriteWhat(facts), Receipt.WriteWho(facts), Receipt.Salt(SaltKey, sequence));
        return new(Receipt.WriteLeaf(sequence, DateTimeOffset.UnixEpoch, "start", salt, what, who), what, who, salt);
    }

    public static byte[] Root(IEnumerable<LedgerEntry> entries)
    {
        var tree = new CompactRange();
        foreach (var entry in entries)
            tree.Append(MerkleTree.HashLeaf(entry.Leaf.Span));
        return tree.Root();
    }
}
