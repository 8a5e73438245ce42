using System.Data.Common;
using System.Runtime.InteropServices;
using Cofferdam.Storage;

namespace Cofferdam.Quality.Figures;

/// <summary>Agreement told from votes: keyed fingerprints of item and answer, which are equal where two people say the same of an item.</summary>
internal sealed class AgreementReading
{
    // What people said themselves, also where a reviewer put another answer in its place.
    private const string Votes = """
        SELECT s.item, coalesce(o.vote, a.vote) AS said
        FROM slot s JOIN answer a ON a.record = s.answer LEFT JOIN answer o ON o.record = a.corrects
        WHERE s.project = (SELECT b.project FROM batch b WHERE b.id = @batch) AND s.batch = @batch AND s.gold = FALSE AND s.state IN (2, 3, 5)
          AND coalesce(o.vote, a.vote) IS NOT NULL
        ORDER BY s.item
        """;

    private readonly Dictionary<Guid, Agreement> batches = [];

    public Agreement All { get; } = new();

    public Agreement? Of(Guid batch) => batches.GetValueOrDefault(batch);

    /// <summary>Reads the votes of batches that want several answers to an item.</summary>
    public static async Task<AgreementReading> ReadAsync(DbConnection connection, IEnumerable<BatchRow> rows, CancellationToken cancellation)
    {
        var reading = new AgreementReading();
        foreach (var row in rows.Where(row => row.SeveralAnswer))
            await reading.ReadAsync(connection, row.Id, cancellation);
        return reading;
    }

    private async Task ReadAsync(DbConnection connection, Guid batch, CancellationToken cancellation)
    {
        var agreement = batches[batch] = new Agreement();
        await using var command = connection.Command(Votes, ("@batch", batch));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var item = Guid.Empty;
        var votes = new Dictionary<long, int>();
        while (await reader.ReadAsync(cancellation))
        {
            if (reader.Id(0) is var next && next != item)
            {
                Add(agreement, votes);
                item = next;
            }

            // 64 of its 256 bits tell the few votes on one item apart.
            CollectionsMarshal.GetValueRefOrAddDefault(votes, BitConverter.ToInt64((byte[])reader.GetValue(1)), out _)++;
        }

        Add(agreement, votes);
    }

    private void Add(Agreement agreement, Dictionary<long, int> votes)
    {
        agreement.Add(votes.Values);
        All.Add(votes.Values);
        votes.Clear();
    }
}
