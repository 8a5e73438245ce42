using System.Data.Common;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Slots;

namespace Cofferdam.Delivery;

/// <param name="Record">Of the answer.</param>
/// <param name="Person">Pseudonym of who gave it.</param>
internal readonly record struct AcceptedAnswer(Guid Record, Guid Person, int FormVersion, int GuidelineVersion);

/// <summary>An item with its accepted answers, in the order of its slots; ids only.</summary>
/// <param name="Slots">State of each of its slots.</param>
internal sealed record AcceptedItem(Guid Id, Guid? Batch, IReadOnlyList<SlotState> Slots, IReadOnlyList<AcceptedAnswer> Answers)
{
    public int Records => 1 + Answers.Count;

    /// <summary>Differs wherever an answer came, went or was corrected: a correction is a record of its own.</summary>
    public byte[] Digest()
    {
        var ids = new byte[Answers.Count * 16];
        for (var i = 0; i < Answers.Count; i++)
            Answers[i].Record.TryWriteBytes(ids.AsSpan(i * 16), bigEndian: true, out _);
        return SHA256.HashData(ids);
    }
}

/// <summary>A project's items that have accepted answers, of the batches that a delivery is restricted to.</summary>
/// <remarks>
/// Plain SQL with a handful of parameters however many items there are. An item is read in one statement: what is
/// accepted later is all in or all out.
/// </remarks>
internal sealed class AcceptedAnswers(Store store, DeliveryRow delivery, bool restricted)
{
    /// <summary>Items looked at in one statement; few of them may have answers.</summary>
    private const int PageItems = 500;

    private string OfBatches => restricted ? "AND i.batch IN (SELECT batch FROM delivery_batch WHERE delivery = @delivery)" : "";

    public async Task<long> CountAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = Command(
            connection,
            $"""
            SELECT count(*) FROM item i
            WHERE i.project = @project {OfBatches} AND EXISTS (SELECT 1 FROM slot s WHERE s.item = i.id AND s.state = {(int)SlotState.Accepted} AND s.gold = FALSE)
            """);
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation), null);
    }

    /// <summary>In the order of item ids, as many at a time as one receipt can list with all their answers.</summary>
    public async IAsyncEnumerable<IReadOnlyList<AcceptedItem>> RunsAsync([EnumeratorCancellation] CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = Command(
            connection,
            $"""
            SELECT p.id, p.batch, s.state, s.answer, s.holder, s.form_version, s.guideline_version
            FROM (SELECT i.id, i.batch FROM item i WHERE i.project = @project AND i.id > @after {OfBatches} ORDER BY i.id LIMIT {PageItems}) p
            LEFT JOIN slot s ON s.item = p.id AND s.gold = FALSE
            ORDER BY p.id, s.ordinal
            """);
        var run = new List<AcceptedItem>();
        var records = 0;
        for (Guid? after = Guid.Empty; after is not null;)
        {
            command.Bind("@after", after);
            (var page, after) = await PageAsync(command, cancellation);
            foreach (var item in page)
            {
                if (records + item.Records > IVault.MaxRecordsPerAct)
                {
                    yield return run;
                    (run, records) = ([], 0);
                }

                run.Add(item);
                records += item.Records;
            }
        }

        if (run.Count > 0)
            yield return run;
    }

    /// <returns>Items that have accepted answers, and the last item looked at; null where there was none.</returns>
    private static async Task<(List<AcceptedItem> Items, Guid? Last)> PageAsync(DbCommand command, CancellationToken cancellation)
    {
        var page = new List<AcceptedItem>();
        Guid? last = null;
        List<SlotState> slots = [];
        List<AcceptedAnswer> answers = [];
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
        {
            var id = reader.Id(0);
            if (id != last)
            {
                (slots, answers) = ([], []);
                page.Add(new AcceptedItem(id, reader.IsDBNull(1) ? null : reader.Id(1), slots, answers));
                last = id;
            }

            if (reader.IsDBNull(2))
                continue;
            var state = (SlotState)reader.GetInt16(2);
            slots.Add(state);
            if (state == SlotState.Accepted)
                answers.Add(new AcceptedAnswer(reader.Id(3), reader.Id(4), reader.GetInt32(5), reader.GetInt32(6)));
        }

        page.RemoveAll(item => item.Answers.Count == 0);
        return (page, last);
    }

    private DbCommand Command(DbConnection connection, string sql)
    {
        var command = connection.Command(sql, ("@project", delivery.Project));
        if (restricted)
            command.Bind("@delivery", delivery.Id);
        return command;
    }
}
