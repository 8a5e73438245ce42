using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Batches;

namespace Cofferdam.Quality.Figures;

/// <summary>Finds batches whose open work nobody can take: they would wait for ever without anybody noticing.</summary>
internal static class StuckReading
{
    private const string Members = """
        SELECT m.pseudonym, k.kind, k.code FROM member m LEFT JOIN member_skill k ON k.lab = m.lab AND k.person = m.pseudonym
        WHERE m.lab = @lab AND m.left_at IS NULL AND m.role <> 5
        """;

    public static async Task<List<StuckBatch>> ReadAsync(
        DbConnection connection, LabId lab, IReadOnlyList<BatchRow> rows, IReadOnlyList<BatchFigures> views, CancellationToken cancellation)
    {
        var stuck = new List<StuckBatch>();
        Dictionary<Guid, HashSet<(int Kind, string Code)>>? members = null;
        foreach (var (row, view) in rows.Zip(views).Where(pair => pair.First.State is BatchState.Open && pair.Second.Open > 0))
        {
            members ??= await MembersAsync(connection, lab, cancellation);
            var wanted = Codes(1, row.Skills).Concat(Codes(2, row.Languages)).ToList();
            var able = members.Values.Count(has => wanted.TrueForAll(has.Contains));
            if (able == 0)
                stuck.Add(new StuckBatch(row.Id, row.Code, view.Open, StuckReason.NobodyQualified));
            else if (able < row.Overlap)
                stuck.Add(new StuckBatch(row.Id, row.Code, view.Open, StuckReason.TooFewPeople));
        }

        return stuck;
    }

    private static async Task<Dictionary<Guid, HashSet<(int, string)>>> MembersAsync(DbConnection connection, LabId lab, CancellationToken cancellation)
    {
        await using var command = connection.Command(Members, ("@lab", lab.Value));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var members = new Dictionary<Guid, HashSet<(int, string)>>();
        while (await reader.ReadAsync(cancellation))
        {
            var person = reader.Id(0);
            if (!members.TryGetValue(person, out var has))
                members.Add(person, has = []);
            if (!await reader.IsDBNullAsync(1, cancellation))
                has.Add((reader.GetInt16(1), reader.GetString(2)));
        }

        return members;
    }

    private static IEnumerable<(int, string)> Codes(int kind, string codes) =>
        codes.Split(' ', StringSplitOptions.RemoveEmptyEntries).Select(code => (kind, code));
}
