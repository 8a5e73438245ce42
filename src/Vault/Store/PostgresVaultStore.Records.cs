using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <content>Records, who was shown them, receipts: one statement over arrays.</content>
internal sealed partial class PostgresVaultStore
{
    public override Dictionary<Guid, HeadRow> ReadHeads(IReadOnlyCollection<Guid> ids, bool sealedBytes)
    {
        Dictionary<Guid, HeadRow> heads = new(ids.Count);
        if (ids.Count == 0)
            return heads;
        var command = Prepare(sealedBytes
            ? "SELECT id, lab, project, kind, version, key, content_id, bytes, weight, sealed FROM record WHERE id = ANY(@ids)"
            : "SELECT id, lab, project, kind, version, key, content_id, bytes, weight FROM record WHERE id = ANY(@ids)");
        Set(command, "@ids", ids.ToArray());
        using var r = command.ExecuteReader();
        while (r.Read())
        {
            var id = r.GetGuid(0);
            heads[id] = new HeadRow(
                id, r.GetInt64(1), r.GetGuid(2), (RecordKind)ReadSmall(r, 3), r.GetInt64(4), r.GetGuid(5), ReadBytes(r, 6), r.GetInt64(7),
                sealedBytes ? ReadBytes(r, 9) : null, ReadBytesOrNull(r, 8));
        }

        return heads;
    }

    public override void MarkDisclosed(IReadOnlyList<Reading> readings)
    {
        if (readings.Count == 0)
            return;
        var command = Prepare(
            """
            WITH asked AS (SELECT * FROM unnest(@record, @principal, @version, @receipt) AS a (record, principal, version, receipt)),
            before AS (SELECT d.record, d.principal, d.version, d.receipt FROM disclosed d JOIN asked a ON a.record = d.record AND a.principal = d.principal),
            noted AS (
                INSERT INTO disclosed AS d (record, principal, version, receipt)
                SELECT record, principal, version, receipt FROM asked
                ON CONFLICT (record, principal) DO UPDATE SET version = excluded.version, receipt = excluded.receipt
                WHERE d.version < excluded.version
                RETURNING record, principal)
            SELECT n.record, n.principal, b.version, b.receipt FROM noted n LEFT JOIN before b ON b.record = n.record AND b.principal = n.principal
            """);
        Set(command, "@record", readings.Select(x => x.Record).ToArray());
        Set(command, "@principal", readings.Select(x => x.Principal).ToArray());
        Set(command, "@version", readings.Select(x => x.Version).ToArray());
        Set(command, "@receipt", readings.Select(x => x.Receipt).ToArray());
        Dictionary<(Guid, Guid), (long, long)?> first = new(readings.Count);
        using (var r = command.ExecuteReader())
        {
            while (r.Read())
                first.Add((r.GetGuid(0), r.GetGuid(1)), r.IsDBNull(2) ? null : (r.GetInt64(2), r.GetInt64(3)));
        }

        foreach (var reading in readings)
        {
            reading.First = first.TryGetValue((reading.Record, reading.Principal), out var before);
            reading.Before = before;
        }
    }

    public override void WriteRecords(IReadOnlyList<RecordWrite> records)
    {
        if (records.Count == 0)
            return;
        var kept = records.Where(x => !x.IsNew && x.KeepsHistory).Select(x => x.Row.Id).ToArray();
        if (kept.Length > 0)
        {
            var history = Prepare(
                """
                INSERT INTO record_history (id, version, key, content_id, bytes, sealed_at, sealed)
                SELECT id, version, key, content_id, bytes, sealed_at, sealed FROM record WHERE id = ANY(@ids)
                """);
            Set(history, "@ids", kept);
            history.ExecuteNonQuery();
        }

        var command = Prepare(
            """
            INSERT INTO record (id, lab, project, kind, version, key, content_id, bytes, sealed_at, sealed, weight)
            SELECT * FROM unnest(@id, @lab, @project, @kind, @version, @key, @content, @bytes, @at, @sealed, @weight)
            ON CONFLICT (id) DO UPDATE SET version = excluded.version, key = excluded.key, content_id = excluded.content_id,
                bytes = excluded.bytes, sealed_at = excluded.sealed_at, sealed = excluded.sealed, weight = excluded.weight
            """);
        Set(command, "@id", records.Select(x => x.Row.Id).ToArray());
        Set(command, "@lab", records.Select(x => x.Row.Lab).ToArray());
        Set(command, "@project", records.Select(x => x.Row.Project).ToArray());
        Set(command, "@kind", records.Select(x => (long)x.Row.Kind).ToArray());
        Set(command, "@version", records.Select(x => x.Row.Version).ToArray());
        Set(command, "@key", records.Select(x => x.Row.Key).ToArray());
        Set(command, "@content", records.Select(x => x.Row.ContentId).ToArray());
        Set(command, "@bytes", records.Select(x => x.Row.Bytes).ToArray());
        Set(command, "@at", records.Select(x => Micros.Of(x.SealedAt)).ToArray());
        Set(command, "@sealed", records.Select(x => x.Row.Sealed!).ToArray());
        Set(command, "@weight", records.Select(x => x.Row.Weight).ToArray());
        command.ExecuteNonQuery();
    }

    public override void WriteReceipts(IReadOnlyList<ReceiptRow> receipts)
    {
        var command = Prepare(
            """
            INSERT INTO receipt (id, time, act, project, principal, first_reads, what, who, leaf)
            SELECT * FROM unnest(@id, @time, @act, @project, @principal, @first, @what, @who, @leaf)
            """);
        Set(command, "@id", receipts.Select(x => x.Id).ToArray());
        Set(command, "@time", receipts.Select(x => Micros.Of(x.Time)).ToArray());
        Set(command, "@act", receipts.Select(x => (long)x.Act).ToArray());
        Set(command, "@project", receipts.Select(x => x.Project).ToArray());
        Set(command, "@principal", receipts.Select(x => x.Principal).ToArray());
        Set(command, "@first", receipts.Select(x => x.FirstReads).ToArray());
        Set(command, "@what", receipts.Select(x => x.What).ToArray());
        Set(command, "@who", receipts.Select(x => x.Who).ToArray());
        Set(command, "@leaf", receipts.Select(x => x.Leaf).ToArray());
        command.ExecuteNonQuery();
    }
}
