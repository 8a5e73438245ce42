using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Events;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.AskedQuestions;

/// <param name="Text">1 to 4,000 characters.</param>
/// <param name="Seconds">Time counted on asking, 0 to 86,400.</param>
public sealed record QuestionRequest(string Text, double? Seconds = null);

public sealed record QuestionAsked(Guid Id);

/// <param name="Text">Markdown, 1 to 10,000 characters.</param>
/// <param name="Publish">Question and answer are added to the draft of the guidelines.</param>
/// <param name="Section">Where they are added; the section <c>questions</c> if not given.</param>
public sealed record AnswerRequest(string Text, bool Publish = false, string? Section = null);

/// <param name="By">Pseudonym.</param>
/// <param name="Published">It was added to the draft of the guidelines, and is part of the version published next.</param>
public sealed record AskedQuestionView(
    Guid Id, DateTimeOffset AskedAt, Guid By, Guid Slot, string Text, string? Answer, DateTimeOffset? AnsweredAt, bool Published);

internal static class AskedQuestionEndpoints
{
    /// <summary>Of one person on one task.</summary>
    private const int MostQuestions = 10;

    // Each has up to two records, and one receipt lists 256.
    private const int MostRows = IVault.MaxRecordsPerAct / 2;

    public static void MapAskedQuestionEndpoints(this RouteGroupBuilder lab)
    {
        var project = lab.InProject();
        project.MapPost("/tasks/{slot:guid}/questions", Ask).RequireAuthorization(Policies.Member).RequireNotSuspended();
        project.MapGet("/questions", List).RequireAuthorization(Policies.Member);
        project.MapPost("/questions/{question:guid}/answer", Answer).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Results<Created<QuestionAsked>, ProblemHttpResult>> Ask(
        Guid slot, QuestionRequest body, InProject at, Actor actor, IVault vault, AppDb db, NoticeBoard notices, TimeProvider time, CancellationToken cancellation)
    {
        if (!Words.Are(body.Text))
            return Problems.Invalid("A question has 1 to 4,000 characters.", "text");
        if (body.Seconds is not (null or (>= 0 and <= 86_400)))
            return Problems.Invalid("The time counted is 0 to 86,400 seconds.", "seconds");
        if (!await db.Slots.AnyAsync(s => s.Id == slot && s.Project == at.Id && s.Holder == actor.Pseudonym, cancellation))
            return Problems.NotFound();
        if (await db.AskedQuestions.CountAsync(q => q.Project == at.Id && q.Slot == slot && q.Person == actor.Pseudonym, cancellation) >= MostQuestions)
            return Problems.Of(StatusCodes.Status409Conflict, "asked-enough", $"You have asked {MostQuestions} questions on this task. Wait for an answer, or skip the task.");

        var id = await SealAsync(body.Text, at, actor, vault);
        db.AskedQuestions.Add(new AskedQuestion
        {
            Id = id.Value,
            Project = at.Id,
            Slot = slot,
            Person = actor.Pseudonym,
            AskedAt = time.GetUtcNow(),
            Published = false,
        });
        if (actor.Engagement is { } engagement)
        {
            db.WorkEvents.Add(new WorkEvent
            {
                Engagement = engagement,
                Type = WorkEventType.QuestionAsked,
                Kind = WorkKind.Question,
                Person = actor.Pseudonym,
                Project = at.Id,
                Assignment = slot,
                Seconds = body.Seconds,
                At = time.GetUtcNow(),
            });
        }

        await db.SaveChangesAsync(CancellationToken.None);
        await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.QuestionAsked, at.Id, id.Value), await db.StaffAsync(actor.Lab, but: actor.Pseudonym));
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{at.Id}/questions", new QuestionAsked(id.Value));
    }

    // Newest first: to lab staff everybody's, to others their own.
    private static async Task<Results<Ok<List<AskedQuestionView>>, ProblemHttpResult>> List(
        InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation, Guid? before = null)
    {
        var last = before ?? Guid.AllBitsSet;
        var rows = await db.AskedQuestions.AsNoTracking()
            .Where(q => q.Project == at.Id && q.Id < last && (actor.IsStaff || q.Person == actor.Pseudonym))
            .OrderByDescending(q => q.Id).Take(MostRows).ToListAsync(cancellation);
        if (rows.Count == 0)
            return TypedResults.Ok(new List<AskedQuestionView>());
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, actor.IsStaff ? Purpose.Manage : Purpose.Task, [.. rows.Select(q => Ref(q.Id)), .. rows.Where(q => q.Answer is not null).Select(q => Ref(q.Answer!.Value))],
            cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        var words = opened.Records.ToDictionary(record => record.Id.Value, Words.Read);
        return TypedResults.Ok(rows.ConvertAll(q => new AskedQuestionView(
            q.Id, q.AskedAt, q.Person, q.Slot, words[q.Id], q.Answer is { } answer ? words[answer] : null, q.AnsweredAt, q.Published)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Answer(
        Guid question, AnswerRequest body, InProject at, Actor actor, IVault vault, AppDb db, AnswerPublishing publishing, NoticeBoard notices, TimeProvider time,
        CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(body.Text) || body.Text.Length > 10_000)
            return Problems.Invalid("An answer has 1 to 10,000 characters.", "text");
        var asked = await db.AskedQuestions.AsNoTracking().SingleOrDefaultAsync(q => q.Id == question && q.Project == at.Id, cancellation);
        if (asked is null)
            return Problems.NotFound();
        if (asked.Answer is not null)
            return Answered();

        // Published first: what cannot be published leaves the question open, to be answered otherwise.
        if (body.Publish)
        {
            var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [Ref(question)], cancellation);
            if (outcome is not OpenOutcome.Opened opened)
                return Problems.Refused((OpenOutcome.Refused)outcome);
            if (await publishing.AddAsync(at, actor, Words.Read(opened.Records[0]), body.Text, body.Section, cancellation) is { } problem)
                return problem;
        }

        var answer = await SealAsync(body.Text, at, actor, vault);
        var now = time.GetUtcNow();
        var written = await db.AskedQuestions.Where(q => q.Id == question && q.Answer == null).ExecuteUpdateAsync(
            set => set.SetProperty(q => q.Answer, answer.Value).SetProperty(q => q.AnsweredBy, actor.Pseudonym)
                .SetProperty(q => q.AnsweredAt, now).SetProperty(q => q.Published, body.Publish),
            CancellationToken.None);
        if (written == 1)
        {
            await notices.TellAsync(new NewNotice(actor.Lab, NoticeKind.QuestionAnswered, at.Id, question), [asked.Person]);
            return TypedResults.NoContent();
        }

        await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [Ref(answer.Value)], CancellationToken.None);
        return Answered();
    }

    private static ProblemHttpResult Answered() =>
        Problems.Of(StatusCodes.Status409Conflict, "answered", "Somebody has answered this question already. Load it again.");

    private static async Task<RecordId> SealAsync(string text, InProject at, Actor actor, IVault vault)
    {
        var record = RecordId.New();
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.AskedQuestion, record, Words.Bytes(text)!, expected: 0)).Expect();
        return record;
    }

    private static RecordRef Ref(Guid record) => new(RecordKind.AskedQuestion, new RecordId(record));
}
