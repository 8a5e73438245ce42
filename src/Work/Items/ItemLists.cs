using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Items;

/// <summary>Lists and counts items at a cost that does not grow with the project.</summary>
internal sealed class ItemLists(Store store)
{
    /// <summary>Candidates of one page: few may fit a narrow filter, and a page must not take for ever.</summary>
    private const int MostLooks = 10_000;

    private const int LooksPerQuery = 1_000;

    private static readonly string[] Names = [.. Enumerable.Range(0, LooksPerQuery).Select(i => $"@i{i}")];

    /// <summary>A page of items. It may hold fewer than asked for, or none, and still name what follows.</summary>
    public async Task<ItemPage> PageAsync(ItemFilter filter, Guid after, int limit, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        var rows = new List<ItemRow>(limit);
        var seen = new HashSet<Guid>();
        Guid? next = after;
        for (var looks = 0; rows.Count < limit && looks < MostLooks && next is { } from;)
        {
            // As many as fit a page at first; where few of them do, more at a time.
            var most = looks == 0 ? limit : LooksPerQuery;
            var candidates = await CandidatesAsync(connection, filter, from, most, cancellation);
            looks += candidates.Count;
            next = candidates.Count == most ? candidates[^1].Cursor : null;
            foreach (var (cursor, row) in candidates)
            {
                if (row is null || !seen.Add(row.Id))
                    continue;
                rows.Add(row);
                if (rows.Count == limit)
                {
                    next = cursor;
                    break;
                }
            }
        }

        return new ItemPage(await FilledAsync(connection, rows, cancellation), next);
    }

    /// <summary>How many items fit.</summary>
    public async Task<ItemCount> CountAsync(ItemFilter filter, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        if (Total(filter) is { } total)
        {
            await using var sum = connection.Command(total);
            filter.Bind(sum);
            return new ItemCount(Convert.ToInt64(await sum.ExecuteScalarAsync(cancellation)), Exact: true);
        }

        await using var command = connection.Command(
            $"""
             SELECT count(*), count(DISTINCT CASE WHEN {filter.Conditions} THEN i.id END)
             FROM ({filter.Candidates}) c JOIN item i ON i.id = c.item
             """,
            ("@after", Guid.Empty), ("@limit", MostLooks));
        filter.Bind(command);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        await reader.ReadAsync(cancellation);
        return new ItemCount(reader.GetInt64(1), Exact: reader.GetInt64(0) < MostLooks);
    }

    // What is counted already, or counted from one index alone.
    private static string? Total(ItemFilter filter) => filter switch
    {
        { Batch: null, Import: null, State: null, Facet: null, Gold: null } => "SELECT coalesce(sum(imported), 0) FROM import WHERE project = @project AND state = 2",
        { Batch: null, Import: not null, State: null, Facet: null, Gold: null } => "SELECT coalesce(sum(imported), 0) FROM import WHERE project = @project AND state = 2 AND id = @import",
        { Batch: not null, Import: null, State: null, Facet: null, Gold: null } => "SELECT coalesce(sum(items), 0) FROM batch WHERE project = @project AND id = @batch",
        { Batch: null, Import: null, State: null, Facet: not null, Gold: null } => "SELECT count(*) FROM item_facet WHERE project = @project AND facet = @facet AND value = @value",
        _ => null,
    };

    /// <summary>Candidates in their order; those that do not fit have no row.</summary>
    private static async Task<List<(Guid Cursor, ItemRow? Row)>> CandidatesAsync(
        DbConnection connection, ItemFilter filter, Guid after, int limit, CancellationToken cancellation)
    {
        await using var command = connection.Command(
            $"""
             SELECT c.place, i.id, i.batch, i.import, i.gold
             FROM ({filter.Candidates}) c LEFT JOIN item i ON i.id = c.item AND {filter.Conditions}
             ORDER BY c.place
             """,
            ("@after", after), ("@limit", limit));
        filter.Bind(command);
        var candidates = new List<(Guid, ItemRow?)>(limit);
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        while (await reader.ReadAsync(cancellation))
            candidates.Add((reader.Id(0), await reader.IsDBNullAsync(1, cancellation) ? null : await RowAsync(reader, cancellation)));
        return candidates;
    }

    private static async Task<ItemRow> RowAsync(DbDataReader reader, CancellationToken cancellation) => new(
        reader.Id(1), await reader.IsDBNullAsync(2, cancellation) ? null : reader.Id(2), [], reader.Id(3),
        !await reader.IsDBNullAsync(4, cancellation), new Dictionary<string, string>());

    /// <summary>The rows with their slots' states and their facets.</summary>
    private static async Task<IReadOnlyList<ItemRow>> FilledAsync(DbConnection connection, List<ItemRow> rows, CancellationToken cancellation)
    {
        if (rows.Count == 0)
            return rows;
        var ids = string.Join(',', Names.Take(rows.Count));
        var slots = new Dictionary<Guid, List<SlotState>>();
        await using (var command = Of($"SELECT item, state FROM slot WHERE item IN ({ids}) ORDER BY item, ordinal"))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                (slots.TryGetValue(reader.Id(0), out var states) ? states : slots[reader.Id(0)] = []).Add((SlotState)reader.GetInt16(1));
        }

        var facets = new Dictionary<Guid, Dictionary<string, string>>();
        await using (var command = Of($"SELECT item, facet, value FROM item_facet WHERE item IN ({ids})"))
        {
            await using var reader = await command.ExecuteReaderAsync(cancellation);
            while (await reader.ReadAsync(cancellation))
                (facets.TryGetValue(reader.Id(0), out var values) ? values : facets[reader.Id(0)] = [])[reader.GetString(1)] = reader.GetString(2);
        }

        return [.. rows.Select(row => row with
        {
            Slots = slots.GetValueOrDefault(row.Id, []),
            Facets = facets.GetValueOrDefault(row.Id, []),
        })];

        DbCommand Of(string sql)
        {
            var command = connection.Command(sql);
            for (var i = 0; i < rows.Count; i++)
                command.Add(Names[i], rows[i].Id);
            return command;
        }
    }
}
