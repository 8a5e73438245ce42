using System.Data.Common;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <content>Policies, what was spent, and who was shown what of a methodology.</content>
internal abstract partial class VaultStore
{
    private const string UseColumns = "kind, subject, name, hour, spent, total, mac";

    // As Budgets.Methodology has it; the kinds stand in the text, so that the partial index can serve.
    private const string Parts = "r.lab = @lab AND r.project = @project AND r.kind IN (2, 3, 4, 13)";

    /// <summary>What was spent by subjects that the transaction is about; those without a row are left out.</summary>
    public abstract IReadOnlyList<UseRow> ReadUses(IReadOnlyCollection<BudgetKey> keys);

    public abstract void WriteUses(IReadOnlyCollection<UseRow> rows);

    public abstract void WriteShown(IReadOnlyCollection<ShownRow> rows);

    /// <summary>All of a lab's counters.</summary>
    public IReadOnlyList<UseRow> Uses(long lab) => Query(
        $"SELECT {UseColumns} FROM budget_use WHERE lab = @lab", r => ReadUse(lab, r), ("@lab", lab));

    /// <summary>Canonical bytes of a policy by their hash; null where there are none.</summary>
    public byte[]? Policy(long lab, byte[] hash) => Query(
        "SELECT bytes FROM policy WHERE lab = @lab AND hash = @hash", r => ReadBytes(r, 0), ("@lab", lab), ("@hash", hash)).FirstOrDefault();

    public void InsertPolicy(long lab, byte[] hash, byte[] bytes) => Write(
        "INSERT INTO policy (lab, hash, bytes) VALUES (@lab, @hash, @bytes) ON CONFLICT DO NOTHING", ("@lab", lab), ("@hash", hash), ("@bytes", bytes));

    /// <summary>Takes back what <see cref="MarkDisclosed"/> noted of a reading that was refused after all.</summary>
    public void UnmarkDisclosed(Reading reading)
    {
        if (reading.Before is { } before)
            CorrectDisclosed(reading, before.Version, before.Receipt);
        else
            Write("DELETE FROM disclosed WHERE record = @record AND principal = @principal", ("@record", reading.Record), ("@principal", reading.Principal));
    }

    public void CorrectDisclosed(Reading reading, long version, long receipt) => Write(
        "UPDATE disclosed SET version = @version, receipt = @receipt WHERE record = @record AND principal = @principal",
        ("@version", version), ("@receipt", receipt), ("@record", reading.Record), ("@principal", reading.Principal));

    /// <summary>A project's methodology.</summary>
    public IReadOnlyList<PartRow> PartsOf(long lab, Guid project) => Query(
        $"SELECT r.id, r.kind, r.version, r.weight FROM record r WHERE {Parts}",
        r => new PartRow(ReadId(r, 0), (RecordKind)r.GetInt64(1), r.GetInt64(2), ReadBytesOrNull(r, 3)),
        ("@lab", lab), ("@project", project));

    /// <summary>Which people were handed a version of which part of a project's methodology.</summary>
    public IReadOnlyList<(Guid Record, Guid Principal)> PartsShown(long lab, Guid project) => Query(
        $"SELECT d.record, d.principal FROM record r JOIN disclosed d ON d.record = r.id WHERE {Parts}",
        r => (ReadId(r, 0), ReadId(r, 1)), ("@lab", lab), ("@project", project));

    /// <summary>The same of engagements and hosts.</summary>
    public IReadOnlyList<ShownRow> PartsShownTo(long lab, Guid project) => Query(
        $"SELECT s.record, s.kind, s.subject FROM record r JOIN shown s ON s.record = r.id WHERE {Parts}",
        r => new ShownRow(ReadId(r, 0), (BudgetKind)r.GetInt64(1), ReadId(r, 2)), ("@lab", lab), ("@project", project));

    protected UseRow ReadUse(long lab, DbDataReader r) => new(
        new BudgetKey(lab, (BudgetKind)r.GetInt64(0), ReadId(r, 1)), r.IsDBNull(2) ? null : r.GetString(2), r.GetInt64(3), r.GetInt64(4), r.GetInt64(5), ReadBytes(r, 6));
}
