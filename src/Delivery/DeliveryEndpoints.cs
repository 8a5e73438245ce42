using Cofferdam.Delivery.Shapes;
using Cofferdam.Package;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Projects;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Delivery;

public static class DeliveryEndpoints
{
    private const int MostBatches = 1_000;

    /// <summary>Routes of this room below a lab's.</summary>
    public static void MapDelivery(this RouteGroupBuilder lab)
    {
        var group = lab.MapGroup("").WithTags("Deliveries").ForTokens(TokenScope.Deliver);
        group.MapGet("/delivery-key", PublicKey).RequireAuthorization(Policies.Staff).WithSummary("Public key that signs this lab's deliveries");
        group.MapGet("/projects/{project:guid}/deliveries", List).RequireAuthorization(Policies.Observer).ForTokens(TokenScope.Read, TokenScope.Deliver)
            .WithSummary("Deliveries of a project, newest first");
        group.MapPost("/projects/{project:guid}/deliveries", Make).RequireAuthorization(Policies.Staff).RequireNotSuspended()
            .WithSummary("Have a package made of accepted answers");
        group.MapGet("/projects/{project:guid}/deliveries/{delivery:guid}", Get).RequireAuthorization(Policies.Observer).ForTokens(TokenScope.Read, TokenScope.Deliver)
            .WithSummary("A delivery and how far it has got");
        group.MapGet("/projects/{project:guid}/deliveries/{delivery:guid}/package", Download).RequireAuthorization(Policies.Staff)
            .WithSummary("The package: a tar, or encrypted to its recipient")
            .Produces<byte[]>(contentType: "application/octet-stream");
    }

    private static async Task<Results<Ok<DeliveryKeyView>, ProblemHttpResult>> PublicKey(Actor actor, DeliverySigning signing, CancellationToken cancellation)
    {
        try
        {
            using var key = await signing.OpenAsync(actor.Lab, cancellation);
            return TypedResults.Ok(new DeliveryKeyView(Convert.ToBase64String(key.PublicKey.Span)));
        }
        catch (ExportRefusedException)
        {
            return Problems.Suspended(ReasonClass.Other);
        }
    }

    private static async Task<Results<Ok<List<DeliveryView>>, ProblemHttpResult>> List(
        Guid project, Actor actor, ProjectCatalog projects, AppDb db, CancellationToken cancellation)
    {
        if (await projects.FindAsync(actor.Lab, project, cancellation) is null)
            return Problems.NotFound();
        var rows = await db.Deliveries.AsNoTracking().Where(row => row.Project == project).OrderByDescending(row => row.Id).ToListAsync(cancellation);
        var deliveries = db.Deliveries;
        var batches = (await db.DeliveryBatches.AsNoTracking()
            .Where(batch => deliveries.Any(row => row.Id == batch.Delivery && row.Project == project)).ToListAsync(cancellation)).ToLookup(batch => batch.Delivery, batch => batch.Batch);
        return TypedResults.Ok(rows.ConvertAll(row => DeliveryView.Of(row, batches[row.Id])));
    }

    private static async Task<Results<Created<DeliveryView>, ProblemHttpResult>> Make(
        Guid project, DeliveryRequest request, Actor actor, ProjectCatalog projects, AppDb db, DeliveryQueue queue, TimeProvider time, CancellationToken cancellation)
    {
        if (await projects.FindAsync(actor.Lab, project, cancellation) is null)
            return Problems.NotFound();
        if (Shape.All.All(shape => shape.Name != request.Shape))
            return Problems.Invalid($"The shapes are: {string.Join(", ", Shape.All.Select(shape => shape.Name))}.", "shape");
        if (!TryReadRecipient(request.Recipient, out var recipient))
            return Problems.Invalid("The recipient must be a P-256 public key: base64 of its SubjectPublicKeyInfo (the body of a PEM file).", "recipient");

        if (request.Since is { } since && await FaultOfBaseAsync(project, since, request, db, cancellation) is { } fault)
            return Problems.Invalid(fault, "since");
        IReadOnlyList<Guid> batches = [.. (request.Batches ?? []).Distinct()];
        if (request.Batches is not null && (batches.Count is 0 or > MostBatches || await db.Batches.CountAsync(batch => batch.Project == project && batches.Contains(batch.Id), cancellation) != batches.Count))
            return Problems.Invalid($"Name 1 to {MostBatches:N0} batches of this project, or leave them out for all.", "batches");

        var row = new DeliveryRow
        {
            Id = Guid.CreateVersion7(time.GetUtcNow()),
            Project = project,
            Shape = request.Shape,
            Votes = request.Votes,
            Since = request.Since,
            Recipient = recipient,
            RequestedBy = actor.Pseudonym,
            RequestedAt = time.GetUtcNow(),
        };
        db.Deliveries.Add(row);
        db.DeliveryBatches.AddRange(batches.Select(batch => new DeliveryBatch { Delivery = row.Id, Batch = batch }));
        await db.SaveChangesAsync(cancellation);
        queue.Ring();
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/projects/{project}/deliveries/{row.Id}", DeliveryView.Of(row, batches));
    }

    private static async Task<Results<Ok<DeliveryView>, ProblemHttpResult>> Get(
        Guid project, Guid delivery, Actor actor, ProjectCatalog projects, AppDb db, CancellationToken cancellation) =>
        await FindAsync(project, delivery, actor, projects, db, cancellation) is { } row
            ? TypedResults.Ok(DeliveryView.Of(row, await db.DeliveryBatches.Where(batch => batch.Delivery == row.Id).Select(batch => batch.Batch).ToListAsync(cancellation)))
            : Problems.NotFound();

    /// <summary>Hands the package out through the door: the record that holds its key is exported, with a receipt, before the first byte.</summary>
    private static async Task<Results<PushStreamHttpResult, ProblemHttpResult>> Download(
        Guid project, Guid delivery, Actor actor, ProjectCatalog projects, AppDb db, IVault vault, PackageFolder folder, HttpContext context, CancellationToken cancellation)
    {
        if (await FindAsync(project, delivery, actor, projects, db, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.State != DeliveryState.Done)
            return Problems.Of(StatusCodes.Status409Conflict, "not-done", "The package is not there: its making goes on, or has failed. Look at the delivery's state.");

        var destination = Destinations.Of(row.Recipient);
        var outcome = await vault.OpenAsync(
            new OpenRequest(
                actor.Lab, new ProjectId(project), actor.Principal, Act.Export, Purpose.Deliver,
                [new RecordRef(RecordKind.Delivery, new RecordId(delivery))], Session: actor.Session, Destination: destination),
            cancellation);
        if (outcome is not OpenOutcome.Opened opened)
            return Problems.Refused((OpenOutcome.Refused)outcome);

        var key = SealedDelivery.Parse(opened.Records[0].Plaintext.Span).Key;
        var sending = new PackageSending(vault, actor, new ProjectId(project), delivery, destination);
        context.Response.Headers.CacheControl = "no-store";
        context.Response.ContentLength = row.Bytes;
        return TypedResults.Stream(
            body => sending.SendAsync(folder.PathOf(delivery), key, body, context, cancellation),
            key is null ? "application/octet-stream" : "application/x-tar",
            $"delivery-{delivery:N}.{(key is null ? "cfdp" : "tar")}");
    }

    private static async Task<DeliveryRow?> FindAsync(
        Guid project, Guid delivery, Actor actor, ProjectCatalog projects, AppDb db, CancellationToken cancellation) =>
        await projects.FindAsync(actor.Lab, project, cancellation) is null
            ? null
            : await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(row => row.Id == delivery && row.Project == project, cancellation);

    /// <summary>Why a delivery cannot build on another; null where it can.</summary>
    private static async Task<string?> FaultOfBaseAsync(Guid project, Guid since, DeliveryRequest request, AppDb db, CancellationToken cancellation)
    {
        var row = await db.Deliveries.AsNoTracking().SingleOrDefaultAsync(delivery => delivery.Id == since && delivery.Project == project, cancellation);
        if (row is not { State: DeliveryState.Done })
            return "There is no such delivery here that is done.";
        if (row.Shape != request.Shape || row.Votes != request.Votes)
            return "That delivery has another shape, or other votes: its rows and these could not stand together.";
        return row.Items > 0 && !await db.Delivered.AnyAsync(item => item.Delivery == since, cancellation)
            ? "That delivery was made before this release kept what it held. Make a whole one first."
            : null;
    }

    private static bool TryReadRecipient(string? base64, out byte[]? spki)
    {
        spki = null;
        if (base64 is null)
            return true;
        var bytes = new byte[256];
        if (!Convert.TryFromBase64String(base64, bytes, out var length) || RecipientKey.TryImport(bytes.AsSpan(0, length)) is null)
            return false;
        spki = bytes[..length];
        return true;
    }
}
