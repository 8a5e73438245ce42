using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Imports;

/// <summary>Rows that are sealed together.</summary>
internal sealed class RowBatch
{
    // Whichever comes first ends a batch, so that long rows do not pile up.
    private const long MostBytes = 4 << 20;
    private const int MostFaults = 1_000;

    private readonly HashSet<string>? names;
    private int records;
    private long bytes;

    /// <param name="distinct">No external id comes twice in it: the second row may change the item of the first.</param>
    public RowBatch(bool distinct) => names = distinct ? new HashSet<string>(StringComparer.Ordinal) : null;

    public List<(long Line, Guid Id, ParsedRow Row)> Rows { get; } = new(IVault.MaxRecordsPerAct);

    public List<BadRow> Faults { get; } = [];

    /// <summary>Rows seen, good and bad.</summary>
    public long Seen { get; private set; }

    public bool IsFull => records >= IVault.MaxRecordsPerAct || bytes >= MostBytes || Faults.Count >= MostFaults;

    /// <param name="id">What its item will be called if it is a new one.</param>
    /// <returns>False where it belongs into the next batch.</returns>
    public bool TryAdd(long line, Guid id, ParsedRow row)
    {
        var needed = row.Gold is null ? 1 : 2;
        if (records + needed > IVault.MaxRecordsPerAct || (names is not null && row.External is not null && !names.Add(row.External)))
            return false;
        Rows.Add((line, id, row));
        records += needed;
        bytes += row.Plaintext.Length;
        Seen++;
        return true;
    }

    public void Add(BadRow fault)
    {
        Faults.Add(fault);
        Seen++;
    }
}

/// <summary>What became of a batch in the vault; its rows are to be kept in the database.</summary>
internal sealed record SealedRows(long Seen, List<NewItem> Added, List<NewItem> Updated, long Skipped, List<BadRow> Faults);
