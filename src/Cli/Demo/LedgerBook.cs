using Cofferdam.ApiClient;
using Cofferdam.Ledger;

namespace Cofferdam.Cli.Demo;

/// <summary>The lab's ledger, as its canonical bytes tell it.</summary>
internal sealed class LedgerBook
{
    private readonly List<(string Act, ReceiptFacts Facts)> receipts = [];

    public static async Task<LedgerBook> ReadAsync(string path, CancellationToken cancellation)
    {
        var book = new LedgerBook();
        await using var file = File.OpenRead(path);
        await foreach (var receipt in LedgerLines.ReadAsync(file, cancellation))
            book.receipts.Add((receipt.Act, Receipt.Parse(Convert.FromBase64String(receipt.What), Convert.FromBase64String(receipt.Who))));
        return book;
    }

    /// <summary>Records disclosed in a part of the ledger.</summary>
    public long Disclosed(long from, long to) => receipts.Skip((int)from).Take((int)(to - from)).Where(IsDisclosure).Sum(receipt => receipt.Facts.Records.Count);

    /// <summary>The receipt that a client was given is one of this very disclosure.</summary>
    public bool Has(Handed handed) =>
        handed.Receipt >= 0 && handed.Receipt < receipts.Count
        && receipts[(int)handed.Receipt] is ("open", var facts)
        && facts.Pseudonym == handed.Person
        && facts.Assignment == handed.Slot
        && facts.Records.Any(record => record.Id == handed.Item);

    /// <summary>Disclosures in the scope of any suspension between it and its end.</summary>
    public long DisclosedWhileSuspended()
    {
        var count = 0L;
        var inForce = new Dictionary<Guid, SuspensionFacts>();
        foreach (var receipt in receipts)
        {
            if (receipt is { Act: "suspend", Facts.Suspension: { } begun })
                inForce[begun.Id] = begun;
            else if (receipt is { Act: "resume", Facts.Suspension: { } ended })
                inForce.Remove(ended.Id);
            else if (IsDisclosure(receipt) && inForce.Values.Any(suspension => Covers(suspension, receipt.Facts)))
                count++;
        }

        return count;
    }

    /// <summary>What a suspension's own receipt says of the disclosures before it, where that is so, and those that followed in any suspension's scope.</summary>
    public SuspensionReport Proven(Suspension made)
    {
        var last = receipts is { Count: var count } && made.Receipt < count && receipts[(int)made.Receipt] is { Act: "suspend", Facts.Suspension: { } said }
            && said.LastDisclosure == made.LastDisclosure
            && LastDisclosure(said, made.Receipt) == made.LastDisclosure
            ? made.LastDisclosure
            : null;
        return new SuspensionReport(last, DisclosedWhileSuspended());
    }

    private long? LastDisclosure(SuspensionFacts suspension, long before)
    {
        var at = receipts.FindLastIndex((int)before - 1, receipt => IsDisclosure(receipt) && Covers(suspension, receipt.Facts));
        return at < 0 ? null : at;
    }

    private static bool IsDisclosure((string Act, ReceiptFacts Facts) receipt) => receipt.Act is "open" or "export";

    private static bool Covers(SuspensionFacts suspension, ReceiptFacts facts) => suspension.Scope switch
    {
        "lab" => true,
        "project" => suspension.ScopeId == facts.Project,
        _ => suspension.ScopeId == facts.Pseudonym,
    };
}
