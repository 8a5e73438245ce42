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

/// <summary>Interviews and outside checks. There is no place for pictures, recordings or documents.</summary>
internal static class InterviewEndpoints
{
    public static void MapInterviews(this IEndpointRouteBuilder api)
    {
        var desk = api.MapGroup("/desk").WithTags("Vetting").RequireAuthorization(VendorPolicies.Manager);
        desk.MapGet("/interview-templates", Templates).WithSummary("Questions of interviews");
        desk.MapPost("/interview-templates", AddTemplate).WithSummary("Make a template; to change one, make another");
        desk.MapDelete("/interview-templates/{template:guid}", RetireTemplate).WithSummary("Take a template out of use; interviews held with it stay");
        desk.MapPost("/experts/{person:guid}/interviews", Hold).WithSummary("Keep the transcript of an interview and what came of it");
        desk.MapPost("/experts/{person:guid}/checks", Note).WithSummary("Note the outcome of an outside check");
        desk.MapGet("/experts/{person:guid}/vetting", Of).WithSummary("How far somebody is vetted; opens nothing");
        desk.MapGet("/interviews/{interview:guid}", Read).WithSummary("An interview's transcript, opened in your name");

        var own = api.MapGroup("/me").WithTags("Vetting").RequireAuthorization(VendorPolicies.Expert);
        own.MapGet("/vetting", Own).WithSummary("How far you are vetted");
        own.MapGet("/interviews/{interview:guid}", ReadOwn).WithSummary("The transcript of an interview with you, and how it was judged");
    }

    private static async Task<Ok<List<TemplateView>>> Templates(AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok((await db.InterviewTemplates.AsNoTracking().Where(row => row.RetiredAt == null).OrderBy(row => row.Name).ToListAsync(cancellation))
            .ConvertAll(row => new TemplateView(row.Id, row.Name, Questions(row))));

    private static async Task<Results<Created<TemplateView>, ProblemHttpResult>> AddTemplate(TemplateRequest body, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (string.IsNullOrWhiteSpace(body.Name) || body.Name.Length > 200)
            return Problems.Invalid("A name has 1 to 200 characters.", "name");
        if (body.Questions.Count is < 1 or > 40 || body.Questions.Any(text => string.IsNullOrWhiteSpace(text) || text.Length > 1_000))
            return Problems.Invalid("1 to 40 questions of 1 to 1,000 characters.", "questions");
        var now = time.GetUtcNow();
        var row = new InterviewTemplate
        {
            Id = Guid.CreateVersion7(now),
            Name = body.Name,
            Questions = JsonSerializer.Serialize(body.Questions, PeopleJson.Sealed.IReadOnlyListString),
            CreatedAt = now,
        };
        db.InterviewTemplates.Add(row);
        await db.SaveChangesAsync(cancellation);
        return TypedResults.Created("/api/desk/interview-templates", new TemplateView(row.Id, row.Name, body.Questions));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> RetireTemplate(Guid template, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return await db.InterviewTemplates.Where(row => row.Id == template && row.RetiredAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(row => row.RetiredAt, now), cancellation) == 1
            ? TypedResults.NoContent()
            : Problems.NotFound();
    }

    private static async Task<Results<Created<InterviewRow>, ProblemHttpResult>> Hold(
        Guid person, InterviewRequest body, VendorActor actor, AppDb db, PersonRecords records, TimeProvider time, CancellationToken cancellation)
    {
        if (!await IsExpertAsync(person, db, cancellation))
            return Problems.NotFound();
        if (await db.InterviewTemplates.AsNoTracking().SingleOrDefaultAsync(row => row.Id == body.Template && row.RetiredAt == null, cancellation) is not { } template)
            return Problems.Invalid("There is no such template in use.", "template");
        var questions = Questions(template);
        if (body.Answers.Count != questions.Count || body.Answers.Any(answer => answer.Said.Length > 8_000 || answer.Judgement is { Length: > 2_000 }))
            return Problems.Invalid("One answer for each question, of at most 8,000 characters; a judgement has at most 2,000.", "answers");
        if (!Enum.IsDefined(body.Outcome))
            return Problems.Invalid("There is no such outcome.", "outcome");
        if (string.IsNullOrWhiteSpace(body.Why) || body.Why.Length > 4_000)
            return Problems.Invalid("Say why, in 1 to 4,000 characters: the person reads it.", "why");
        var content = JsonSerializer.SerializeToUtf8Bytes(new SealedInterview(questions, body.Answers, body.Why), PeopleJson.Sealed.SealedInterview);
        var now = time.GetUtcNow();
        var row = new Interview
        {
            Id = Guid.CreateVersion7(now),
            Person = person,
            Template = template.Id,
            HeldBy = actor.Person,
            HeldAt = now,
            Outcome = body.Outcome,
            Record = await records.SealAsync(actor, person, HeldField.Interview, content),
        };
        db.Interviews.Add(row);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/desk/interviews/{row.Id}", new InterviewRow(row.Id, row.Template, row.HeldAt, row.Outcome));
    }

    private static async Task<Results<Created<CheckView>, ProblemHttpResult>> Note(
        Guid person, CheckRequest body, VendorActor actor, AppDb db, PersonRecords records, TimeProvider time, CancellationToken cancellation)
    {
        if (!await IsExpertAsync(person, db, cancellation))
            return Problems.NotFound();
        var now = time.GetUtcNow();
        if (!Codes.IsCode(body.Kind))
            return Problems.Invalid("Name what was checked by a code, such as identity.", "kind");
        if (string.IsNullOrWhiteSpace(body.Provider) || body.Provider.Length > 200 || string.IsNullOrWhiteSpace(body.Outcome) || body.Outcome.Length > 500)
            return Problems.Invalid("Say who checked (at most 200 characters) and the outcome (at most 500).", "provider");
        if (body.ExpiresAt <= now || body.ExpiresAt > now.AddDays(HeldFields.MostDays))
            return Problems.Invalid("Say until when it holds: from now to ten years on.", "expiresAt");
        var content = JsonSerializer.SerializeToUtf8Bytes(new SealedCheck(body.Provider, body.Outcome), PeopleJson.Sealed.SealedCheck);
        var row = new OutsideCheck
        {
            Id = Guid.CreateVersion7(now),
            Person = person,
            Kind = body.Kind,
            Passed = body.Passed,
            NotedBy = actor.Person,
            NotedAt = now,
            ExpiresAt = body.ExpiresAt,
            Record = await records.SealAsync(actor, person, HeldField.Check, content),
        };
        db.OutsideChecks.Add(row);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/desk/experts/{person}/vetting", View(row, now));
    }

    private static async Task<Results<Ok<VettingView>, ProblemHttpResult>> Of(Guid person, AppDb db, TimeProvider time, CancellationToken cancellation) =>
        await db.People.AnyAsync(row => row.Id == person && row.Role == VendorRole.Expert, cancellation)
            ? TypedResults.Ok(await ViewAsync(person, db, time, cancellation))
            : Problems.NotFound();

    private static async Task<Ok<VettingView>> Own(VendorActor actor, AppDb db, TimeProvider time, CancellationToken cancellation) =>
        TypedResults.Ok(await ViewAsync(actor.Person, db, time, cancellation));

    private static async Task<Results<Ok<InterviewView>, ProblemHttpResult>> Read(
        Guid interview, VendorActor actor, AppDb db, PersonRecords records, CancellationToken cancellation) =>
        await ReadAsync(await db.Interviews.AsNoTracking().SingleOrDefaultAsync(row => row.Id == interview, cancellation), actor, Purpose.Vet, records, cancellation);

    private static async Task<Results<Ok<InterviewView>, ProblemHttpResult>> ReadOwn(
        Guid interview, VendorActor actor, AppDb db, PersonRecords records, CancellationToken cancellation) =>
        await ReadAsync(
            await db.Interviews.AsNoTracking().SingleOrDefaultAsync(row => row.Id == interview && row.Person == actor.Person, cancellation), actor, Purpose.OwnData, records, cancellation);

    private static async Task<Results<Ok<InterviewView>, ProblemHttpResult>> ReadAsync(
        Interview? row, VendorActor actor, Purpose purpose, PersonRecords records, CancellationToken cancellation)
    {
        if (row is null)
            return Problems.NotFound();
        var (opened, refused) = await records.OpenAsync(actor, row.Person, purpose, [row.Record], cancellation);
        if (refused is not null)
            return Problems.NotOpened(refused);
        var content = opened.TryGetValue(row.Record, out var bytes) ? JsonSerializer.Deserialize(bytes.Span, PeopleJson.Sealed.SealedInterview) : null;
        return TypedResults.Ok(new InterviewView(row.Id, row.Template, row.HeldBy, row.HeldAt, row.Outcome, content?.Questions, content?.Answers, content?.Why));
    }

    private static async Task<VettingView> ViewAsync(Guid person, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        return new VettingView(
            await db.Interviews.AsNoTracking().Where(row => row.Person == person).OrderByDescending(row => row.Id)
                .Select(row => new InterviewRow(row.Id, row.Template, row.HeldAt, row.Outcome)).ToListAsync(cancellation),
            (await db.OutsideChecks.AsNoTracking().Where(row => row.Person == person).OrderByDescending(row => row.Id).ToListAsync(cancellation)).ConvertAll(row => View(row, now)),
            (await db.Sittings.AsNoTracking().Where(row => row.Person == person).OrderByDescending(row => row.Id).ToListAsync(cancellation)).ConvertAll(QualificationEndpoints.Row));
    }

    private static Task<bool> IsExpertAsync(Guid person, AppDb db, CancellationToken cancellation) =>
        db.People.AnyAsync(row => row.Id == person && row.Role == VendorRole.Expert && row.LeftAt == null, cancellation);

    private static CheckView View(OutsideCheck row, DateTimeOffset now) => new(row.Id, row.Kind, row.Passed, row.NotedAt, row.ExpiresAt, row.Passed && row.ExpiresAt > now);

    private static IReadOnlyList<string> Questions(InterviewTemplate row) => JsonSerializer.Deserialize(row.Questions, PeopleJson.Sealed.IReadOnlyListString)!;
}
