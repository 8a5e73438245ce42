using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Forms;

public sealed record FormRequest(IReadOnlyList<Question> Questions);

/// <param name="Version">From 1; 0 where the project has no form yet.</param>
public sealed record FormView(int Version, IReadOnlyList<Question> Questions);

/// <summary>A version of the form, without its questions.</summary>
/// <param name="InUse">A batch was opened under it.</param>
public sealed record FormVersionView(int Version, DateTimeOffset CreatedAt, bool InUse);

internal static class FormEndpoints
{
    // Every page that works under it loads it.
    private const int MostBytes = 1 << 20;

    public static void MapFormEndpoints(this RouteGroupBuilder lab)
    {
        var project = lab.InProject();
        project.MapGet("/form", GetLatest).RequireAuthorization(Policies.Staff);
        project.MapPut("/form", Put).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        project.MapGet("/forms", List).RequireAuthorization(Policies.Staff);
        project.MapGet("/forms/{version:int}", Get).RequireAuthorization(Policies.Member);
    }

    private static async Task<Results<Ok<FormView>, ProblemHttpResult>> GetLatest(
        InProject at, Actor actor, IVault vault, AppDb db, HttpResponse response, CancellationToken cancellation)
    {
        var latest = await db.FormVersions.AsNoTracking().Where(f => f.Project == at.Id).OrderBy(f => f.Number).LastOrDefaultAsync(cancellation);
        ETags.Set(response, latest?.Number ?? 0);
        return latest is null ? TypedResults.Ok(new FormView(0, [])) : await OpenAsync(latest, Purpose.Manage, at, actor, vault, cancellation);
    }

    private static async Task<Ok<List<FormVersionView>>> List(InProject at, AppDb db, CancellationToken cancellation)
    {
        var batches = db.Batches;
        return TypedResults.Ok(await db.FormVersions.Where(f => f.Project == at.Id).OrderBy(f => f.Number)
            .Select(f => new FormVersionView(f.Number, f.CreatedAt, batches.Any(b => b.Project == at.Id && b.FormVersion == f.Number)))
            .ToListAsync(cancellation));
    }

    private static async Task<Results<Ok<FormView>, ProblemHttpResult>> Get(
        int version, InProject at, Actor actor, IVault vault, AppDb db, Offers offers, CancellationToken cancellation)
    {
        var form = await db.FormVersions.AsNoTracking().SingleOrDefaultAsync(f => f.Project == at.Id && f.Number == version, cancellation);
        return form is null || !(actor.IsStaff || await IsUsedAsync(version, at, actor, db, offers, cancellation))
            ? Problems.NotFound()
            : await OpenAsync(form, actor.IsStaff ? Purpose.Manage : Purpose.Task, at, actor, vault, cancellation);
    }

    // What staff are still at is not for those who answer, nor are the questions of work that they are not fit for. A
    // task in hand keeps its form when its batch is moved to another.
    private static async Task<bool> IsUsedAsync(int version, InProject at, Actor actor, AppDb db, Offers offers, CancellationToken cancellation)
    {
        foreach (var batch in await db.Batches.AsNoTracking().Where(b => b.Project == at.Id && b.FormVersion == version).ToListAsync(cancellation))
        {
            if (actor.Role is not Role.Annotator || await offers.IsQualifiedAsync(batch, actor, cancellation))
                return true;
        }

        return await db.Slots.AnyAsync(
            s => s.Project == at.Id && s.FormVersion == version && (s.Holder == actor.Pseudonym || actor.Role == Role.Reviewer), cancellation);
    }

    private static async Task<Results<Ok<FormView>, ProblemHttpResult>> Put(
        FormRequest body, InProject at, Actor actor, IVault vault, AppDb db, TimeProvider time, HttpRequest request, HttpResponse response, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (Form.Fault(body.Questions) is { } fault)
            return Problems.Invalid(fault);
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedForm(1, body.Questions), SealedJson.Shapes.SealedForm);
        if (plaintext.Length > MostBytes)
            return Problems.Invalid("A form has at most 1 MiB. Give its options shorter labels.", "questions");
        if (version != (await db.FormVersions.Where(f => f.Project == at.Id).MaxAsync(f => (int?)f.Number, cancellation) ?? 0))
            return ETags.Changed();

        var record = RecordId.New();
        (await vault.SealAsync(actor, at.Facts.Id, RecordKind.Form, record, plaintext, expected: 0)).Expect();
        var next = new FormVersion
        {
            Project = at.Id,
            Number = (int)version + 1,
            Record = record.Value,
            Questions = await QuestionMarks.OfAsync(vault, actor.Lab, at.Facts.Id, [.. body.Questions.Select(q => q.Key)], cancellation),
            CreatedAt = time.GetUtcNow(),
        };
        db.FormVersions.Add(next);
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            // Whoever saved this number first was faster; any other fault shows again when the number is still free.
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.Form, record)], CancellationToken.None);
            if (await db.FormVersions.AnyAsync(f => f.Project == at.Id && f.Number == next.Number, cancellation))
                return ETags.Changed();
            throw;
        }

        ETags.Set(response, next.Number);
        return TypedResults.Ok(new FormView(next.Number, body.Questions));
    }

    private static async Task<Results<Ok<FormView>, ProblemHttpResult>> OpenAsync(
        FormVersion form, Purpose purpose, InProject at, Actor actor, IVault vault, CancellationToken cancellation)
    {
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, purpose, [new(RecordKind.Form, new RecordId(form.Record))], cancellation);
        return outcome is OpenOutcome.Opened opened
            ? TypedResults.Ok(new FormView(form.Number, Form.Parse(opened.Records[0].Plaintext.Span).Questions))
            : Problems.Refused((OpenOutcome.Refused)outcome);
    }
}
