using System.Text.Json.Serialization;

namespace Cofferdam.Cli.Demo;

/// <summary>What the demo measured. Every figure is counted from two books: what people were told, and what the node gives out.</summary>
/// <param name="Submitted">Submissions that the node acknowledged, rework included, each counted once however often it was sent.</param>
/// <param name="Returned">Answers that reviewers gave back.</param>
/// <param name="OverAssigned">Items with more answers than wanted, or twice in one hand.</param>
/// <param name="Lost">Acknowledged answers that the delivery does not have just as they were given.</param>
/// <param name="Receipts">Receipts in the lab's ledger.</param>
/// <param name="ReceiptsMatchOpens">Every task handed out has its receipt, and records in receipts are as many as were decrypted.</param>
/// <param name="OpenedAfterSuspend">Disclosures in a suspension's scope between it and its end, by the ledger.</param>
/// <param name="RefusedAfterSuspend">Requests answered with "suspended".</param>
/// <param name="PlaintextFoundAtRest">Files that give away a canary, while the node runs and after it stopped.</param>
/// <param name="Ties">Items without a majority, listed with their votes.</param>
/// <param name="Unfit">Items that the shape cannot express, listed with their reasons.</param>
/// <param name="Misdirected">Votes that point to another response in the delivery than the one that the person chose.</param>
/// <param name="DraftsKeptWhileSuspended">Drafts sealed while their writers were suspended.</param>
/// <param name="PackageVerified">The packages, in clear and encrypted, verify in another process.</param>
/// <param name="ControlFound">Files of an unsealed control that the same search found, out of <see cref="DemoChecks.ControlFiles"/>.</param>
/// <param name="BytesSearched">At rest.</param>
/// <param name="GoldSeen">Tasks whose answer was known, as their annotators were told afterwards.</param>
/// <param name="Escalated">Answers that came back once too often and went to the manager.</param>
/// <param name="AcceptedBatches">Batches accepted on a sample, after a first one was accepted in part.</param>
/// <param name="Ledger">The lab's log, from its published files alone.</param>
/// <param name="Suspension">What the receipt of the project's suspension says, compared with the receipts before and after it.</param>
/// <param name="Wrong">Every figure that is not as it must be; empty where all are.</param>
internal sealed record DemoReport(
    [property: JsonPropertyName("items")] long Items,
    [property: JsonPropertyName("annotators")] int Annotators,
    [property: JsonPropertyName("submitted")] long Submitted,
    [property: JsonPropertyName("accepted")] long Accepted,
    [property: JsonPropertyName("returned")] long Returned,
    [property: JsonPropertyName("delivered_rows")] long DeliveredRows,
    [property: JsonPropertyName("over_assigned")] long OverAssigned,
    [property: JsonPropertyName("lost")] long Lost,
    [property: JsonPropertyName("receipts")] long Receipts,
    [property: JsonPropertyName("receipts_match_opens")] bool ReceiptsMatchOpens,
    [property: JsonPropertyName("ledger_verified")] bool LedgerVerified,
    [property: JsonPropertyName("opened_after_suspend")] long OpenedAfterSuspend,
    [property: JsonPropertyName("refused_after_suspend")] long RefusedAfterSuspend,
    [property: JsonPropertyName("plaintext_found_at_rest")] long PlaintextFoundAtRest,
    [property: JsonPropertyName("seconds")] double Seconds,
    [property: JsonPropertyName("ties")] long Ties,
    [property: JsonPropertyName("unfit")] long Unfit,
    [property: JsonPropertyName("misdirected")] long Misdirected,
    [property: JsonPropertyName("drafts_kept_while_suspended")] long DraftsKeptWhileSuspended,
    [property: JsonPropertyName("package_verified")] bool PackageVerified,
    [property: JsonPropertyName("control_found")] int ControlFound,
    [property: JsonPropertyName("bytes_searched")] long BytesSearched,
    [property: JsonPropertyName("gold_seen")] long GoldSeen,
    [property: JsonPropertyName("escalated")] long Escalated,
    [property: JsonPropertyName("accepted_batches")] int AcceptedBatches,
    [property: JsonPropertyName("ledger")] LedgerReport Ledger,
    [property: JsonPropertyName("suspension")] SuspensionReport Suspension,
    [property: JsonPropertyName("wrong")] IReadOnlyList<string> Wrong)
{
    /// <summary>The same report with <see cref="Wrong"/> filled.</summary>
    /// <param name="overlap">Answers wanted per item, before a third is asked for.</param>
    /// <param name="delivered">Items delivered with all their answers.</param>
    public DemoReport Judged(int overlap, long delivered)
    {
        var wrong = new List<string>();
        // Of the items, some have a known answer: they are never counted as work, nor delivered.
        Must(delivered > 0 && delivered < Items, "items");
        Must(Submitted >= delivered * overlap, "submitted");
        Must(Accepted >= delivered * overlap && Accepted <= delivered * (overlap + 1), "accepted");
        Must(DeliveredRows > 0 && DeliveredRows + Ties + Unfit == delivered, "delivered_rows");
        Must(GoldSeen > 0, "gold_seen");
        Must(AcceptedBatches == 1, "accepted_batches");
        Must(OverAssigned == 0, "over_assigned");
        Must(Lost == 0, "lost");
        Must(Misdirected == 0, "misdirected");
        Must(Receipts > 0, "receipts");
        Must(ReceiptsMatchOpens, "receipts_match_opens");
        Must(LedgerVerified, "ledger_verified");
        Must(OpenedAfterSuspend == 0, "opened_after_suspend");
        Must(RefusedAfterSuspend > 0, "refused_after_suspend");
        Must(PlaintextFoundAtRest == 0 && BytesSearched > 0, "plaintext_found_at_rest");
        Must(ControlFound == DemoChecks.ControlFiles, "control_found");
        Must(PackageVerified, "package_verified");
        Must(Ledger.Size >= Receipts && Ledger.Consistent && Ledger.Witnessed.Contains(DemoWitness.Name), "ledger");
        Must(Suspension is { LastDisclosure: not null, OpenedAfterSuspend: 0 }, "suspension");
        return this with { Wrong = wrong };

        void Must(bool holds, string figure)
        {
            if (!holds)
                wrong.Add(figure);
        }
    }
}
