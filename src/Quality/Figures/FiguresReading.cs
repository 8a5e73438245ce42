using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Slots;

namespace Cofferdam.Quality.Figures;

/// <summary>Counts a project's figures from rows; nothing is opened.</summary>
internal sealed class FiguresReading(Store store, TimeProvider time)
{
    private const string Items = "SELECT coalesce(sum(imported), 0) FROM import WHERE project = @project AND state = 2";

    // Answered from the index slot_person alone.
    private const string Held = "SELECT holder, state, count(*) FROM slot WHERE project = @project AND holder IS NOT NULL AND gold = FALSE GROUP BY holder, state";

    public async Task<FiguresView> ReadAsync(LabId lab, Guid project, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var connection = await store.OpenAsync(cancellation);
        await using var items = connection.Command(Items, ("@project", project));
        var count = Convert.ToInt64(await items.ExecuteScalarAsync(cancellation));
        var held = await HeldAsync(connection, project, cancellation);
        var rows = await BatchRow.ReadAsync(connection, project, cancellation);
        var batches = await BatchReading.ReadAsync(connection, project, rows, held, cancellation);
        var pass = await AnswerPass.ReadAsync(connection, project, rows.Where(row => row.ReviewPercent < 100).Select(row => row.Id), cancellation);
        var agreement = await AgreementReading.ReadAsync(connection, rows, cancellation);

        BatchFigures[] views = [.. rows.Select(row => batches[row.Id] with { Agreement = AgreementFigures.Of(agreement.Of(row.Id)) })];
        var progress = new ProgressFigures(
            count, views.Sum(b => b.Open), views.Sum(b => b.Leased), views.Sum(b => b.Submitted), views.Sum(b => b.Accepted),
            views.Sum(b => b.Returned), views.Sum(b => b.Escalated), views.Sum(b => b.Cancelled));
        var days = pass.Days;
        var remaining = progress.Open + progress.Leased + progress.Submitted + progress.Returned + progress.Escalated;
        return new FiguresView(
            now, progress, days, await CostReading.ReadAsync(connection, rows, views, cancellation), Forecast.Of(remaining, days, now),
            AgreementFigures.Of(agreement.All), views, People(held, pass), await StuckReading.ReadAsync(connection, lab, rows, views, cancellation));
    }

    private static PersonFigures[] People(Dictionary<Guid, Dictionary<SlotState, long>> held, AnswerPass pass) =>
        [.. held.Keys.Union(pass.People.Keys).Order().Select(person =>
        {
            var slots = held.GetValueOrDefault(person);
            var tally = pass.People.GetValueOrDefault(person) ?? new AnswerPass.Tally();
            return new PersonFigures(
                person, tally.Submitted, slots?.GetValueOrDefault(SlotState.Accepted) ?? 0, slots?.GetValueOrDefault(SlotState.Returned) ?? 0,
                GoldFigures.From(tally.Right, tally.Known), ReviewFigures.From(tally.Accepted, tally.Decided),
                tally.Median() is { } median ? new SecondsFigures(median) : null);
        })];

    private static async Task<Dictionary<Guid, Dictionary<SlotState, long>>> HeldAsync(DbConnection connection, Guid project, CancellationToken cancellation)
    {
        await using var command = connection.Command(Held, ("@project", project));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var held = new Dictionary<Guid, Dictionary<SlotState, long>>();
        while (await reader.ReadAsync(cancellation))
        {
            var person = reader.Id(0);
            if (!held.TryGetValue(person, out var states))
                held.Add(person, states = []);
            states[(SlotState)reader.GetInt16(1)] = reader.GetInt64(2);
        }

        return held;
    }
}
