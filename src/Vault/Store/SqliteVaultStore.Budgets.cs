namespace Cofferdam.Vault.Store;

/// <content>Budgets: one prepared statement per subject.</content>
internal sealed partial class SqliteVaultStore
{
    public override IReadOnlyList<UseRow> ReadUses(IReadOnlyCollection<BudgetKey> keys)
    {
        var command = Prepare("SELECT kind, subject, name, hour, spent, total, mac FROM budget_use WHERE lab = $lab AND kind = $kind AND subject = $subject");
        List<UseRow> rows = new(keys.Count);
        foreach (var key in keys)
        {
            Set(command, 0, "$lab", key.Lab);
            Set(command, 1, "$kind", (long)key.Kind);
            Set(command, 2, "$subject", Blob(key.Subject));
            using var r = command.ExecuteReader();
            if (r.Read())
                rows.Add(ReadUse(key.Lab, r));
        }

        return rows;
    }

    public override void WriteUses(IReadOnlyCollection<UseRow> rows)
    {
        var command = Prepare(
            """
            INSERT INTO budget_use (lab, kind, subject, name, hour, spent, total, mac) VALUES ($lab, $kind, $subject, $name, $hour, $spent, $total, $mac)
            ON CONFLICT (lab, kind, subject) DO UPDATE SET name = excluded.name, hour = excluded.hour, spent = excluded.spent, total = excluded.total, mac = excluded.mac
            """);
        foreach (var row in rows)
        {
            Set(command, 0, "$lab", row.Key.Lab);
            Set(command, 1, "$kind", (long)row.Key.Kind);
            Set(command, 2, "$subject", Blob(row.Key.Subject));
            Set(command, 3, "$name", Value(row.Name));
            Set(command, 4, "$hour", row.Hour);
            Set(command, 5, "$spent", row.Spent);
            Set(command, 6, "$total", row.Total);
            Set(command, 7, "$mac", row.Mac);
            command.ExecuteNonQuery();
        }
    }

    public override void WriteShown(IReadOnlyCollection<ShownRow> rows)
    {
        var command = Prepare("INSERT INTO shown (record, kind, subject) VALUES ($record, $kind, $subject) ON CONFLICT DO NOTHING");
        foreach (var row in rows)
        {
            Set(command, 0, "$record", Blob(row.Record));
            Set(command, 1, "$kind", (long)row.Kind);
            Set(command, 2, "$subject", Blob(row.Subject));
            command.ExecuteNonQuery();
        }
    }
}
