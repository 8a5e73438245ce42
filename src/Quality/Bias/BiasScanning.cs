using System.Data.Common;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Quality.Bias;

/// <summary>Opens every answer of a project, counts sides per person and seals the counts. Opened by the node's service, each run with its receipt.</summary>
internal sealed class BiasScanning(IVault vault, Store store, TimeProvider time)
{
    // The same answer given again after it was returned is no new evidence: the first one of each task counts.
    private const string Page = """
        SELECT record, slot, submitted_at, submission FROM answer
        WHERE project = @project AND person = @person AND (submitted_at, submission) > (@at, @after)
        ORDER BY submitted_at, submission LIMIT @most
        """;

    /// <returns>How it ended. <see cref="ScanState.Running"/>: it was cancelled meanwhile, and nothing is left of it.</returns>
    public async Task<(ScanState State, string? Problem)> RunAsync(LabId lab, BiasScan scan, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        var people = await PeopleAsync(connection, scan, cancellation);
        var found = new List<Sides>(people.Count);
        var scanned = 0L;
        foreach (var person in people)
        {
            var (left, right, tie) = (0L, 0L, 0L);
            var tasks = new HashSet<Guid>();
            var (at, after) = (0L, Guid.Empty);
            while (true)
            {
                (var records, var rows, at, after) = await PageAsync(connection, scan.Project, person, tasks, at, after, cancellation);
                if (rows == 0)
                    break;
                if (records.Count > 0)
                {
                    // Who may not look any more has nobody looking for them either.
                    if (await vault.IsSuspendedAsync(lab, scan.RequestedBy, cancellation))
                        return (ScanState.Failed, "suspended");
                    var outcome = await vault.OpenAsync(
                        new OpenRequest(lab, new ProjectId(scan.Project), Principal.Service, Act.Open, Purpose.Figures, records, ActId: scan.Id), cancellation);
                    if (outcome is not OpenOutcome.Opened opened)
                        return (ScanState.Failed, ProblemOf((OpenOutcome.Refused)outcome));
                    foreach (var record in opened.Records)
                    {
                        var side = AnswerSide.Of(record.Plaintext);
                        (left, right, tie) = (left + (side is Side.Left ? 1 : 0), right + (side is Side.Right ? 1 : 0), tie + (side is Side.Tie ? 1 : 0));
                    }
                }

                scanned += rows;
                if (!await NoteAsync(connection, scan.Id, scanned, cancellation))
                    return (ScanState.Running, null);
            }

            if (left + right + tie > 0)
                found.Add(new Sides(person, left, right, tie));
        }

        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedSides(1, found), QualityJson.Default.SealedSides);
        // A scan that is run again after a stop replaces what it may have sealed before.
        await vault.SealAsync(
            new SealRequest(lab, new ProjectId(scan.Project), Principal.Service, [new SealItem(RecordKind.Figures, new RecordId(scan.Id), plaintext)]), CancellationToken.None);
        scan.Scanned = scanned;
        return (ScanState.Done, null);
    }

    /// <summary>Ends a scan, unless it was cancelled meanwhile.</summary>
    public async Task<bool> EndAsync(BiasScan scan, ScanState state, string? problem, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var end = connection.Command(
            "UPDATE bias_scan SET state = @state, problem = @problem, scanned = @scanned, ended_at = @now WHERE id = @id AND state = 0",
            ("@state", (long)state), ("@problem", problem), ("@scanned", scan.Scanned), ("@now", time.GetUtcNow()), ("@id", scan.Id));
        return await end.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static async Task<List<Guid>> PeopleAsync(DbConnection connection, BiasScan scan, CancellationToken cancellation)
    {
        await using var select = connection.Command("SELECT person, count(*) FROM answer WHERE project = @project GROUP BY person", ("@project", scan.Project));
        var people = new List<Guid>();
        var total = 0L;
        await using (var reader = await select.ExecuteReaderAsync(cancellation))
        {
            while (await reader.ReadAsync(cancellation))
            {
                people.Add(reader.Id(0));
                total += reader.GetInt64(1);
            }
        }

        await using var note = connection.Command("UPDATE bias_scan SET total = @total WHERE id = @id", ("@total", total), ("@id", scan.Id));
        await note.ExecuteNonQueryAsync(cancellation);
        return people;
    }

    private static async Task<(List<RecordRef> Records, int Rows, long At, Guid After)> PageAsync(
        DbConnection connection, Guid project, Guid person, HashSet<Guid> tasks, long at, Guid after, CancellationToken cancellation)
    {
        await using var select = connection.Command(
            Page, ("@project", project), ("@person", person), ("@at", at), ("@after", after), ("@most", IVault.MaxRecordsPerAct));
        await using var reader = await select.ExecuteReaderAsync(cancellation);
        var records = new List<RecordRef>(IVault.MaxRecordsPerAct);
        var rows = 0;
        while (await reader.ReadAsync(cancellation))
        {
            rows++;
            if (tasks.Add(reader.Id(1)))
                records.Add(new RecordRef(RecordKind.Answer, new RecordId(reader.Id(0))));
            (at, after) = (reader.GetInt64(2), reader.Id(3));
        }

        return (records, rows, at, after);
    }

    private static async Task<bool> NoteAsync(DbConnection connection, Guid scan, long scanned, CancellationToken cancellation)
    {
        await using var note = connection.Command("UPDATE bias_scan SET scanned = @scanned WHERE id = @id AND state = 0", ("@scanned", scanned), ("@id", scan));
        return await note.ExecuteNonQueryAsync(cancellation) == 1;
    }

    private static string ProblemOf(OpenOutcome.Refused refused) => refused.Reason switch
    {
        RefusalReason.Suspended => "suspended",
        RefusalReason.NotAsSealed => "not-as-sealed",
        _ => "refused",
    };
}
