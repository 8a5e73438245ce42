using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Items;
using Cofferdam.Work.Notices;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Mvc;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Guidelines;

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
        guidelines.MapGet("/draft/preview", Preview).RequireAuthorization(Policies.Staff);
        guidelines.MapGet("/versions", List).RequireAuthorization(Policies.Staff);
        guidelines.MapPost("/versions", Publish).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        guidelines.MapGet("/versions/{number:int}", Get).RequireAuthorization(Policies.Staff);
        guidelines.MapGet("/versions/{number:int}/changes", Changes).RequireAuthorization(Policies.Staff);
    }

    private static async Task<Results<Ok<GuidelineDraftView>, ProblemHttpResult>> GetDraft(
        InProject at, Actor actor, DraftedGuidelines drafted, HttpResponse response, CancellationToken cancellation)
    {
        var (draft, refused) = await drafted.OpenAsync(at, actor, cancellation);
        if (refused is not null)
            return Problems.Refused(refused);
        ETags.Set(response, draft.Version);
        return TypedResults.Ok(new GuidelineDraftView(draft.Sections));
    }

    private static async Task<Results<Ok<GuidelineDraftView>, ProblemHttpResult>> PutDraft(
        GuidelineRequest body, InProject at, Actor actor, DraftedGuidelines drafted, ItemFacets facets, HttpRequest request, HttpResponse response,
        CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        var tagged = body.Sections?.Any(section => section?.Tags is { Count: > 0 }) is true;
        if (Section.Fault(body.Sections, tagged ? await facets.AllowedAsync(at.Id, cancellation) : new HashSet<string>()) is { } fault)
            return Problems.Invalid(fault);
        if (await drafted.SaveAsync(at, actor, body.Sections!, version, cancellation) is not { } saved)
            return ETags.Changed();
        ETags.Set(response, saved);
        return TypedResults.Ok(new GuidelineDraftView(body.Sections!));
    }

    /// <param name="reader">Whose eyes to see it with: <c>expert</c>, <c>vendor</c> or <c>reviewer</c>.</param>
    /// <param name="question">Only what applies to this question.</param>
    private static async Task<Results<Ok<GuidelineDraftView>, ProblemHttpResult>> Preview(
        [FromQuery(Name = "as")] string reader, InProject at, Actor actor, DraftedGuidelines drafted, CancellationToken cancellation, string? question = null)
    {
        if (Names.Parse<Audience>(reader) is not { } audience)
            return Problems.Invalid("Guidelines are seen as expert, vendor or reviewer.", "as");
        var (draft, refused) = await drafted.OpenAsync(at, actor, cancellation);
        return refused is null
            ? TypedResults.Ok(new GuidelineDraftView(
                [.. draft.Sections.Where(section => Section.MayGet(audience, section.Sensitivity) && (question is null || section.AppliesTo(question)))]))
            : Problems.Refused(refused);
    }

    private static async Task<Results<Ok<PublishedView>, ProblemHttpResult>> Publish(
        InProject at, Actor actor, IVault vault, AppDb db, DraftedGuidelines drafted, ItemFacets facets, NoticeBoard notices, TimeProvider time, HttpRequest request, CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        var (draft, refused) = await drafted.OpenAsync(at, actor, cancellation);
        if (refused is not null)
            return Problems.Refused(refused);
        if (draft.Version == 0)
            return Problems.Of(StatusCodes.Status409Conflict, "no-draft", "There are no guidelines to publish yet. Save a draft first.");
        if (draft.Version != version)
            return ETags.Changed();
        var sections = draft.Sections;
        if (sections.Count == 0)
            return Problems.Of(StatusCodes.Status409Conflict, "no-sections", "Guidelines need a section before they can be published.");
        // Tags lie in clear from here on: a facet may have been disallowed since the draft was saved.
        if (sections.Any(section => section.Tags is { Count: > 0 }) && Section.Fault(sections, await facets.AllowedAsync(at.Id, cancellation)) is { } fault)
            return Problems.Invalid(fault);

        SealItem[] records = [.. sections.Select(section => new SealItem(
            RecordKind.GuidelineSection, RecordId.New(),
            JsonSerializer.SerializeToUtf8Bytes(
                new SealedSection(1, section.Key, section.Title, section.Body, section.Questions), SealedJson.Shapes.SealedSection),
            ExpectedVersion: 0, section.Weight))];
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
                Sensitivity = sections[ordinal].Sensitivity,
                Tags = string.Join(GuidelineSection.BetweenTags, sections[ordinal].Tags ?? []),
                Weight = sections[ordinal].Weight,
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
        var (sections, refused) = await vault.OpenAsync(actor, at, db, [number], cancellation);
        return sections is null
            ? Problems.Refused(refused!)
            : TypedResults.Ok(new GuidelineView(number, version.PublishedAt, [.. sections[number]]));
    }

    /// <param name="from">The earlier version; 0 for none; the one before if not given.</param>
    private static async Task<Results<Ok<GuidelineChangesView>, ProblemHttpResult>> Changes(
        int number, InProject at, Actor actor, IVault vault, AppDb db, CancellationToken cancellation, int? from = null)
    {
        var earlier = from ?? number - 1;
        var there = await db.GuidelineVersions.Where(v => v.Project == at.Id && (v.Number == number || v.Number == earlier)).Select(v => v.Number).ToListAsync(cancellation);
        if (!there.Contains(number) || (earlier != 0 && !there.Contains(earlier)))
            return Problems.NotFound();
        var (sections, refused) = await vault.OpenAsync(actor, at, db, there, cancellation);
        return sections is null
            ? Problems.Refused(refused!)
            : TypedResults.Ok(new GuidelineChangesView(GuidelineChanges.Between([.. sections[earlier]], [.. sections[number]])));
    }
}
