using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Progress;
using Cofferdam.Work.Warnings;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Projects;

/// <param name="Name">1 to 200 characters.</param>
/// <param name="Description">At most 10,000 characters.</param>
/// <param name="Warnings">What people are warned of before they see its content; at most 10. Null: as they were.</param>
/// <param name="StepUpMinutes">Minutes after which who works on it has to use a passkey again, 5 to 480; 0: never. Null: as it was.</param>
public sealed record ProjectRequest(string Name, string? Description = null, IReadOnlyList<ContentWarning>? Warnings = null, int? StepUpMinutes = null);

/// <param name="Name">Null for an auditor, and in lists where the vault refused to open it.</param>
/// <param name="Warnings">Null where they were not asked for: in lists, and after a change that left them as they were.</param>
/// <param name="StepUpMinutes">Null: no passkey is asked for again.</param>
public sealed record ProjectView(
    Guid Id, string Code, string? Name, string? Description, DateTimeOffset CreatedAt, long Items, SlotCounts Slots,
    IReadOnlyList<ContentWarning>? Warnings = null, int? StepUpMinutes = null);

internal static class ProjectEndpoints
{
    public static void MapProjectEndpoints(this RouteGroupBuilder lab)
    {
        lab.MapGet("/projects", List).RequireAuthorization(Policies.Observer);
        lab.MapPost("/projects", Create).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        var project = lab.InProject();
        project.MapGet("", Get).RequireAuthorization(Policies.Observer);
        project.MapPut("", Put).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<ProjectView>>> List(Actor actor, IVault vault, AppDb db, SlotCounting counting, CancellationToken cancellation)
    {
        var views = new List<ProjectView>();
        var refused = false;
        foreach (var project in await db.Projects.AsNoTracking().Where(p => p.Lab == actor.Lab.Value).OrderBy(p => p.Id).ToListAsync(cancellation))
        {
            OpenedRecord? record = null;
            if (!actor.IsAuditor && !(refused && await StaysShutAsync(vault, actor, project.Id, cancellation)))
            {
                var outcome = await OpenAsync(vault, actor, project.Id, cancellation);
                refused |= outcome is OpenOutcome.Refused;
                record = (outcome as OpenOutcome.Opened)?.Records[0];
            }

            views.Add(await ViewAsync(project, record, counting, cancellation));
        }

        return TypedResults.Ok(views);
    }

    /// <summary>Whether the vault would refuse this too. One list that is stopped is one refusal, however long it is.</summary>
    private static async ValueTask<bool> StaysShutAsync(IVault vault, Actor actor, Guid project, CancellationToken cancellation) =>
        await vault.StoppingAsync(actor, new ProjectId(project), cancellation) is not null;

    private static async Task<Results<Created<ProjectView>, ProblemHttpResult>> Create(
        ProjectRequest request, Actor actor, IVault vault, AppDb db, TimeProvider time, HttpResponse response, CancellationToken cancellation)
    {
        if (Fault(request) is { } fault)
            return fault;

        var id = ProjectId.New();
        await vault.CreateProjectAsync(actor.Lab, id, cancellation);
        var warnings = request.Warnings is { Count: > 0 } ? RecordId.New() : (RecordId?)null;
        var sealing = await SealAsync(vault, actor, id, request, version: 0, warnings);
        var now = time.GetUtcNow();
        var taken = await db.Projects.Where(p => p.Lab == actor.Lab.Value).Select(p => p.Code).ToListAsync(cancellation);
        var code = Enumerable.Range(0, int.MaxValue).Select(CodeNames.New).First(code => !taken.Contains(code));
        var project = new Project { Id = id.Value, Lab = actor.Lab.Value, Code = code, CreatedAt = now, CreatedBy = actor.Pseudonym, SweptAt = now, Warnings = warnings?.Value, StepUpMinutes = Minutes(request) };
        db.Projects.Add(project);
        await db.SaveChangesAsync(CancellationToken.None);

        ETags.Set(response, sealing.Expect().Versions[0]);
        return TypedResults.Created(
            $"/api/labs/{actor.LabSlug}/projects/{id}",
            new ProjectView(id.Value, code, request.Name, request.Description, now, 0, new SlotCounts(), request.Warnings ?? [], project.StepUpMinutes));
    }

    private static async Task<Results<Ok<ProjectView>, ProblemHttpResult>> Get(
        InProject at, Actor actor, IVault vault, AppDb db, SlotCounting counting, HttpResponse response, CancellationToken cancellation)
    {
        var project = await db.Projects.AsNoTracking().SingleAsync(p => p.Id == at.Id, cancellation);
        if (actor.IsAuditor)
            return TypedResults.Ok(await ViewAsync(project, record: null, counting, cancellation));
        var outcome = await OpenAsync(vault, actor, at.Id, cancellation, project.Warnings);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);
        ETags.Set(response, opened.Records[0].Version);
        var view = await ViewAsync(project, opened.Records[0], counting, cancellation);
        return TypedResults.Ok(view with { Warnings = project.Warnings is null ? [] : ContentWarning.Read(opened.Records[1]) });
    }

    private static async Task<Results<Ok<ProjectView>, ProblemHttpResult>> Put(
        ProjectRequest body, InProject at, Actor actor, IVault vault, AppDb db, SlotCounting counting, ProjectCatalog catalog, HttpRequest request, HttpResponse response,
        CancellationToken cancellation)
    {
        if (!ETags.TryRead(request, out var version, out var problem))
            return problem!;
        if (Fault(body) is { } fault)
            return fault;

        var project = await db.Projects.SingleAsync(p => p.Id == at.Id, cancellation);
        var warnings = body.Warnings is null || (body.Warnings.Count == 0 && project.Warnings is null) ? (RecordId?)null
            : new RecordId(project.Warnings ?? RecordId.New().Value);
        var outcome = await SealAsync(vault, actor, at.Facts.Id, body, version, warnings);
        if (outcome is SealOutcome.Conflict)
            return ETags.Changed();
        ETags.Set(response, outcome.Expect().Versions[0]);
        project.Warnings = warnings?.Value ?? project.Warnings;
        project.StepUpMinutes = body.StepUpMinutes is null ? project.StepUpMinutes : Minutes(body);
        await db.SaveChangesAsync(CancellationToken.None);
        catalog.Forget(at.Id);
        var (items, slots) = await counting.CountAsync(at.Id, cancellation);
        return TypedResults.Ok(new ProjectView(at.Id, project.Code, body.Name, body.Description, project.CreatedAt, items, slots, body.Warnings, project.StepUpMinutes));
    }

    private static ValueTask<OpenOutcome> OpenAsync(IVault vault, Actor actor, Guid project, CancellationToken cancellation, Guid? warnings = null) =>
        vault.OpenAsync(
            actor, new ProjectId(project), Purpose.Manage,
            [.. new Guid?[] { project, warnings }.OfType<Guid>().Select(record => new RecordRef(RecordKind.Project, new RecordId(record)))], cancellation);

    /// <param name="version">The version that was changed; 0 for a new project.</param>
    /// <param name="warnings">The record that they go to; null where they stay as they are.</param>
    private static Task<SealOutcome> SealAsync(IVault vault, Actor actor, ProjectId project, ProjectRequest request, long version, RecordId? warnings)
    {
        var named = new SealItem(RecordKind.Project, new RecordId(project.Value), Plaintext(request), version);
        return vault.SealAsync(
            new SealRequest(actor.Lab, project, actor.Principal, warnings is { } record ? [named, ContentWarning.Seal(record, request.Warnings!)] : [named]),
            CancellationToken.None);
    }

    private static async Task<ProjectView> ViewAsync(Project project, OpenedRecord? record, SlotCounting counting, CancellationToken cancellation)
    {
        var name = record is null ? null : JsonSerializer.Deserialize(record.Value.Plaintext.Span, SealedJson.Shapes.SealedName);
        var (items, slots) = await counting.CountAsync(project.Id, cancellation);
        return new ProjectView(project.Id, project.Code, name?.Name, name?.Description, project.CreatedAt, items, slots, StepUpMinutes: project.StepUpMinutes);
    }

    private static int? Minutes(ProjectRequest request) => request.StepUpMinutes is 0 ? null : request.StepUpMinutes;

    private static byte[] Plaintext(ProjectRequest request) =>
        JsonSerializer.SerializeToUtf8Bytes(new SealedName(1, request.Name, request.Description ?? ""), SealedJson.Shapes.SealedName);

    private static ProblemHttpResult? Fault(ProjectRequest request)
    {
        if (string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200)
            return Problems.Invalid("A project's name has 1 to 200 characters.", "name");
        if (request.Description is { Length: > 10_000 })
            return Problems.Invalid("A description has at most 10,000 characters.", "description");
        if (request.StepUpMinutes is not (null or 0 or >= StepUp.LeastMinutes and <= StepUp.MostMinutes))
            return Problems.Invalid($"A passkey is asked for again after {StepUp.LeastMinutes} to {StepUp.MostMinutes} minutes, or never: 0.", "stepUpMinutes");
        return request.Warnings is { } warnings && ContentWarning.Fault(warnings) is { } fault ? Problems.Invalid(fault, "warnings") : null;
    }
}
