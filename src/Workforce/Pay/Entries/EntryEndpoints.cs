using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Entries;

/// <summary>The ledger at the desk: reading it, putting it right, pause pay, and whether it is whole.</summary>
internal static class EntryEndpoints
{
    public const int MostRows = 256;
    private const int MostExperts = 1_000;

    public static void MapEntryEndpoints(this RouteGroupBuilder pay)
    {
        pay.MapGet("/entries", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Entries of the pay ledger, in order");
        pay.MapGet("/findings", Findings).RequireAuthorization(VendorPolicies.Desk).WithSummary("What of the pay ledger somebody has to look at");
        pay.MapPost("/corrections", Correct).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Put an entry right by a new one, with a reason");
        pay.MapPost("/pause-pay", PausePay).RequireAuthorization(VendorPolicies.Manager).WithSummary("Pay promised hours where work stopped before its notice had run");
        pay.MapPost("/check", Check).RequireAuthorization(VendorPolicies.Desk).WithSummary("Go through the whole ledger: chain, amounts, sums");
    }

    private static async Task<Results<Ok<EntryPage>, ProblemHttpResult>> List(
        AppDb db, CancellationToken cancellation, Guid? expert = null, Guid? engagement = null, long after = 0, int limit = 100)
    {
        if (limit is < 1 or > MostRows)
            return Problems.Invalid($"A page has 1 to {MostRows} rows.", "limit");
        var entries = db.PayEntries.AsNoTracking().Where(entry => entry.Sequence > after);
        if (expert is { } whose)
            entries = entries.Where(entry => entry.Expert == whose);
        if (engagement is { } where)
            entries = entries.Where(entry => entry.Engagement == where);
        var rows = await entries.OrderBy(entry => entry.Sequence).Take(limit).ToListAsync(cancellation);
        return TypedResults.Ok(new EntryPage(rows.ConvertAll(EntryView.Of), rows.Count == limit ? rows[^1].Sequence : null));
    }

    private static async Task<Ok<PayFindings>> Findings(AppDb db, CancellationToken cancellation)
    {
        var entries = db.PayEntries;
        var rest = db.PayEntries.AsNoTracking().Where(entry => entry.Kind == EntryKind.Work && !entries.Any(other => other.Refers == entry.Sequence && other.Kind == EntryKind.Correction));
        var over = await rest.Where(entry => entry.Seconds != entry.Counted).OrderBy(entry => entry.Sequence).Take(MostRows).ToListAsync(cancellation);
        var unrated = await rest.Where(entry => entry.Card == null).OrderBy(entry => entry.Sequence).Take(MostRows).ToListAsync(cancellation);
        var below = await db.PayStatementRates.AsNoTracking().Where(rate => rate.Shortfall > rate.ToppedUp || rate.Unknown > 0)
            .OrderByDescending(rate => rate.Statement).Take(MostRows).ToListAsync(cancellation);
        return TypedResults.Ok(new PayFindings(over.ConvertAll(EntryView.Of), unrated.ConvertAll(EntryView.Of), below.ConvertAll(StatementRateView.Of)));
    }

    private static async Task<Results<Created<EntryView>, ProblemHttpResult>> Correct(
        CorrectionRequest request, VendorActor actor, Corrections corrections, PayWords words, AppDb db)
    {
        if (!PayWords.Are(request.Words))
            return Problems.Invalid($"A correction is explained in 1 to {PayWords.Most} characters.", "words");
        if (await db.PayEntries.Where(entry => entry.Sequence == request.Entry).Select(entry => (Guid?)entry.Expert).SingleOrDefaultAsync() is not { } expert)
            return Problems.NotFound();
        var id = request.Id ?? Guid.CreateVersion7();
        var isNew = await words.SealAsync(actor, expert, id, request.Words);
        await using var transaction = await db.Database.BeginTransactionAsync();
        var outcome = await corrections.MakeAsync(new Correction(request.Entry, request.Amount, request.Seconds, request.Reason, id, request.Currency), actor.Person);
        if (outcome is CorrectionOutcome.Made made)
        {
            await transaction.CommitAsync();
            return TypedResults.Created($"/api/desk/pay/entries?after={made.Entry.Sequence - 1}", EntryView.Of(made.Entry));
        }

        await transaction.RollbackAsync();
        await words.DropAsync(actor, expert, id, isNew);
        return outcome switch
        {
            CorrectionOutcome.TooMuch stands => Problems.Of(StatusCodes.Status409Conflict, "more-than-paid",
                $"The entry stands at {stands.Amount} minor units for {stands.Seconds} seconds. No more than that can be taken back."),
            CorrectionOutcome.OwnPay => OwnPay(),
            CorrectionOutcome.NotFound => Problems.Of(StatusCodes.Status409Conflict, "not-correctable", "Work, pause pay and top-ups are corrected. Name the entry that this one is about."),
            _ => Problems.Invalid("A correction changes the amount or the seconds. It names a currency where the entry has none, and only there.", "amount"),
        };
    }

    public static ProblemHttpResult OwnPay() => Problems.Of(StatusCodes.Status403Forbidden, "own-pay", "Nobody decides about their own pay. Ask a colleague.");

    private static async Task<Results<Ok<List<EntryView>>, ProblemHttpResult>> PausePay(PausePayRequest request, VendorActor actor, EarlyStop stop, AppDb db)
    {
        if (request.Experts.Count is < 1 or > MostExperts)
            return Problems.Invalid($"Name 1 to {MostExperts} experts.", "experts");
        if (request.Experts.Contains(actor.Person))
            return OwnPay();
        await using var transaction = await db.Database.BeginTransactionAsync();
        var paid = await stop.PayAsync(request.Engagement, request.Stop, request.Experts, request.NoticeGiven, request.Stopped, actor.Person);
        await transaction.CommitAsync();
        return TypedResults.Ok(paid.Select(EntryView.Of).ToList());
    }

    private static async Task<Ok<PayChecked>> Check(PayCheck check, CancellationToken cancellation) => TypedResults.Ok(await check.RunAsync(cancellation));
}
