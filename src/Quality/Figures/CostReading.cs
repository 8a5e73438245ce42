using System.Data.Common;
using Cofferdam.Storage;

namespace Cofferdam.Quality.Figures;

/// <summary>What accepted answers cost, and how many items are done for it.</summary>
internal static class CostReading
{
    private const string DoneItems = """
        SELECT count(*) FROM (SELECT s.item FROM slot s WHERE s.batch = @batch AND s.gold = FALSE GROUP BY s.item
          HAVING min(CASE WHEN s.state IN (3, 6) THEN 1 ELSE 0 END) = 1 AND max(CASE WHEN s.state = 3 THEN 1 ELSE 0 END) = 1) AS done
        """;

    /// <returns>Null without prices, and where there are several currencies: sums of those mean nothing.</returns>
    public static async Task<CostFigures?> ReadAsync(
        DbConnection connection, IReadOnlyList<BatchRow> rows, IReadOnlyList<BatchFigures> views, CancellationToken cancellation)
    {
        var priced = rows.Zip(views).Where(pair => pair.Second is { Spent: not null, Currency: not null }).ToList();
        if (priced.Select(pair => pair.Second.Currency).Distinct().ToList() is not [{ } currency])
            return null;
        var (spent, items) = (0L, 0L);
        foreach (var (row, view) in priced)
        {
            spent += view.Spent!.Value;
            items += row.SeveralAnswer ? await DoneAsync(connection, row.Id, cancellation) : view.Accepted;
        }

        return new CostFigures(currency, spent, items, items == 0 ? null : (double)spent / items);
    }

    private static async Task<long> DoneAsync(DbConnection connection, Guid batch, CancellationToken cancellation)
    {
        await using var command = connection.Command(DoneItems, ("@batch", batch));
        return Convert.ToInt64(await command.ExecuteScalarAsync(cancellation));
    }
}
