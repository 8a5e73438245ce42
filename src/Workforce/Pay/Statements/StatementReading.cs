using Cofferdam.Storage;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Payouts;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Statements;

/// <summary>Reads statements, for the desk and for the expert whose they are.</summary>
internal sealed class StatementReading(AppDb db)
{
    /// <param name="expert">Null: everybody's.</param>
    public async Task<Results<Ok<StatementPage>, ProblemHttpResult>> ListAsync(Guid? expert, Guid? before, int limit, CancellationToken cancellation)
    {
        if (limit is < 1 or > EntryEndpoints.MostRows)
            return Problems.Invalid($"A page has 1 to {EntryEndpoints.MostRows} rows.", "limit");
        var last = before ?? Guid.AllBitsSet;
        var statements = db.PayStatements.AsNoTracking().Where(one => one.Id < last);
        if (expert is { } whose)
            statements = statements.Where(one => one.Expert == whose);
        var rows = await statements.OrderByDescending(one => one.Id).Take(limit).ToListAsync(cancellation);
        var paid = await PaidAsync(rows.ConvertAll(row => row.Id), cancellation);
        return TypedResults.Ok(new StatementPage(rows.ConvertAll(row => StatementView.Of(row, paid.Contains(row.Id))), rows.Count == limit ? rows[^1].Id : null));
    }

    public async Task<Results<Ok<StatementContent>, ProblemHttpResult>> OpenAsync(Guid statement, Guid? expert, long after, CancellationToken cancellation)
    {
        if (await FindAsync(statement, expert, cancellation) is not { } found)
            return Problems.NotFound();
        var lines = await Lines(statement).Where(entry => entry.Sequence > after).OrderBy(entry => entry.Sequence).Take(EntryEndpoints.MostRows).ToListAsync(cancellation);
        var rates = await db.PayStatementRates.AsNoTracking().Where(rate => rate.Statement == statement).OrderBy(rate => rate.Engagement).ToListAsync(cancellation);
        var paid = await PaidAsync([statement], cancellation);
        return TypedResults.Ok(new StatementContent(
            StatementView.Of(found, paid.Count > 0), rates.ConvertAll(StatementRateView.Of), lines.ConvertAll(EntryView.Of),
            lines.Count == EntryEndpoints.MostRows ? lines[^1].Sequence : null));
    }

    public async Task<Results<FileContentHttpResult, ProblemHttpResult>> CsvAsync(Guid statement, Guid? expert, CancellationToken cancellation)
    {
        if (await FindAsync(statement, expert, cancellation) is not { } found)
            return Problems.NotFound();
        using var file = new MemoryStream();
        await using (var text = new StreamWriter(file, leaveOpen: true))
            StatementCsv.Write(await Lines(statement).OrderBy(entry => entry.Sequence).ToListAsync(cancellation), text);
        return TypedResults.File(file.ToArray(), "text/csv; charset=utf-8", $"pay-statement-{found.Number}.csv");
    }

    private IQueryable<PayEntry> Lines(Guid statement) =>
        db.PayStatementLines.Where(line => line.Statement == statement).Join(db.PayEntries.AsNoTracking(), line => line.Entry, entry => entry.Sequence, (_, entry) => entry);

    private Task<PayStatement?> FindAsync(Guid statement, Guid? expert, CancellationToken cancellation) =>
        db.PayStatements.AsNoTracking().SingleOrDefaultAsync(one => one.Id == statement && (expert == null || one.Expert == expert), cancellation);

    private async Task<HashSet<Guid>> PaidAsync(List<Guid> statements, CancellationToken cancellation) =>
        await db.PayoutLines.Where(line => statements.Contains(line.Statement))
            .Join(db.Payouts.Where(payout => payout.State == PayoutState.Approved), line => line.Payout, payout => payout.Id, (line, _) => line.Statement)
            .ToHashSetAsync(cancellation);
}
