using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Proposals;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>The persons whose salts a lab's ledger says were destroyed, and the last receipt that can be of them.</summary>
/// <remarks>A salt that is missing for any other reason was taken away, and its receipts do not fit their leaves.</remarks>
internal sealed class Erasures(IReadOnlyDictionary<Guid, long> until)
{
    /// <param name="shreddings">Receipts of shredding.</param>
    /// <param name="saltOf">The salt of a receipt of the vault's own.</param>
    public static Erasures Of(IEnumerable<ReceiptRow> shreddings, Func<ReceiptRow, byte[]> saltOf)
    {
        Dictionary<Guid, long> until = [];
        foreach (var row in shreddings)
        {
            if (Receipt.TryParseLeaf(row.Leaf, out var leaf) && leaf.Sequence == row.Sequence && leaf.Act == ReceiptText.Name(Act.Shred)
                && Receipt.Verify(row.Leaf, row.What, row.Who, saltOf(row))
                && Receipt.Parse(row.What, row.Who).Particulars is var particulars
                && ProposalText.Value(particulars, "kind") == ProposalText.Name(ProposalKind.ErasePerson)
                && Guid.TryParse(ProposalText.Value(particulars, "subject"), out var person))
            {
                until[person] = row.Sequence;
            }
        }

        return new Erasures(until);
    }

    public bool Cover(Guid person, long sequence) => until.TryGetValue(person, out var last) && sequence < last;
}
