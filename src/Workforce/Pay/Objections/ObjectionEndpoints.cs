using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Pay.Entries;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Pay.Objections;

/// <summary>Withholdings and disputes at the desk.</summary>
internal static class ObjectionEndpoints
{
    public static void MapObjectionEndpoints(this RouteGroupBuilder pay)
    {
        pay.MapPost("/withholdings", Withhold).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Withhold an entry's pay, with evidence");
        pay.MapGet("/withholdings", (ObjectionReading reading, CancellationToken cancellation, Guid? expert = null) => reading.WithholdingsAsync(expert, cancellation))
            .RequireAuthorization(VendorPolicies.Desk).WithSummary("Withholdings, by their clocks");
        pay.MapGet("/withholdings/{withholding:guid}", (Guid withholding, ObjectionReading reading, VendorActor actor, CancellationToken cancellation) =>
            reading.WithholdingAsync(withholding, expert: null, actor, cancellation)).RequireAuthorization(VendorPolicies.Desk).WithSummary("A withholding with its evidence");
        pay.MapPost("/withholdings/{withholding:guid}/decision", Decide).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Release or confirm, by a second person");
        pay.MapGet("/disputes", (ObjectionReading reading, CancellationToken cancellation, Guid? expert = null, bool open = false) => reading.DisputesAsync(expert, open, cancellation))
            .RequireAuthorization(VendorPolicies.Desk).WithSummary("Disputes, by their clocks");
        pay.MapGet("/disputes/{dispute:guid}", (Guid dispute, ObjectionReading reading, VendorActor actor, CancellationToken cancellation) =>
            reading.DisputeAsync(dispute, expert: null, actor, cancellation)).RequireAuthorization(VendorPolicies.Desk).WithSummary("A dispute with its words");
        pay.MapPost("/disputes/{dispute:guid}/answer", Answer).RequireAuthorization(VendorPolicies.Payroll).WithSummary("Answer a dispute, by somebody who decided nothing about it before");
    }

    private static async Task<Results<Created<WithholdingView>, ProblemHttpResult>> Withhold(
        WithholdingRequest request, VendorActor actor, Withholdings withholdings, PayWords words, AppDb db)
    {
        if (!PayWords.Are(request.Evidence))
            return Problems.Invalid($"Nothing is withheld without evidence: 1 to {PayWords.Most} characters.", "evidence");
        if (await db.PayEntries.Where(entry => entry.Sequence == request.Entry).Select(entry => (Guid?)entry.Expert).SingleOrDefaultAsync() is not { } expert)
            return Problems.NotFound();
        var id = request.Id ?? Guid.CreateVersion7();
        var isNew = await words.SealAsync(actor, expert, id, request.Evidence);
        var (outcome, withholding) = await withholdings.WithholdAsync(request.Entry, request.Reason, id, actor.Person);
        if (withholding is not null)
            return TypedResults.Created($"/api/desk/pay/withholdings/{id}", WithholdingView.Of(withholding));
        await words.DropAsync(actor, expert, id, isNew);
        return Problem(outcome);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Decide(
        Guid withholding, WithholdingDecision request, VendorActor actor, Withholdings withholdings, PayWords words, AppDb db)
    {
        if (!PayWords.Are(request.Words))
            return Problems.Invalid($"A decision is explained in 1 to {PayWords.Most} characters.", "words");
        if (await db.Withholdings.Where(one => one.Id == withholding).Select(one => (Guid?)one.Expert).SingleOrDefaultAsync() is not { } expert)
            return Problems.NotFound();
        var id = request.Id ?? Guid.CreateVersion7();
        var isNew = await words.SealAsync(actor, expert, id, request.Words);
        var outcome = await withholdings.DecideAsync(withholding, request.Release, id, actor.Person);
        if (outcome is WithholdingOutcome.Done)
            return TypedResults.NoContent();
        await words.DropAsync(actor, expert, id, isNew);
        return Problem(outcome);
    }

    private static async Task<Results<Ok<DisputeView>, ProblemHttpResult>> Answer(
        Guid dispute, DisputeAnswerRequest request, VendorActor actor, Disputes disputes, PayWords words, AppDb db, TimeProvider time)
    {
        if (!PayWords.Are(request.Words))
            return Problems.Invalid($"An answer has 1 to {PayWords.Most} characters.", "words");
        if (request.Amount < 0 || request.Seconds < 0)
            return Problems.Invalid("An answer to a dispute takes nothing back.", "amount");
        if (await db.Disputes.Where(one => one.Id == dispute).Select(one => (Guid?)one.Expert).SingleOrDefaultAsync() is not { } expert)
            return Problems.NotFound();
        var id = request.Id ?? Guid.CreateVersion7();
        var isNew = await words.SealAsync(actor, expert, id, request.Words);
        var (outcome, found) = await disputes.AnswerAsync(dispute, new DisputeAnswer(request.Uphold, request.Amount, request.Seconds, id, request.Currency), actor.Person);
        if (outcome is DisputeOutcome.Done)
            return TypedResults.Ok(DisputeView.Of(found!, time.GetUtcNow()));
        await words.DropAsync(actor, expert, id, isNew);
        return outcome switch
        {
            DisputeOutcome.NotFound => Problems.NotFound(),
            DisputeOutcome.Already => Problems.Of(StatusCodes.Status409Conflict, "answered", "Somebody else has answered this dispute. Reload to see how."),
            DisputeOutcome.SamePerson => SamePerson("A dispute is answered by somebody who has decided nothing about the entry before, and whose pay it is not."),
            _ => Problems.Invalid("Nothing is withheld of this entry, so upholding the dispute takes an amount: say how much is added.", "amount"),
        };
    }

    private static ProblemHttpResult Problem(WithholdingOutcome outcome) => outcome switch
    {
        WithholdingOutcome.NotFound => Problems.Of(StatusCodes.Status409Conflict, "nothing-to-withhold", "Work, pause pay and top-ups that pay something can be withheld. This entry is not, or pays nothing any more."),
        WithholdingOutcome.SamePerson => SamePerson("A withholding is decided by somebody who did not make it, and whose pay it is not."),
        _ => Problems.Of(StatusCodes.Status409Conflict, "decided", "This is withheld, or decided, already. Reload to see how."),
    };

    private static ProblemHttpResult SamePerson(string sentence) => Problems.Of(StatusCodes.Status403Forbidden, "same-person", sentence);
}
