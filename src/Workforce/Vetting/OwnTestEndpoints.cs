using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.OwnData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Vetting;

/// <summary>Tests as experts take them. The result and what was said of each criterion is always shown.</summary>
internal static class OwnTestEndpoints
{
    public static void MapOwnTests(this IEndpointRouteBuilder api)
    {
        var own = api.MapGroup("/me").WithTags("Vetting").RequireAuthorization(VendorPolicies.Expert);
        own.MapGet("/qualifications", List).WithSummary("Tests, whether they are paid, and from when you may take them");
        own.MapPost("/qualifications/{code}/sittings", Start).WithSummary("Begin a test; its time runs from now");
        own.MapGet("/sittings/{sitting:guid}", One).WithSummary("What you handed in and what became of it");
        own.MapPost("/sittings/{sitting:guid}/answers", HandIn).WithSummary("Hand a test in");
    }

    private static async Task<Ok<List<OwnQualificationView>>> List(VendorActor actor, AppDb db, Sittings sittings, TimeProvider time, CancellationToken cancellation)
    {
        await sittings.EndOverdueAsync(cancellation);
        var last = (await db.Sittings.AsNoTracking().Where(row => row.Person == actor.Person).ToListAsync(cancellation))
            .GroupBy(row => row.Qualification)
            .ToDictionary(of => of.Key, of => of.MaxBy(row => row.StartedAt)!);
        var now = time.GetUtcNow();
        var tests = await db.Qualifications.AsNoTracking().Where(row => row.RetiredAt == null).OrderBy(row => row.Code).ToListAsync(cancellation);
        return TypedResults.Ok(tests.ConvertAll(test =>
        {
            var sitting = last.GetValueOrDefault(test.Code);
            return new OwnQualificationView(
                QualificationEndpoints.View(test), sitting is null ? null : QualificationEndpoints.Row(sitting), Sittings.MayTakeFrom(test, sitting, now));
        }));
    }

    private static async Task<Results<Created<SittingStarted>, ProblemHttpResult>> Start(
        string code, VendorActor actor, AppDb db, Sittings sittings, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Qualifications.AsNoTracking().SingleOrDefaultAsync(row => row.Code == code && row.RetiredAt == null, cancellation) is not { } test)
            return Problems.NotFound();
        await sittings.EndOverdueAsync(cancellation);
        var now = time.GetUtcNow();
        var last = await db.Sittings.AsNoTracking().Where(row => row.Person == actor.Person && row.Qualification == code).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellation);
        if (last?.State is SittingState.UnderWay)
            return await StartedAsync(last);
        if (last?.State is SittingState.ToBeScored)
            return Problems.Of(StatusCodes.Status409Conflict, "to-be-scored", "Your last try is still to be scored by a person.");
        if (Sittings.MayTakeFrom(test, last, now) is { } from)
            return Problems.Of(StatusCodes.Status409Conflict, "not-yet", last!.Passed
                ? $"You passed this test; it is good until {from:yyyy-MM-dd} and is not asked of you again before."
                : $"You may take this test again from {from:yyyy-MM-dd HH:mm} UTC.");

        var sitting = new QualificationSitting
        {
            Id = Guid.CreateVersion7(now),
            Person = actor.Person,
            Qualification = code,
            Version = test.Version,
            Questions = test.Questions,
            Answers = test.Answers,
            State = SittingState.UnderWay,
            StartedAt = now,
            DueAt = now.AddMinutes(test.Minutes),
            Seconds = test.Minutes * 60,
            Payable = test.Payable,
        };
        db.Sittings.Add(sitting);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException)
        {
            // Begun twice at once: there is one try, which the other request has begun.
            db.ChangeTracker.Clear();
            sitting = await db.Sittings.AsNoTracking()
                .SingleAsync(row => row.Person == actor.Person && row.Qualification == code && row.State == SittingState.UnderWay, cancellation);
        }

        return await StartedAsync(sitting);

        async Task<Results<Created<SittingStarted>, ProblemHttpResult>> StartedAsync(QualificationSitting of)
        {
            var (questions, refused) = await sittings.QuestionsAsync(actor, of.Questions, cancellation);
            return refused is not null
                ? Problems.NotOpened(refused)
                : TypedResults.Created($"/api/me/sittings/{of.Id}", new SittingStarted(of.Id, of.DueAt, of.Payable, questions));
        }
    }

    private static async Task<Results<Ok<SittingView>, ProblemHttpResult>> One(
        Guid sitting, VendorActor actor, AppDb db, Sittings sittings, CancellationToken cancellation) =>
        await db.Sittings.AsNoTracking().SingleOrDefaultAsync(row => row.Id == sitting && row.Person == actor.Person, cancellation) is { } row
            ? await QualificationEndpoints.ViewAsync(row, actor, db, sittings, cancellation)
            : Problems.NotFound();

    private static async Task<Results<Ok<SittingView>, ProblemHttpResult>> HandIn(
        Guid sitting, HandInRequest body, VendorActor actor, AppDb db, Sittings sittings, CancellationToken cancellation)
    {
        await sittings.EndOverdueAsync(cancellation);
        if (await db.Sittings.SingleOrDefaultAsync(row => row.Id == sitting && row.Person == actor.Person, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.State is SittingState.RanOut)
            return Problems.Of(StatusCodes.Status409Conflict, "ran-out", "The time for this test was up before it was handed in.");
        if (row.State is not SittingState.UnderWay)
            return Problems.Of(StatusCodes.Status409Conflict, "handed-in", "This test was handed in already.");
        var (questions, refused) = await sittings.QuestionsAsync(actor, row.Questions, cancellation);
        if (refused is not null)
            return Problems.NotOpened(refused);
        var known = questions.Select(question => question.Key).ToHashSet();
        if (body.Answers.Any(answer => !known.Remove(answer.Question) || answer.Text is { Length: > 8_000 }))
            return Problems.Invalid("Answer questions of this test, each at most once, in at most 8,000 characters.", "answers");
        var test = await db.Qualifications.AsNoTracking().SingleAsync(one => one.Code == row.Qualification, cancellation);
        await sittings.HandInAsync(actor, test, row, questions, body.Answers);
        return await QualificationEndpoints.ViewAsync(row, actor, db, sittings, cancellation);
    }
}
