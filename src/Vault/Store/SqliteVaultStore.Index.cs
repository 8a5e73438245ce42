namespace Cofferdam.Vault.Store;

/// <content>The index of receipts.</content>
internal sealed partial class SqliteVaultStore
{
    public override void WriteSubjects(long lab, IReadOnlyList<SubjectRow> rows)
    {
        var command = Prepare("INSERT OR IGNORE INTO receipt_subject (lab, subject, sequence) VALUES ($lab, $subject, $sequence)");
        foreach (var row in rows)
        {
            Set(command, 0, "$lab", lab);
            Set(command, 1, "$subject", Blob(row.Subject));
            Set(command, 2, "$sequence", row.Sequence);
            command.ExecuteNonQuery();
        }
    }
}
