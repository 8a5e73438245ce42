using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
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
    private readonly Dictionary<(long Lab, ScopeKind Kind, Guid Id), long> disclosures = [];

    /// <summary>The batch's time, in whole microseconds: all its receipts carry it.</summary>
    public DateTimeOffset Now { get; } = now;

    public Sequencer Sequencer { get; } = sequencer;

    public VaultStore Store => Sequencer.Store;

    /// <summary>Heads that the commands of this batch asked for, brought up to date by its own seals.</summary>
    public Dictionary<Guid, HeadRow> Heads { get; set; } = [];

    public IReadOnlyList<RecordWrite> Records => records;

    public IReadOnlyList<ReceiptRow> Receipts => receipts;

    public IReadOnlyCollection<Reading> Readings => readings.Values;

    /// <summary>Scopes that this batch discloses in, those aside that an index of receipts finds, and the last receipt of each.</summary>
    public IReadOnlyDictionary<(long Lab, ScopeKind Kind, Guid Id), long> Disclosures => disclosures;

    public IEnumerable<LedgerState> Ledgers => ledgers.Values;

    /// <summary>The next sequence number of a lab's ledger.</summary>
    public long Reserve(LabKeys lab) => LedgerOf(lab).Reserve();

    /// <summary>What <see cref="Reserve"/> will give.</summary>
    public long NextSequence(LabKeys lab) => LedgerOf(lab).NextReserved;

    /// <summary>The lab's epoch: what it may disclose has not been changed since.</summary>
    public long EpochOf(LabKeys lab) => LedgerOf(lab).Epoch;

    /// <summary>Says that this batch changes what the lab may disclose. Its command must write a receipt.</summary>
    /// <returns>The new epoch, which every vault process is told of.</returns>
    public long RaiseEpoch(LabKeys lab) => LedgerOf(lab).Epoch = Store.RaiseEpoch();

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
        var salt = Receipt.Salt(Sequencer.SaltKey(lab, principal.Pseudonym), sequence);
        var leaf = Receipt.WriteLeaf(sequence, Now, ReceiptText.Name(act), salt, what, who);
        LedgerOf(lab).Append(sequence, leaf);
        var id = ReceiptRow.IdOf(lab.Number, sequence);
        receipts.Add(new ReceiptRow(id, Now, act, project.Value, principal.Pseudonym, firstReads, what, who, leaf));
        if (Disclosure.IsOne(act))
        {
            foreach (var scope in new Disclosure(lab.Id, project, principal, facts.Process, act, facts.Destination).Scopes().Where(s => s.Kind >= ScopeKind.Engagement))
                disclosures[(lab.Number, scope.Kind, scope.Id)] = id;
        }
    }

    private LedgerState LedgerOf(LabKeys lab)
    {
        if (!ledgers.TryGetValue(lab.Number, out var ledger))
            ledgers[lab.Number] = ledger = new LedgerState(Sequencer.CommittedLedger(lab.Number));
        return ledger;
    }
}
