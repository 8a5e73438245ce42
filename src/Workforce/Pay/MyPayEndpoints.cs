using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Pay.Objections;
using Cofferdam.Workforce.Pay.Payouts;
using Cofferdam.Workforce.Pay.Rates;
using Cofferdam.Workforce.Pay.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay;

/// <summary>What an expert has earned that is in no statement yet, in one currency.</summary>
/// <param name="Amount">Minor units.</param>
/// <param name="Seconds">Paid seconds.</param>
public sealed record OpenPay(string Currency, long Amount, long Seconds, int Entries);

/// <param name="Zone">IANA name of the time zone that cuts the days.</param>
/// <param name="Place">ISO 3166 code of the place whose floor holds; null: not said.</param>
/// <param name="HasDetails">Where the money goes is known.</param>
/// <param name="Open">What is in no statement yet.</param>
public sealed record MyPay(string Zone, string? Place, bool HasDetails, IReadOnlyList<OpenPay> Open);

/// <param name="Zone">IANA name of a time zone, such as <c>Europe/Berlin</c>; counts for work from now on.</param>
/// <param name="Place">ISO 3166 code of where the work is done; null: not said.</param>
public sealed record WhereRequest(string Zone, string? Place = null);

/// <summary>An expert's own pay.</summary>
internal static class MyPayEndpoints
{
    public static void MapMyPayEndpoints(this RouteGroupBuilder me)
    {
        var pay = me.MapGroup("/pay").WithTags("My pay").RequireAuthorization(VendorPolicies.Expert);
        pay.MapGet("", Summary).WithSummary("What is earned and not stated yet");
        pay.MapPut("/where", SetWhere).WithSummary("Say by which clock the days are cut, and where the work is done");
        pay.MapGet("/details", Details).WithSummary("Where the money goes");
        pay.MapPut("/details", SetDetails).WithSummary("Say where the money goes");
        pay.MapGet("/rates/{engagement:guid}", Rate).WithSummary("The rate card in force");
        pay.MapGet("/entries", Entries).WithSummary("Entries of the pay ledger, in order");
        pay.MapGet("/statements", (VendorActor actor, StatementReading reading, CancellationToken cancellation, Guid? before = null, int limit = 100) =>
            reading.ListAsync(actor.Person, before, limit, cancellation)).WithSummary("Statements, newest first");
        pay.MapGet("/statements/{statement:guid}", (Guid statement, VendorActor actor, StatementReading reading, CancellationToken cancellation, long after = 0) =>
            reading.OpenAsync(statement, actor.Person, after, cancellation)).WithSummary("A statement with its lines");
        pay.MapGet("/statements/{statement:guid}/csv", (Guid statement, VendorActor actor, StatementReading reading, CancellationToken cancellation) =>
            reading.CsvAsync(statement, actor.Person, cancellation)).WithSummary("A statement as CSV");
        pay.MapGet("/entries/{entry:long}/words", Words).WithSummary("Why an entry was made");
        pay.MapGet("/withholdings", (VendorActor actor, ObjectionReading reading, CancellationToken cancellation) => reading.WithholdingsAsync(actor.Person, cancellation))
            .WithSummary("What is withheld, by its clock");
        pay.MapGet("/withholdings/{withholding:guid}", (Guid withholding, VendorActor actor, ObjectionReading reading, CancellationToken cancellation) =>
            reading.WithholdingAsync(withholding, actor.Person, actor, cancellation)).WithSummary("A withholding with its evidence");
        pay.MapPost("/disputes", Dispute).WithSummary("Object to an entry");
        pay.MapGet("/disputes", (VendorActor actor, ObjectionReading reading, CancellationToken cancellation) => reading.DisputesAsync(actor.Person, openOnly: false, cancellation))
            .WithSummary("Own disputes, by their clocks");
        pay.MapGet("/disputes/{dispute:guid}", (Guid dispute, VendorActor actor, ObjectionReading reading, CancellationToken cancellation) =>
            reading.DisputeAsync(dispute, actor.Person, actor, cancellation)).WithSummary("A dispute with its words");
    }

    private static async Task<Ok<MyPay>> Summary(VendorActor actor, AppDb db, CancellationToken cancellation)
    {
        var person = await db.PayPeople.AsNoTracking().SingleOrDefaultAsync(one => one.Expert == actor.Person, cancellation);
        var lines = db.PayStatementLines;
        var open = await db.PayEntries.Where(entry => entry.Expert == actor.Person && !lines.Any(line => line.Entry == entry.Sequence))
            .GroupBy(entry => entry.Currency)
            .Select(of => new OpenPay(of.Key, of.Sum(entry => entry.Amount), of.Sum(entry => entry.Counted), of.Count())).ToListAsync(cancellation);
        return TypedResults.Ok(new MyPay(person?.Zone ?? PayClock.Unsaid, person?.Place, person?.Details is not null, open));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetWhere(WhereRequest request, VendorActor actor, AppDb db)
    {
        if (!PayClock.TryFind(request.Zone, out _))
            return Problems.Invalid("Give the IANA name of a time zone, such as Europe/Berlin.", "zone");
        if (request.Place is { } place && !Floors.Places.Are(place))
            return Problems.Invalid("Give the ISO 3166 code of a country or of a part of one, such as DE or US-CA.", "place");
        var person = await PersonAsync(actor, db);
        person.Zone = request.Zone;
        person.Place = request.Place;
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<PayDetails>, ProblemHttpResult>> Details(VendorActor actor, AppDb db, PayWords words, CancellationToken cancellation)
    {
        if (await db.PayPeople.Where(one => one.Expert == actor.Person).Select(one => one.Details).SingleOrDefaultAsync(cancellation) is not { } record)
            return Problems.NotFound();
        var (details, problem) = await words.OpenDetailsAsync(actor, actor.Person, record, cancellation);
        return details is null ? problem ?? Problems.NotFound() : TypedResults.Ok(details);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> SetDetails(PayDetails request, VendorActor actor, AppDb db, PayWords words)
    {
        if (request.Check() is { } fault)
            return Problems.Invalid(fault);
        var person = await PersonAsync(actor, db);
        // The newest version of one record: it is known at once, and how often it changed is in the receipts.
        var record = person.Details ?? Guid.CreateVersion7();
        await words.SealAsync(actor, actor.Person, record, request);
        person.Details = record;
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Results<Ok<RateCardView>, ProblemHttpResult>> Rate(Guid engagement, VendorActor actor, RateBook rates, TimeProvider time, CancellationToken cancellation) =>
        await rates.InForceAsync(engagement, actor.Person, time.GetUtcNow(), cancellation) is { } card ? TypedResults.Ok(RateCardView.Of(card)) : Problems.NotFound();

    private static async Task<Results<Ok<EntryPage>, ProblemHttpResult>> Entries(VendorActor actor, AppDb db, CancellationToken cancellation, long after = 0, int limit = 100)
    {
        if (limit is < 1 or > EntryEndpoints.MostRows)
            return Problems.Invalid($"A page has 1 to {EntryEndpoints.MostRows} rows.", "limit");
        var rows = await db.PayEntries.AsNoTracking().Where(entry => entry.Expert == actor.Person && entry.Sequence > after)
            .OrderBy(entry => entry.Sequence).Take(limit).ToListAsync(cancellation);
        return TypedResults.Ok(new EntryPage(rows.ConvertAll(EntryView.Of), rows.Count == limit ? rows[^1].Sequence : null));
    }

    private static async Task<Results<Ok<EntryWords>, ProblemHttpResult>> Words(long entry, VendorActor actor, AppDb db, PayWords words, CancellationToken cancellation)
    {
        if (await db.PayEntries.Where(one => one.Sequence == entry && one.Expert == actor.Person).Select(one => one.Words).SingleOrDefaultAsync(cancellation) is not { } record)
            return Problems.NotFound();
        var (texts, problem) = await words.OpenAsync(actor, actor.Person, [record], cancellation);
        return texts is null ? problem! : TypedResults.Ok(new EntryWords(texts[0]));
    }

    private static async Task<Results<Created<DisputeView>, ProblemHttpResult>> Dispute(
        DisputeRequest request, VendorActor actor, Disputes disputes, PayWords words, TimeProvider time)
    {
        if (!PayWords.Are(request.Words))
            return Problems.Invalid($"A dispute has 1 to {PayWords.Most} characters.", "words");
        var id = request.Id ?? Guid.CreateVersion7();
        var isNew = await words.SealAsync(actor, actor.Person, id, request.Words);
        var (outcome, dispute) = await disputes.OpenAsync(actor.Person, request.Entry, id);
        if (dispute is not null)
            return TypedResults.Created($"/api/me/pay/disputes/{id}", DisputeView.Of(dispute, time.GetUtcNow()));
        await words.DropAsync(actor, actor.Person, id, isNew);
        return outcome is DisputeOutcome.NotFound
            ? Problems.NotFound()
            : Problems.Of(StatusCodes.Status409Conflict, "disputed", "There is an open dispute about this entry already.");
    }

    private static async Task<PayPerson> PersonAsync(VendorActor actor, AppDb db)
    {
        if (await db.PayPeople.SingleOrDefaultAsync(one => one.Expert == actor.Person) is { } known)
            return known;
        var person = new PayPerson { Expert = actor.Person, Zone = PayClock.Unsaid };
        db.PayPeople.Add(person);
        return person;
    }
}

/// <param name="Words">As who made it wrote them.</param>
public sealed record EntryWords(string Words);
