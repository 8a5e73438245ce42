using Cofferdam.Ledger;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
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
    private readonly HashSet<Guid> sealedHere = [];
    private readonly List<(long Lab, Guid Record)> removed = [];
    private readonly Dictionary<(long Lab, ScopeKind Kind, Guid Id), long> disclosures = [];
    private readonly List<(long Lab, Guid Name, long Version)> attested = [];

    /// <summary>The batch's time, in whole microseconds: all its receipts carry it.</summary>
    public DateTimeOffset Now { get; } = now;

    public Sequencer Sequencer { get; } = sequencer;

    public VaultStore Store => Sequencer.Store;

    /// <summary>Heads that the commands of this batch asked for, brought up to date by its own seals.</summary>
    public Dictionary<Guid, HeadRow> Heads { get; set; } = [];

    /// <summary>Nonces that it uses.</summary>
    public NonceUse Nonces { get; } = new(sequencer.Attestations.Used, now);

    /// <summary>What its opens spend.</summary>
    public Spending Spending { get; } = new(sequencer.Budgets, now);

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
            ledger.Sum.Move(ledger.Heads.Key, head.Id, ledger.Heads.RemovedAt(head), 0);
            removed.Add((lab.Number, head.Id));
        }

        Store.RemoveRecords([.. gone.Select(head => head.Id)]);
        Sequencer.Forget(gone.Select(head => head.Id));
    }

    /// <summary>Writes what counts of somebody, of a key or of an engagement from now on. Its command must write a receipt.</summary>
    public AttestationRow Attest(LabKeys lab, AttestationKind kind, Guid id, byte[] content)
    {
        var known = Sequencer.Attestations.Of(this, lab);
        var version = Math.Max(known.Version, attested.Count == 0 ? 0 : attested[^1].Version) + 1;
        var row = Sequencer.Attestations.Seals.Seal(lab, kind, id, version, content);
        Store.WriteAttestation(lab.Number, row);
        var (ledger, name) = (LedgerOf(lab), AttestationRow.HeadOf(kind, id));
        ledger.Sum.Move(ledger.Heads.Key, name, known.VersionOf(kind, id), version);
        attested.Add((lab.Number, name, version));
        return row;
    }

    /// <summary>It is durable: what is kept of the ledgers moves on.</summary>
    public void Commit()
    {
        Nonces.Commit();
        foreach (var ledger in ledgers.Values)
        {
            ledger.Heads.Commit(
                ledger.Sum,
                records.Where(record => record.Row.Lab == ledger.Lab).Select(record => record.Row),
                removed.Where(record => record.Lab == ledger.Lab).Select(record => record.Record),
                attested.Where(row => row.Lab == ledger.Lab).Select(row => (row.Name, row.Version)));
        }
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
        var id = ReceiptRow.IdOf(lab.Number, sequence);
        receipts.Add(new ReceiptRow(id, Now, act, project.Value, principal.Pseudonym, cost, what, who, leaf));
        if (Disclosure.IsOne(act))
        {
            foreach (var scope in new Disclosure(lab.Id, project, principal, facts.Process, act, facts.Destination).Scopes().Where(s => s.Kind >= ScopeKind.Engagement))
                disclosures[(lab.Number, scope.Kind, scope.Id)] = id;
        }
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
        var heads = HeadsOf(lab);
        ledgers[lab.Number] = new LedgerState(Store.BeginNewLog(old, LabLogs.OriginAfter(old), Now), lab, heads);
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
        {
            var committed = Sequencer.CommittedLedger(lab.Number);
            ledgers[lab.Number] = ledger = new LedgerState(committed, lab, Sequencer.Heads.Of(lab, committed, Sequencer.SaltKey(this, lab, Principal.Service.Pseudonym, log: 1, committed.Size)));
        }

        return ledger;
    }
}
