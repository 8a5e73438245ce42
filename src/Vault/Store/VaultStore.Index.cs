using System.Text;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Store;

/// <summary>How far a lab's receipts are in the index.</summary>
/// <param name="Indexed">Receipts below this one are; -1 while the index is being emptied.</param>
/// <param name="Emptied">How often it was emptied: what was looked up before is to be looked up again.</param>
internal sealed record IndexRow(long Indexed, long Emptied);

internal readonly record struct SubjectRow(Guid Subject, long Sequence);

/// <summary>Earliest and latest receipt of a block of <see cref="Receipts"/>.</summary>
internal sealed record SpanRow(long Block, DateTimeOffset Earliest, DateTimeOffset Latest)
{
    public const int Receipts = 1_024;
}

/// <content>The index of receipts.</content>
internal abstract partial class VaultStore
{
    /// <summary>Adds rows to the index; those that are there already are passed over.</summary>
    public abstract void WriteSubjects(long lab, IReadOnlyList<SubjectRow> rows);

    public void WidenSpan(long lab, SpanRow span) => Write(
        """
        INSERT INTO receipt_span AS s (lab, block, earliest, latest) VALUES (@lab, @block, @earliest, @latest)
        ON CONFLICT (lab, block) DO UPDATE SET
            earliest = CASE WHEN excluded.earliest < s.earliest THEN excluded.earliest ELSE s.earliest END,
            latest = CASE WHEN excluded.latest > s.latest THEN excluded.latest ELSE s.latest END
        """,
        ("@lab", lab), ("@block", span.Block), ("@earliest", span.Earliest), ("@latest", span.Latest));

    /// <summary>Moves the index on from where it was when it was read.</summary>
    /// <returns>False where another writer was there.</returns>
    public bool AdvanceIndex(long lab, long from, long to)
    {
        Write("INSERT INTO receipt_index (lab, indexed, emptied) VALUES (@lab, 0, 0) ON CONFLICT (lab) DO NOTHING", ("@lab", lab));
        return Write("UPDATE receipt_index SET indexed = @to WHERE lab = @lab AND indexed = @from", ("@to", to), ("@lab", lab), ("@from", from)) == 1;
    }

    /// <summary>Says that the index holds nothing any more; what it still holds is to be deleted.</summary>
    public void DisownIndex(long lab)
    {
        Write("INSERT INTO receipt_index (lab, indexed, emptied) VALUES (@lab, 0, 0) ON CONFLICT (lab) DO NOTHING", ("@lab", lab));
        Write("UPDATE receipt_index SET indexed = -1, emptied = emptied + 1 WHERE lab = @lab", ("@lab", lab));
    }

    /// <summary>Deletes the next rows of an index that was disowned.</summary>
    /// <returns>True once it is empty.</returns>
    public bool DeleteFromIndex(long lab, int rows)
    {
        Write("DELETE FROM receipt_span WHERE lab = @lab", ("@lab", lab));
        return Write(
            """
            DELETE FROM receipt_subject WHERE lab = @lab AND (subject, sequence) IN
                (SELECT subject, sequence FROM receipt_subject WHERE lab = @lab ORDER BY subject, sequence LIMIT @rows)
            """,
            ("@lab", lab), ("@rows", (long)rows)) < rows;
    }

    public IndexRow Index(long lab) => Query(
        "SELECT indexed, emptied FROM receipt_index WHERE lab = @lab",
        r => new IndexRow(r.GetInt64(0), r.GetInt64(1)), ("@lab", lab)).FirstOrDefault() ?? new IndexRow(0, 0);

    /// <summary>First and last block that holds receipts of a time; null where none does.</summary>
    public (long First, long Last)? Blocks(long lab, DateTimeOffset from, DateTimeOffset to) => Query<(long, long)?>(
        "SELECT min(block), max(block) FROM receipt_span WHERE lab = @lab AND latest >= @from AND earliest < @to",
        r => r.IsDBNull(0) ? null : (r.GetInt64(0), r.GetInt64(1)), ("@lab", lab), ("@from", from), ("@to", to)).Single();

    public IReadOnlyList<SpanRow> Spans(long lab) => Query(
        "SELECT block, earliest, latest FROM receipt_span WHERE lab = @lab ORDER BY block",
        r => new SpanRow(r.GetInt64(0), ReadTime(r, 1), ReadTime(r, 2)), ("@lab", lab));

    public long CountSubjects(long lab, long below) => Query(
        "SELECT count(*) FROM receipt_subject WHERE lab = @lab AND sequence < @below",
        r => r.GetInt64(0), ("@lab", lab), ("@below", below)).Single();

    /// <summary>Receipts that the index has for a subject, from one up to another.</summary>
    public IReadOnlyList<long> Sequences(long lab, Guid subject, long from, long to) => Query(
        "SELECT sequence FROM receipt_subject WHERE lab = @lab AND subject = @subject AND sequence >= @from AND sequence < @to",
        r => r.GetInt64(0), ("@lab", lab), ("@subject", subject), ("@from", from), ("@to", to));

    /// <summary>Receipts that may be what is asked for, newest first: those whose columns say so, which nothing binds.</summary>
    /// <param name="from">First sequence number.</param>
    /// <param name="to">First sequence number beyond.</param>
    /// <param name="subject">Only those that the index has for this subject; null: without the index.</param>
    public IReadOnlyList<ReceiptRow> Candidates(long lab, ReceiptQuery query, long from, long to, Guid? subject, int limit)
    {
        List<(string, object?)> parameters = [("@limit", (long)limit)];
        var sql = new StringBuilder($"SELECT {ReceiptColumns} FROM ");
        if (subject is { } looked)
        {
            sql.Append("receipt_subject JOIN receipt ON id = @base + sequence WHERE lab = @lab");
            parameters.AddRange([("@base", ReceiptRow.IdOf(lab, 0)), ("@lab", lab)]);
            Where("subject = @subject", "@subject", looked);
            Where("sequence >= @from", "@from", from);
            Where("sequence < @to", "@to", to);
        }
        else
        {
            sql.Append("receipt WHERE id >= @low");
            parameters.Add(("@low", ReceiptRow.IdOf(lab, from)));
            Where("id < @high", "@high", ReceiptRow.IdOf(lab, to));
        }

        if (query.Project is { } project)
            Where("project = @project", "@project", project.Value);
        if (query.Principal is { } principal)
            Where("principal = @principal", "@principal", principal);
        if (query.From is { } earliest)
            Where("time >= @earliest", "@earliest", earliest);
        if (query.To is { } latest)
            Where("time < @latest", "@latest", latest);
        if (query.Acts is { Count: > 0 } acts)
            sql.Append(" AND act IN (").AppendJoin(',', acts.Select(a => (int)a)).Append(')');

        sql.Append(subject is null ? " ORDER BY id DESC LIMIT @limit" : " ORDER BY sequence DESC LIMIT @limit");
        return Query(sql.ToString(), ReadReceipt, [.. parameters]);

        void Where(string condition, string name, object value)
        {
            sql.Append(" AND ").Append(condition);
            parameters.Add((name, value));
        }
    }
}
