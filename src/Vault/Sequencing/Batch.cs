using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>What one transaction of the vault's store will hold.</summary>
internal sealed class Batch(Sequencer sequencer, DateTimeOffset now)
{
    private readonly List<RecordWrite> records = [];
    private readonly List<ReceiptRow> receipts = [];
    private readonly Dictionary<(Guid Record, Guid Principal), Reading> readings = [];
    private readonly Dictionary<long, LedgerState> ledgers = [];
    private readonly HashSet<Guid> sealedHere = [];
    private readonly List<(long Lab, Guid Record)> removed = [];

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

    /// <summary>What is known of the versions that the lab's records are at, without those of this batch.</summary>
    public LabHeads HeadsOf(LabKeys lab) => LedgerOf(lab).Heads;

    /// <summary>False where the head that the store has of a record is an older version put back, or may be.</summary>
    public bool IsHead(LabKeys lab, HeadRow head) => sealedHere.Contains(head.Id) || HeadsOf(lab).IsHead(head);

    /// <summary>True where the next version of a record may be sealed upon this head, or where there is none the first.</summary>
    public bool MayFollow(LabKeys lab, Guid record, HeadRow? head) => sealedHere.Contains(record) || HeadsOf(lab).MayFollow(record, head);

    /// <summary>Seals a record of a lab that a receipt is reserved in.</summary>
    public void Seal(RecordWrite record)
    {
        records.Add(record);
        sealedHere.Add(record.Row.Id);
        var ledger = ledgers[record.Row.Lab];
        ledger.Sum.Move(ledger.Heads.Key, record.Row.Id, record.Row.Version - 1, record.Row.Version);
        Heads[record.Row.Id] = record.Row;
    }

    /// <summary>Removes records of a lab, and forgets what versions they were at.</summary>
    public void Remove(LabKeys lab, IReadOnlyCollection<HeadRow> gone)
    {
        var ledger = LedgerOf(lab);
        foreach (var head in gone)
        {
            ledger.Sum.Move(ledger.Heads.Key, head.Id, ledger.Heads.VersionOf(head.Id), 0);
            removed.Add((lab.Number, head.Id));
        }

        Store.RemoveRecords([.. gone.Select(head => head.Id)]);
        Sequencer.Forget(gone.Select(head => head.Id));
    }

    /// <summary>It is durable: what is kept of the ledgers moves on.</summary>
    public void Commit()
    {
        foreach (var ledger in ledgers.Values)
        {
            ledger.Heads.Commit(
                ledger.Sum,
                records.Where(record => record.Row.Lab == ledger.Lab).Select(record => record.Row),
                removed.Where(record => record.Lab == ledger.Lab).Select(record => record.Record));
        }
    }

    /// <summary>Writes the receipt of a reserved number and appends its leaf to the lab's tree.</summary>
    public void Append(LabKeys lab, long sequence, Act act, ProjectId project, Principal principal, int firstReads, ReceiptFacts facts)
    {
        var what = Receipt.WriteWhat(facts);
        var who = Receipt.WriteWho(facts);
        var salt = Receipt.Salt(Sequencer.SaltKey(lab, principal.Pseudonym), sequence);
        var leaf = Receipt.WriteLeaf(sequence, Now, ReceiptText.Name(act), salt, what, who);
        LedgerOf(lab).Append(sequence, leaf);
        receipts.Add(new ReceiptRow(ReceiptRow.IdOf(lab.Number, sequence), Now, act, project.Value, principal.Pseudonym, firstReads, what, who, leaf));
    }

    private LedgerState LedgerOf(LabKeys lab)
    {
        if (!ledgers.TryGetValue(lab.Number, out var ledger))
        {
            var committed = Sequencer.CommittedLedger(lab.Number);
            ledgers[lab.Number] = ledger = new LedgerState(committed, lab, Sequencer.Heads.Of(lab, committed, Sequencer.SaltKey(lab, Principal.Service.Pseudonym)));
        }

        return ledger;
    }
}
