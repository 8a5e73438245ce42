using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Experts;
using Cofferdam.Workforce.OwnData;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Vetting;

/// <summary>Tests as staff make and score them.</summary>
internal static class QualificationEndpoints
{
    public static void MapQualifications(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").WithTags("Vetting");
        desk.MapGet("/qualifications", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Tests, without what they ask");
        desk.MapPut("/qualifications/{code}", Put).RequireAuthorization(VendorPolicies.Manager).WithSummary("Make a test, or a new version of it");
        desk.MapGet("/sittings", ToBeScored).RequireAuthorization(VendorPolicies.Manager).WithSummary("Sittings that wait for a person to score them, oldest first");
        desk.MapGet("/sittings/{sitting:guid}", One).RequireAuthorization(VendorPolicies.Manager).WithSummary("A sitting with what was handed in; opened in your name");
        desk.MapPost("/sittings/{sitting:guid}/score", Score).RequireAuthorization(VendorPolicies.Manager).WithSummary("Score what was answered in words, criterion by criterion");
    }

    private static async Task<Ok<List<QualificationView>>> List(AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok((await db.Qualifications.AsNoTracking().Where(row => row.RetiredAt == null).OrderBy(row => row.Code).ToListAsync(cancellation)).ConvertAll(View));

    private static async Task<Results<Ok<QualificationView>, ProblemHttpResult>> Put(
        string code, QualificationRequest body, VendorActor actor, AppDb db, IVault vault, CancellationToken cancellation)
    {
        if (!Codes.IsCode(code))
            return Problems.Invalid("A code has 1 to 40 of a-z, 0-9, '.', '-' and '_'.", "code");
        if (body.Fault() is { } fault)
            return Problems.Invalid(fault);
        // New records for a new version: sittings under way keep theirs.
        var (questions, answers) = (RecordId.New(), RecordId.New());
        IReadOnlyList<TestQuestion> asked = [.. body.Questions.Select(one => one.Asked)];
        IReadOnlyList<TestKey> right = [.. body.Questions.Select(one => one.Answer)];
        var outcome = await vault.SealAsync(
            new SealRequest(actor.Vendor, ProjectId.None, actor.Principal,
            [
                new SealItem(RecordKind.Form, questions, JsonSerializer.SerializeToUtf8Bytes(asked, PeopleJson.Sealed.IReadOnlyListTestQuestion), 0),
                new SealItem(RecordKind.Gold, answers, JsonSerializer.SerializeToUtf8Bytes(right, PeopleJson.Sealed.IReadOnlyListTestKey), 0),
            ]),
            CancellationToken.None);
        if (outcome is not SealOutcome.Sealed)
            throw new InvalidOperationException($"A test that is new to the vault was not sealed: {outcome.GetType().Name}.");

        var test = await db.Qualifications.SingleOrDefaultAsync(row => row.Code == code, cancellation);
        if (test is null)
        {
            db.Qualifications.Add(test = new Qualification
            {
                Code = code,
                Title = "",
                Version = 0,
                Minutes = 0,
                PaidAbove = 0,
                PassPercent = 0,
                RetakeDays = 0,
                GoodForDays = 0,
                Skill = "",
                Level = body.Level,
                Questions = questions.Value,
                Answers = answers.Value,
            });
        }

        (test.Title, test.Minutes, test.PaidAbove, test.PassPercent) = (body.Title, body.Minutes, body.PaidAbove, body.PassPercent);
        (test.RetakeDays, test.GoodForDays, test.Skill, test.Level) = (body.RetakeDays, body.GoodForDays, body.Skill, body.Level);
        (test.Questions, test.Answers, test.RetiredAt) = (questions.Value, answers.Value, null);
        test.Version++;
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Ok(View(test));
    }

    private static async Task<Ok<List<SittingRow>>> ToBeScored(AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok((await db.Sittings.AsNoTracking().Where(row => row.State == SittingState.ToBeScored).OrderBy(row => row.DueAt).Take(200).ToListAsync(cancellation))
            .ConvertAll(Row));

    private static async Task<Results<Ok<SittingView>, ProblemHttpResult>> One(
        Guid sitting, VendorActor actor, AppDb db, Sittings sittings, CancellationToken cancellation) =>
        await db.Sittings.AsNoTracking().SingleOrDefaultAsync(row => row.Id == sitting, cancellation) is { } row
            ? await ViewAsync(row, actor, db, sittings, cancellation)
            : Problems.NotFound();

    private static async Task<Results<Ok<SittingView>, ProblemHttpResult>> Score(
        Guid sitting, ScoreRequest body, VendorActor actor, AppDb db, Sittings sittings, CancellationToken cancellation)
    {
        if (await db.Sittings.SingleOrDefaultAsync(row => row.Id == sitting, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.State is not SittingState.ToBeScored)
            return Problems.Of(StatusCodes.Status409Conflict, "not-to-be-scored", "This sitting does not wait to be scored.");
        var (questions, refused) = await sittings.QuestionsAsync(actor, row.Questions, cancellation);
        if (refused is not null)
            return Problems.NotOpened(refused);
        (var content, refused) = await sittings.OpenAsync(actor, row, cancellation);
        if (refused is not null)
            return Problems.NotOpened(refused);
        if (content is null)
            return Problems.NotFound();
        var test = await db.Qualifications.AsNoTracking().SingleAsync(one => one.Code == row.Qualification, cancellation);
        if (!await sittings.TryScoreAsync(actor, test, row, questions, content.Answers, body.Marks))
            return Problems.Invalid("Say of every question in words which of its criteria are met, in their order.", "marks");
        return await ViewAsync(row, actor, db, sittings, cancellation);
    }

    /// <summary>A sitting as its taker or a manager sees it.</summary>
    public static async Task<Results<Ok<SittingView>, ProblemHttpResult>> ViewAsync(
        QualificationSitting row, VendorActor reader, AppDb db, Sittings sittings, CancellationToken cancellation)
    {
        var (questions, refused) = await sittings.QuestionsAsync(reader, row.Questions, cancellation);
        if (refused is not null)
            return Problems.NotOpened(refused);
        (var content, refused) = await sittings.OpenAsync(reader, row, cancellation);
        if (refused is not null)
            return Problems.NotOpened(refused);
        var test = await db.Qualifications.AsNoTracking().SingleAsync(one => one.Code == row.Qualification, cancellation);
        return TypedResults.Ok(new SittingView(
            Row(row), row.Seconds, row.Payable, questions, content?.Answers, content?.Feedback, row.Passed ? null : row.EndedAt?.AddDays(test.RetakeDays)));
    }

    public static QualificationView View(Qualification row) =>
        new(row.Code, row.Title, row.Version, row.Minutes, row.Payable, row.PassPercent, row.RetakeDays, row.GoodForDays, row.Skill, row.Level);

    public static SittingRow Row(QualificationSitting row) => new(row.Id, row.Person, row.Qualification, row.State, row.StartedAt, row.Score, row.Passed, row.GoodUntil);
}
