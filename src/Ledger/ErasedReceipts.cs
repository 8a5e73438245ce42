namespace Cofferdam.Ledger;

/// <summary>Receipts without a salt, each of which a later receipt of the ledger must explain: its person was erased.</summary>
internal sealed class ErasedReceipts
{
    // Whose receipts wait for it, with the first of them.
    private readonly Dictionary<Guid, long> unexplained = [];
    private long next;

    public long Count { get; private set; }

    /// <summary>The first receipt whose salt is missing for no reason that the ledger gives.</summary>
    public long? FirstUnexplained => unexplained.Count == 0 ? null : unexplained.Values.Min();

    /// <returns>False where the receipt cannot be read.</returns>
    public bool TryAdd(LedgerEntry entry)
    {
        if (!TryParse(entry, out var facts))
            return false;
        unexplained.TryAdd(facts.Pseudonym, next);
        Count++;
        return true;
    }

    /// <summary>Takes the next entry of the ledger in.</summary>
    public void Note(LeafFacts leaf, LedgerEntry entry)
    {
        next++;
        if (leaf.Act != "shred" || entry.Salt.IsEmpty || !TryParse(entry, out var facts))
            return;
        var particulars = facts.Particulars.ToDictionary();
        if (particulars.GetValueOrDefault("kind") == "erasePerson" && Guid.TryParse(particulars.GetValueOrDefault("subject"), out var person))
            unexplained.Remove(person);
    }

    private static bool TryParse(LedgerEntry entry, out ReceiptFacts facts)
    {
        try
        {
            facts = Receipt.Parse(entry.What.Span, entry.Who.Span);
            return true;
        }
        catch (FormatException)
        {
            facts = null!;
            return false;
        }
    }
}
