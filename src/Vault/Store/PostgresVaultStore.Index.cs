namespace Cofferdam.Vault.Store;

/// <content>The index of receipts.</content>
internal sealed partial class PostgresVaultStore
{
    public override void WriteSubjects(long lab, IReadOnlyList<SubjectRow> rows)
    {
        var command = Prepare(
            "INSERT INTO receipt_subject (lab, subject, sequence) SELECT @lab, * FROM unnest(@subject, @sequence) ON CONFLICT DO NOTHING");
        Set(command, "@lab", lab);
        Set(command, "@subject", rows.Select(x => x.Subject).ToArray());
        Set(command, "@sequence", rows.Select(x => x.Sequence).ToArray());
        command.ExecuteNonQuery();
    }
}
