using Cofferdam.Ledger;
using Cofferdam.Vault.Budgets;
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
    private readonly Dictionary<long, LabKey> rekeyed = [];

    /// <summary>The batch's time, in whole microseconds: all its receipts carry it.</summary>
    public DateTimeOffset Now { get; } = now;

    public Sequencer Sequencer { get; } = sequencer;

    public VaultStore Store => Sequencer.Store;

    /// <summary>Heads that the commands of this batch asked for, brought up to date by its own seals.</summary>
    public Dictionary<Guid, HeadRow> Heads { get; set; } = [];

    /// <summary>What its opens spend.</summary>
    public Spending Spending { get; } = new(sequencer.Budgets, now);

    public IReadOnlyList<RecordWrite> Records => records;

    public IReadOnlyList<ReceiptRow> Receipts => receipts;

    public IReadOnlyCollection<Reading> Readings => readings.Values;

    public IEnumerable<LedgerState> Ledgers => ledgers.Values;

    /// <summary>The next sequence number of a lab's ledger.</summary>
    public long Reserve(LabKeys lab) => LedgerOf(lab).Reserve();

    /// <summary>What <see cref="Reserve"/> will give.</summary>
    public long NextSequence(LabKeys lab) => LedgerOf(lab).NextReserved;

    /// <summary>Notes a reading. Whoever asks for the same in one batch shares it: one of them reads it first, the others again.</summary>
    public Reading Read(HeadRow head, Principal principal, long sequence)
    {
        if (!readings.TryGetValue((head.Id, principal.Pseudonym), out var reading))
            readings[(head.Id, principal.Pseudonym)] = reading = new Reading(head.Id, principal.Pseudonym, head.Version, sequence);
        return reading;
    }

    /// <summary>Takes back what was noted of readings that were refused, and puts right what another of the batch got instead.</summary>
    public void CorrectReadings()
    {
        foreach (var reading in readings.Values)
        {
            if (!reading.First || reading.TakenBy == reading.Receipt)
                continue;
            if (reading.TakenBy is { } receipt)
                Store.CorrectDisclosed(reading, reading.Version, receipt);
            else
                Store.UnmarkDisclosed(reading);
        }
    }

    public void Seal(RecordWrite record)
    {
        records.Add(record);
        Heads[record.Row.Id] = record.Row;
    }

    /// <summary>Writes the receipt of a reserved number and appends its leaf to the lab's tree.</summary>
    /// <param name="cost">What its first reads weigh.</param>
    public void Append(LabKeys lab, long sequence, Act act, ProjectId project, Principal principal, long cost, ReceiptFacts facts)
    {
        if (facts.Policy.IsEmpty && Sequencer.Budgets.PolicyOf(lab).Hash is { IsEmpty: false } policy)
            facts = facts with { Policy = policy };
        var what = Receipt.WriteWhat(facts);
        var who = Receipt.WriteWho(facts);
        var salt = Receipt.Salt(Sequencer.SaltKey(this, lab, principal.Pseudonym, LedgerOf(lab).Log, sequence), sequence);
        var leaf = Receipt.WriteLeaf(sequence, Now, ReceiptText.Name(act), salt, what, who);
        LedgerOf(lab).Append(sequence, leaf);
        receipts.Add(new ReceiptRow(ReceiptRow.IdOf(lab.Number, sequence), Now, act, project.Value, principal.Pseudonym, cost, what, who, leaf));
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
        Store.CarrySaltKeys(lab.Number);
        return old;
    }

    /// <summary>From here on in this batch the lab's keys are wrapped under another lab key.</summary>
    public void Rekey(LabKeys lab, LabKey key) => rekeyed[lab.Number] = key;

    /// <summary>The lab key that a new key is to be wrapped under: the one that will be the store's once the batch is committed.</summary>
    public LabKey LabKeyOf(LabKeys lab) => rekeyed.TryGetValue(lab.Number, out var key) ? key : Sequencer.Keys.Fresh(lab);

    private LedgerState LedgerOf(LabKeys lab)
    {
        if (!ledgers.TryGetValue(lab.Number, out var ledger))
            ledgers[lab.Number] = ledger = new LedgerState(Sequencer.CommittedLedger(lab.Number));
        return ledger;
    }
}
