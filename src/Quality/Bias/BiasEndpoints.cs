using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Quality.Bias;

internal static class BiasEndpoints
{
    public static void MapBias(this RouteGroupBuilder lab)
    {
        var group = lab.MapGroup("/projects/{project:guid}/figures/bias").RequireAuthorization(Policies.Staff).WithTags("Figures");
        group.MapPost("", Start).RequireNotSuspended().WithSummary("Have every answer opened, with receipts, to count which side people choose");
        group.MapGet("", Get).WithSummary("The newest scan for sides, and what it found");
        group.MapDelete("/{scan:guid}", Remove).RequireNotSuspended().WithSummary("Stop a scan, or remove what it found");
    }

    private static async Task<Results<Created<BiasView>, ProblemHttpResult>> Start(
        Guid project, Actor actor, ProjectCatalog projects, AppDb db, BiasQueue queue, IVault vault, TimeProvider time, CancellationToken cancellation)
    {
        if (await projects.FindAsync(actor.Lab, project, cancellation) is null)
            return Problems.NotFound();
        if (await vault.StoppingAsync(actor, new ProjectId(project), cancellation) is { } suspension)
            return Problems.Suspended(suspension.Reason);
        if (await db.BiasScans.AnyAsync(scan => scan.Project == project && scan.State == ScanState.Running, cancellation))
            return Running();

        var row = new BiasScan { Id = RecordId.New().Value, Project = project, RequestedBy = actor.Pseudonym, RequestedAt = time.GetUtcNow() };
        db.BiasScans.Add(row);
        try
        {
            await db.SaveChangesAsync(cancellation);
        }
        catch (DbUpdateException) when (!cancellation.IsCancellationRequested)
        {
            // The database takes one at a time.
            db.ChangeTracker.Clear();
            if (!await db.BiasScans.AnyAsync(scan => scan.Project == project && scan.State == ScanState.Running, cancellation))
                throw;
            return Running();
        }

        queue.Ring();
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{project}/figures/bias", BiasView.Of(row));

        static ProblemHttpResult Running() => Problems.Of(StatusCodes.Status409Conflict, "scan-running", "A scan is running already. Wait for it, or stop it first.");
    }

    /// <summary>Opens what a scan that is done found, with a receipt in the caller's name.</summary>
    private static async Task<Results<Ok<BiasView>, NoContent, ProblemHttpResult>> Get(
        Guid project, Actor actor, ProjectCatalog projects, AppDb db, IVault vault, CancellationToken cancellation)
    {
        if (await projects.FindAsync(actor.Lab, project, cancellation) is null)
            return Problems.NotFound();
        var scan = await db.BiasScans.AsNoTracking().Where(row => row.Project == project).OrderByDescending(row => row.Id).FirstOrDefaultAsync(cancellation);
        if (scan is null)
            return TypedResults.NoContent();
        if (scan.State is not ScanState.Done)
            return TypedResults.Ok(BiasView.Of(scan));
        var outcome = await vault.OpenAsync(
            actor, new OpenRequest(
                actor.Lab, new ProjectId(project), actor.Principal, Act.Open, Purpose.Figures,
                [new RecordRef(RecordKind.Figures, new RecordId(scan.Id))], Session: actor.Session),
            cancellation);
        return outcome is OpenOutcome.Opened opened
            ? TypedResults.Ok(BiasView.Of(scan, JsonSerializer.Deserialize(opened.Records[0].Plaintext.Span, QualityJson.Default.SealedSides)))
            : Problems.Refused((OpenOutcome.Refused)outcome);
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(
        Guid project, Guid scan, Actor actor, ProjectCatalog projects, AppDb db, IVault vault, BiasScanning scanning, CancellationToken cancellation)
    {
        if (await projects.FindAsync(actor.Lab, project, cancellation) is null
            || await db.BiasScans.AsNoTracking().SingleOrDefaultAsync(row => row.Id == scan && row.Project == project, cancellation) is not { } found)
            return Problems.NotFound();
        // Stopped between two runs of records; the queue sees it there.
        if (await scanning.EndAsync(found, ScanState.Cancelled, null, CancellationToken.None))
            return TypedResults.NoContent();
        await db.BiasScans.Where(row => row.Id == scan && row.State != ScanState.Running).ExecuteDeleteAsync(CancellationToken.None);
        await vault.RemoveAsync(
            actor.Lab, new ProjectId(project), actor.Principal, [new RecordRef(RecordKind.Figures, new RecordId(scan))], CancellationToken.None);
        return TypedResults.NoContent();
    }
}
