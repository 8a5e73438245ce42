namespace Cofferdam.Vault.Store;

/// <content>Budgets: one statement over arrays.</content>
internal sealed partial class PostgresVaultStore
{
    public override IReadOnlyList<UseRow> ReadUses(IReadOnlyCollection<BudgetKey> keys)
    {
        var command = Prepare(
            """
            SELECT u.kind, u.subject, u.name, u.hour, u.spent, u.total, u.mac, u.lab
            FROM unnest(@lab, @kind, @subject) AS k (lab, kind, subject) JOIN budget_use u ON u.lab = k.lab AND u.kind = k.kind AND u.subject = k.subject
            """);
        Set(command, "@lab", keys.Select(x => x.Lab).ToArray());
        Set(command, "@kind", keys.Select(x => (long)x.Kind).ToArray());
        Set(command, "@subject", keys.Select(x => x.Subject).ToArray());
        List<UseRow> rows = new(keys.Count);
        using var r = command.ExecuteReader();
        while (r.Read())
            rows.Add(ReadUse(r.GetInt64(7), r));
        return rows;
    }

    public override void WriteUses(IReadOnlyCollection<UseRow> rows)
    {
        var command = Prepare(
            """
            INSERT INTO budget_use (lab, kind, subject, name, hour, spent, total, mac)
            SELECT * FROM unnest(@lab, @kind, @subject, @name, @hour, @spent, @total, @mac)
            ON CONFLICT (lab, kind, subject) DO UPDATE SET name = excluded.name, hour = excluded.hour, spent = excluded.spent, total = excluded.total, mac = excluded.mac
            """);
        Set(command, "@lab", rows.Select(x => x.Key.Lab).ToArray());
        Set(command, "@kind", rows.Select(x => (long)x.Key.Kind).ToArray());
        Set(command, "@subject", rows.Select(x => x.Key.Subject).ToArray());
        Set(command, "@name", rows.Select(x => x.Name).ToArray());
        Set(command, "@hour", rows.Select(x => x.Hour).ToArray());
        Set(command, "@spent", rows.Select(x => x.Spent).ToArray());
        Set(command, "@total", rows.Select(x => x.Total).ToArray());
        Set(command, "@mac", rows.Select(x => x.Mac).ToArray());
        command.ExecuteNonQuery();
    }

    public override void WriteShown(IReadOnlyCollection<ShownRow> rows)
    {
        var command = Prepare("INSERT INTO shown (record, kind, subject) SELECT * FROM unnest(@record, @kind, @subject) ON CONFLICT DO NOTHING");
        Set(command, "@record", rows.Select(x => x.Record).ToArray());
        Set(command, "@kind", rows.Select(x => (long)x.Kind).ToArray());
        Set(command, "@subject", rows.Select(x => x.Subject).ToArray());
        command.ExecuteNonQuery();
    }
}
