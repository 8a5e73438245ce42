using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Guidelines;

/// <summary>One section of guidelines.</summary>
/// <param name="Key">Unique in these guidelines: <c>[a-z0-9][a-z0-9_-]{0,63}</c>.</param>
/// <param name="Title">1 to 200 characters.</param>
/// <param name="Body">Markdown, at most 100,000 characters.</param>
/// <param name="Questions">Keys of the questions it applies to; empty for all.</param>
public sealed record Section(string Key, string Title, string Body, IReadOnlyList<string> Questions);

/// <param name="Sections">At most 100.</param>
public sealed record GuidelineRequest(IReadOnlyList<Section> Sections);

public sealed record GuidelineDraftView(IReadOnlyList<Section> Sections);

public sealed record PublishedView(int Number);

public sealed record GuidelineVersionView(int Number, DateTimeOffset PublishedAt, Guid PublishedBy);

public sealed record GuidelineView(int Number, DateTimeOffset PublishedAt, IReadOnlyList<Section> Sections);

internal sealed record SealedGuidelines(int V, IReadOnlyList<Section> Sections);

internal sealed record SealedSection(int V, string Key, string Title, string Body, IReadOnlyList<string> Questions);

internal static class GuidelineEndpoints
{
    public static void MapGuidelineEndpoints(this RouteGroupBuilder lab)
    {
        var guidelines = lab.InProject("/guidelines");
        guidelines.MapGet("/draft", GetDraft).RequireAuthorization(Policies.Staff);
        guidelines.MapPut("/draft", PutDraft).RequireAuthorization(Policies.Staff);
        guidelines.MapGet("/versions", List).RequireAuthorization(Policies.Staff);
        guidelines.MapPost("/versions", Publish).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        guidelines.MapGet("/versions/{number:int}", Get).RequireAuthorization(Policies.Staff);
    }

    private static async Task<Results<Ok<GuidelineDraftView>, ProblemHttpResult>> GetDraft(
        InProject at, Actor actor, IVault vault, AppDb db, HttpResponse response, CancellationToken cancellation)
    {
        var draft = await db.GuidelineDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.Project == at.Id, cancellation);
        if (draft is null)
        {
            ETags.Set(response, 0);
            return TypedResults.Ok(new GuidelineDraftView([]));
        }

        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [Ref(draft)], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        ETags.Set(response, opened.Records[0].Version);
        return TypedResults.Ok(new GuidelineDraftView(Parse(opened.Records[0])));
    }

    private static async Task<Results<Ok<GuidelineDraftView>, ProblemHttpResult>> PutDraft(
        GuidelineRequest body, InProject at, Actor actor, IVault vault, AppDb db, HttpRequest request, HttpResponse response, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (Fault(body.Sections) is { } fault)
            return fault;

        var draft = await db.GuidelineDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.Project == at.Id, cancellation);
        if ((draft is null) != (version == 0))
            return ETags.Changed();
        var record = draft?.Record ?? RecordId.New().Value;
        var plaintext = JsonSerializer.SerializeToUtf8Bytes(new SealedGuidelines(1, body.Sections), SealedJson.Shapes.SealedGuidelines);
        var outcome = await vault.SealAsync(actor, at.Facts.Id, RecordKind.GuidelineDraft, new RecordId(record), plaintext, version);
        if (outcome is SealOutcome.Conflict)
            return ETags.Changed();
        if (draft is null && !await KeepAsync(db, at.Id, record, cancellation))
        {
            await vault.RemoveAsync(actor.Lab, at.Facts.Id, actor.Principal, [new(RecordKind.GuidelineDraft, new RecordId(record))], CancellationToken.None);
            return ETags.Changed();
        }

        ETags.Set(response, outcome.Expect().Versions[0]);
        return TypedResults.Ok(new GuidelineDraftView(body.Sections));
    }

    private static async Task<Results<Ok<PublishedView>, ProblemHttpResult>> Publish(
        InProject at, Actor actor, IVault vault, AppDb db, NoticeBoard notices, TimeProvider time, HttpRequest request, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        var draft = await db.GuidelineDrafts.AsNoTracking().SingleOrDefaultAsync(d => d.Project == at.Id, cancellation);
        if (draft is null)
            return Problems.Of(StatusCodes.Status409Conflict, "no-draft", "There are no guidelines to publish yet. Save a draft first.");
        var outcome = await vault.OpenAsync(actor, at.Facts.Id, Purpose.Manage, [Ref(draft)], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        if (opened.Records[0].Version != version)
            return ETags.Changed();
        var sections = Parse(opened.Records[0]);
        if (sections.Count == 0)
            return Problems.Of(StatusCodes.Status409Conflict, "no-sections", "Guidelines need a section before they can be published.");

        SealItem[] records = [.. sections.Select(section => new SealItem(
            RecordKind.GuidelineSection, RecordId.New(),
            JsonSerializer.SerializeToUtf8Bytes(
                new SealedSection(1, section.Key, section.Title, section.Body, section.Questions), SealedJson.Shapes.SealedSection),
            ExpectedVersion: 0))];
        (await vault.SealAsync(new SealRequest(actor.Lab, at.Facts.Id, actor.Principal, records), cancellation)).Expect();

        var number = 1 + (await db.GuidelineVersions.Where(v => v.Project == at.Id).MaxAsync(v => (int?)v.Number, cancellation) ?? 0);
        db.GuidelineVersions.Add(new GuidelineVersion { Project = at.Id, Number = number, PublishedAt = time.GetUtcNow(), PublishedBy = actor.Pseudonym });
        for (var ordinal = 0; ordinal < sections.Count; ordinal++)
        {
            db.GuidelineSections.Add(new GuidelineSection
            {
                Record = records[ordinal].Id.Value,
                Project = at.Id,
                Version = number,
                Ordinal = ordinal,
                Questions = await QuestionMarks.OfAsync(vault, actor.Lab, at.Facts.Id, [.. sections[ordinal].Questions], cancellation),
            });
        }

        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
        }
        catch (DbUpdateException)
        {
            await vault.RemoveAsync(
                actor.Lab, at.Facts.Id, actor.Principal, [.. records.Select(record => new RecordRef(record.Kind, record.Id))], CancellationToken.None);
            // Somebody else published this number in between; any other fault is not for the caller to mend.
            if (await db.GuidelineVersions.AnyAsync(v => v.Project == at.Id && v.Number == number, CancellationToken.None))
                return ETags.Changed();
            throw;
        }

        await notices.TellAllAsync(new NewNotice(actor.Lab, NoticeKind.GuidelinesPublished, at.Id), but: actor.Pseudonym);
        return TypedResults.Ok(new PublishedView(number));
    }

    private static async Task<Ok<List<GuidelineVersionView>>> List(InProject at, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await db.GuidelineVersions.AsNoTracking().Where(v => v.Project == at.Id).OrderBy(v => v.Number)
            .Select(v => new GuidelineVersionView(v.Number, v.PublishedAt, v.PublishedBy)).ToListAsync(cancellation));

    private static async Task<Results<Ok<GuidelineView>, ProblemHttpResult>> Get(
        int number, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var version = await db.GuidelineVersions.AsNoTracking().SingleOrDefaultAsync(v => v.Project == at.Id && v.Number == number, cancellation);
        if (version is null)
            return Problems.NotFound();
        var records = await db.GuidelineSections.AsNoTracking().Where(s => s.Project == at.Id && s.Version == number).OrderBy(s => s.Ordinal)
            .Select(s => s.Record).ToListAsync(cancellation);
        var outcome = await vault.OpenAsync(
            actor, at.Facts.Id, Purpose.Manage, [.. records.Select(r => new RecordRef(RecordKind.GuidelineSection, new RecordId(r)))], cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        return TypedResults.Ok(new GuidelineView(number, version.PublishedAt,
        [
            .. opened.Records.Select(record => JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedSection)!)
                .Select(section => new Section(section.Key, section.Title, section.Body, section.Questions)),
        ]));
    }

    private static RecordRef Ref(GuidelineDraft draft) => new(RecordKind.GuidelineDraft, new RecordId(draft.Record));

    private static IReadOnlyList<Section> Parse(OpenedRecord record) =>
        JsonSerializer.Deserialize(record.Plaintext.Span, SealedJson.Shapes.SealedGuidelines)!.Sections;

    private static async Task<bool> KeepAsync(AppDb db, Guid project, Guid record, CancellationToken cancellation)
    {
        db.GuidelineDrafts.Add(new GuidelineDraft { Project = project, Record = record });
        try
        {
            await db.SaveChangesAsync(CancellationToken.None);
            return true;
        }
        catch (DbUpdateException)
        {
            db.ChangeTracker.Clear();
            if (await db.GuidelineDrafts.AnyAsync(d => d.Project == project, cancellation))
                return false;
            throw;
        }
    }

    private static ProblemHttpResult? Fault(IReadOnlyList<Section>? sections)
    {
        if (sections is not { Count: <= 100 })
            return Problems.Invalid("Guidelines have at most 100 sections.", "sections");
        var keys = new HashSet<string>(StringComparer.Ordinal);
        foreach (var section in sections)
        {
            if (section?.Key is null || !Form.Key().IsMatch(section.Key))
                return Problems.Invalid("A section's key has up to 64 small letters, digits, '-' and '_' and begins with a letter or digit.", "key");
            if (!keys.Add(section.Key))
                return Problems.Invalid("Two sections have the same key.", section.Key);
            if (section.Title is not { Length: >= 1 and <= 200 })
                return Problems.Invalid("A section's title has 1 to 200 characters.", section.Key);
            if (section.Body is not { Length: <= 100_000 })
                return Problems.Invalid("A section has at most 100,000 characters.", section.Key);
            if (section.Questions is not { Count: <= Form.MostQuestions } || section.Questions.Any(key => key is null || !Form.Key().IsMatch(key)))
                return Problems.Invalid("A section names the questions it applies to by their keys, or none for all.", section.Key);
        }

        return null;
    }
}
