using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Logs;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>What one transaction of the vault's store will hold.</summary>
internal sealed class Batch(Sequencer sequencer, DateTimeOffset now)
{
    private readonly List<RecordWrite> records = [];
    private readonly List<ReceiptRow> receipts = [];
    private readonly Dictionary<(Guid Record, Guid Principal), Reading> readings = [];
    private readonly Dictionary<long, LedgerState> ledgers = [];

    /// <summary>The batch's time, in whole microseconds: all its receipts carry it.</summary>
    public DateTimeOffset Now { get; } = now;

    public Sequencer Sequencer { get; } = sequencer;

    public VaultStore Store => Sequencer.Store;

    /// <summary>Heads that the commands of this batch asked for, brought up to date by its own seals.</summary>
    public Dictionary<Guid, HeadRow> Heads { get; set; } = [];

    public IReadOnlyList<RecordWrite> Records => records;

    public IReadOnlyList<ReceiptRow> Receipts => receipts;

    public IReadOnlyCollection<Reading> Readings => readings.Values;

    public IEnumerable<LedgerState> Ledgers => ledgers.Values;

    /// <summary>The next sequence number of a lab's ledger.</summary>
    public long Reserve(LabKeys lab) => LedgerOf(lab).Reserve();

    /// <summary>What <see cref="Reserve"/> will give.</summary>
    public long NextSequence(LabKeys lab) => LedgerOf(lab).NextReserved;

    /// <summary>Notes a reading; null where this batch has noted the same already, which is then a reading again.</summary>
    public Reading? Read(HeadRow head, Principal principal, long sequence)
    {
        var reading = new Reading(head.Id, principal.Pseudonym, head.Version, sequence);
        return readings.TryAdd((reading.Record, reading.Principal), reading) ? reading : null;
    }

    public void Seal(RecordWrite record)
    {
        records.Add(record);
        Heads[record.Row.Id] = record.Row;
    }

    /// <summary>Writes the receipt of a reserved number and appends its leaf to the lab's tree.</summary>
    public void Append(LabKeys lab, long sequence, Act act, ProjectId project, Principal principal, int firstReads, ReceiptFacts facts)
    {
        var what = Receipt.WriteWhat(facts);
        var who = Receipt.WriteWho(facts);
        var salt = Receipt.Salt(Sequencer.SaltKey(lab, principal.Pseudonym, LedgerOf(lab).Log), sequence);
        var leaf = Receipt.WriteLeaf(sequence, Now, ReceiptText.Name(act), salt, what, who);
        LedgerOf(lab).Append(sequence, leaf);
        receipts.Add(new ReceiptRow(ReceiptRow.IdOf(lab.Number, sequence), Now, act, project.Value, principal.Pseudonym, firstReads, what, who, leaf));
    }

    /// <summary>Appends a leaf that is known from the published log; what it committed to is lost.</summary>
    public void AppendTaken(LabKeys lab, ReadOnlySpan<byte> leaf, LeafFacts facts)
    {
        var sequence = Reserve(lab);
        LedgerOf(lab).Append(sequence, leaf.ToArray());
        receipts.Add(new ReceiptRow(
            ReceiptRow.IdOf(lab.Number, sequence), facts.Time, ReceiptText.ActOf(facts.Act), Guid.Empty, Guid.Empty, 0, [], [], leaf.ToArray()));
    }

    /// <summary>Closes the lab's log and begins another, which this batch's receipts are the first of.</summary>
    /// <returns>The log closed.</returns>
    public LedgerRow BeginNewLog(LabKeys lab)
    {
        var old = Sequencer.CommittedLedger(lab.Number);
        ledgers[lab.Number] = new LedgerState(Store.BeginNewLog(old, LabLogs.OriginAfter(old), Now));
        return old;
    }

    private LedgerState LedgerOf(LabKeys lab)
    {
        if (!ledgers.TryGetValue(lab.Number, out var ledger))
            ledgers[lab.Number] = ledger = new LedgerState(Sequencer.CommittedLedger(lab.Number));
        return ledger;
    }
}
