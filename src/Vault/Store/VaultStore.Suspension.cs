using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <content>Suspensions, what was last disclosed in a scope, and the epoch that tells vault processes of changes.</content>
internal abstract partial class VaultStore
{
    private static readonly string Disclosures = $"act IN ({(int)Act.Open}, {(int)Act.Export}, {(int)Act.Send})";

    public void InsertSuspension(SuspensionRow row)
    {
        var s = row.Suspension;
        Write(
            """
            INSERT INTO suspension (id, lab, scope_kind, scope_id, reason, since, until, receipt, last_disclosure, by_principal, drill)
            VALUES (@id, @lab, @kind, @scope, @reason, @since, @until, @receipt, @last, @by, @drill)
            """,
            ("@id", s.Id), ("@lab", row.Lab), ("@kind", (long)s.Scope.Kind), ("@scope", s.Scope.Id), ("@reason", (long)s.Reason),
            ("@since", s.Since), ("@until", s.Until), ("@receipt", s.Receipt), ("@last", s.LastDisclosure), ("@by", s.By), ("@drill", s.Drill ? 1L : 0L));
    }

    public void EndSuspension(Guid id, DateTimeOffset now) =>
        Write("UPDATE suspension SET ended_at = @now WHERE id = @id", ("@now", now), ("@id", id));

    /// <summary>Suspensions whose rows say that they are in force; who would lift one only its receipt says.</summary>
    /// <param name="lab">Of this lab; null: of all.</param>
    public IReadOnlyList<SuspensionRow> SuspensionsInForce(long? lab = null) => Query(
        """
        SELECT s.id, s.lab, l.id, s.scope_kind, s.scope_id, s.reason, s.since, s.until, s.receipt, s.last_disclosure, s.by_principal, s.drill
        FROM suspension s JOIN lab l ON l.number = s.lab WHERE s.ended_at IS NULL
        """ + (lab is null ? "" : " AND s.lab = @lab") + " ORDER BY s.since",
        r => new SuspensionRow(r.GetInt64(1), new Suspension(
            ReadId(r, 0), new LabId(ReadId(r, 2)), new Scope((ScopeKind)r.GetInt64(3), ReadId(r, 4)), (ReasonClass)r.GetInt64(5),
            ReadTime(r, 6), r.IsDBNull(7) ? null : ReadTime(r, 7), r.GetInt64(8), r.IsDBNull(9) ? null : r.GetInt64(9), ReadId(r, 10), r.GetInt64(11) != 0)),
        lab is { } one ? [("@lab", one)] : []);

    /// <summary>Receipts that say what is suspended, from a sequence number on, in order.</summary>
    public IReadOnlyList<ReceiptRow> SuspensionReceipts(long lab, long from = 0) => Query(
        // The acts stand in the text, so that the partial index can serve.
        $"SELECT {ReceiptColumns} FROM receipt WHERE id >= @low AND id < @high AND act IN ({(int)Act.Suspend}, {(int)Act.Resume}, {(int)Act.Propose}) ORDER BY id", ReadReceipt,
        ("@low", ReceiptRow.IdOf(lab, from)), ("@high", ReceiptRow.IdOf(lab + 1, 0)));

    /// <summary>The last receipt of plaintext handed out in a scope; null where there is none.</summary>
    public long? LastDisclosure(long lab, Scope scope)
    {
        var column = scope.Kind switch
        {
            ScopeKind.Lab => "",
            ScopeKind.Project => " AND project = @scope",
            ScopeKind.Person => " AND principal = @scope",
            _ => null,
        };
        var id = column is null
            ? WriterScalar(
                "SELECT receipt FROM last_disclosure WHERE lab = @lab AND scope_kind = @kind AND scope_id = @scope",
                ("@lab", lab), ("@kind", (long)scope.Kind), ("@scope", scope.Id))
            : WriterScalar(
                $"SELECT id FROM receipt WHERE id >= @low AND id < @high AND {Disclosures}{column} ORDER BY id DESC LIMIT 1",
                [("@low", ReceiptRow.IdOf(lab, 0)), ("@high", ReceiptRow.IdOf(lab + 1, 0)), .. column.Length > 0 ? [("@scope", (object?)scope.Id)] : Array.Empty<(string, object?)>()]);
        return id is { } found ? found - ReceiptRow.IdOf(lab, 0) : null;
    }

    /// <summary>Notes what a batch disclosed in scopes that <see cref="LastDisclosure"/> looks up here.</summary>
    public void NoteDisclosure(long lab, ScopeKind kind, Guid scope, long receipt) => Write(
        """
        INSERT INTO last_disclosure (lab, scope_kind, scope_id, receipt) VALUES (@lab, @kind, @scope, @receipt)
        ON CONFLICT (lab, scope_kind, scope_id) DO UPDATE SET receipt = excluded.receipt
        """,
        ("@lab", lab), ("@kind", (long)kind), ("@scope", scope), ("@receipt", receipt));

    /// <summary>Raises the epoch within the writer's transaction; other vault processes learn of it with the commit.</summary>
    public long RaiseEpoch()
    {
        var epoch = WriterScalar("UPDATE control SET epoch = epoch + 1 RETURNING epoch") ?? throw new VaultStoreException("The vault's store has lost the row of its control epoch.");
        Announce();
        return epoch;
    }

    /// <summary>Number, id, and the epoch at which it was last changed, of every lab.</summary>
    public IReadOnlyList<(long Lab, LabId Id, long Epoch)> Epochs() => Query(
        "SELECT l.number, l.id, g.epoch FROM lab l JOIN ledger g ON g.lab = l.number", r => (r.GetInt64(0), new LabId(ReadId(r, 1)), r.GetInt64(2)));

    /// <summary>Ledgers of a batch's labs, locked until the transaction ends; empty where no other process can write.</summary>
    public virtual IReadOnlyList<LedgerRow> LockLedgers(IReadOnlyCollection<long> labs) => [];

    /// <summary>Keeps other processes from making labs until the transaction ends.</summary>
    public virtual void LockLabs()
    {
    }

    /// <summary>The vault processes that share this store; null where it has one.</summary>
    public virtual PostgresProcesses? Processes => null;

    /// <summary>Tells other processes of a raised epoch, once the transaction commits.</summary>
    protected virtual void Announce()
    {
    }
}
