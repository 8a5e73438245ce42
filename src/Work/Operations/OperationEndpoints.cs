using Cofferdam.Storage;
using Cofferdam.Work.Access;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Operations;

/// <summary>One thing to be done to many slots: those that all that is named here fits, and that it can be done to.</summary>
/// <param name="Batch">Its slots alone; the batch to reprioritise.</param>
/// <param name="Person">Slots of this person alone, by pseudonym.</param>
/// <param name="State">Slots in this state alone.</param>
/// <param name="Items">Slots of these items alone; at most 1,000.</param>
/// <param name="Reason">At most 4,000 characters; needed for a return, whose holders will read it.</param>
/// <param name="Priority">For a batch, 0 to 9.</param>
/// <param name="To">Pseudonym of who gets the tasks.</param>
public sealed record OperationRequest(
    OperationKind Kind, Guid? Batch = null, Guid? Person = null, SlotState? State = null, IReadOnlyList<Guid>? Items = null, string? Reason = null,
    int? Priority = null, Guid? To = null);

/// <param name="Id">Null in a preview.</param>
/// <param name="Drafts">Saved drafts of the people whose tasks they are; they are kept in any case.</param>
/// <param name="Undoable">It can be undone, for as many slots as have not moved since.</param>
/// <param name="Sentence">The same in words.</param>
public sealed record OperationView(Guid? Id, long Slots, long People, long Drafts, bool Undoable, string Sentence);

public sealed record OperationRow(
    Guid Id, OperationKind Kind, Guid? Batch, long Slots, Guid MadeBy, DateTimeOffset MadeAt, DateTimeOffset? UndoneAt);

/// <param name="Slots">How many were put back.</param>
public sealed record UndoView(long Slots);

internal static class OperationEndpoints
{
    private const int MostItems = 1_000;

    public static void MapOperationEndpoints(this RouteGroupBuilder lab)
    {
        var operations = lab.InProject("/operations");
        operations.MapGet("", List).RequireAuthorization(Policies.Observer);
        operations.MapPost("/preview", Preview).RequireAuthorization(Policies.Staff);
        operations.MapPost("", Run).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        operations.MapPost("/{operation:guid}/undo", Undo).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<OperationRow>>> List(InProject at, AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await db.Operations.AsNoTracking().Where(o => o.Project == at.Id).OrderByDescending(o => o.Id).Take(100)
            .Select(o => new OperationRow(o.Id, o.Kind, o.Batch, o.Slots, o.MadeBy, o.MadeAt, o.UndoneAt)).ToListAsync(cancellation));

    private static async Task<Results<Ok<OperationView>, ProblemHttpResult>> Preview(
        OperationRequest body, InProject at, Actor actor, AppDb db, OperationRun run, CancellationToken cancellation)
    {
        if (await FaultAsync(body, at, actor, db, cancellation) is { } fault)
            return fault;
        var (slots, people, drafts) = body.Kind is OperationKind.Reprioritise ? (0, 0, 0) : await run.CountAsync(at.Id, body, cancellation);
        return TypedResults.Ok(View(null, body, slots, people, drafts, done: false));
    }

    private static async Task<Results<Ok<OperationView>, ProblemHttpResult>> Run(
        OperationRequest body, InProject at, Actor actor, AppDb db, OperationRun run, CancellationToken cancellation)
    {
        if (await FaultAsync(body, at, actor, db, cancellation) is { } fault)
            return fault;
        if (body.Kind is OperationKind.Reprioritise)
        {
            var batch = await db.Batches.AsNoTracking().SingleAsync(b => b.Id == body.Batch, cancellation);
            return TypedResults.Ok(View((await run.ReprioritiseAsync(at, actor, body, batch)).Id, body, 0, 0, 0, done: true));
        }

        var (_, people, drafts) = await run.CountAsync(at.Id, body, cancellation);
        var operation = await run.RunAsync(at, actor, body, cancellation);
        return TypedResults.Ok(View(operation.Id, body, operation.Slots, people, drafts, done: true));
    }

    private static async Task<Results<Ok<UndoView>, ProblemHttpResult>> Undo(
        Guid operation, InProject at, AppDb db, OperationRun run, CancellationToken cancellation)
    {
        if (await db.Operations.SingleOrDefaultAsync(o => o.Id == operation && o.Project == at.Id, cancellation) is not { } found)
            return Problems.NotFound();
        return found.UndoneAt is null
            ? TypedResults.Ok(new UndoView(await run.UndoAsync(found, cancellation)))
            : Problems.Of(StatusCodes.Status409Conflict, "undone", "This was undone already.");
    }

    private static async Task<ProblemHttpResult?> FaultAsync(OperationRequest request, InProject at, Actor actor, AppDb db, CancellationToken cancellation)
    {
        if (!Enum.IsDefined(request.Kind))
            return Problems.Invalid("Slots are returned, cancelled, reassigned or released; a batch is reprioritised.", "kind");
        if (request.Items is { Count: 0 or > MostItems })
            return Problems.Invalid("Name 1 to 1,000 items, or none.", "items");
        if (request is { Batch: null, Person: null, Items: null })
            return Problems.Invalid("Say of which batch, whose, or of which items.", "batch");
        if (request.Kind is OperationKind.Return ? !Words.Are(request.Reason) : !Words.Fits(request.Reason))
            return Problems.Invalid("Work is returned with a reason of 1 to 4,000 characters.", "reason");
        if (request.Kind is OperationKind.Reprioritise && request is not { Batch: not null, Priority: >= 0 and <= 9 })
            return Problems.Invalid("A batch gets a priority of 0 to 9.", "priority");
        if (request.Batch is { } batch && !await db.Batches.AnyAsync(b => b.Id == batch && b.Project == at.Id, cancellation))
            return Problems.NotFound();
        return request.Kind is OperationKind.Reassign
            && !await db.Members.AnyAsync(m => m.Lab == actor.Lab.Value && m.Pseudonym == request.To && m.LeftAt == null, cancellation)
            ? Problems.Invalid("Say to which member of the lab the tasks go.", "to")
            : null;
    }

    private static OperationView View(Guid? id, OperationRequest request, long slots, long people, long drafts, bool done)
    {
        var (does, did) = request.Kind switch
        {
            OperationKind.Return => ("Returns", "Returned"),
            OperationKind.Cancel => ("Cancels", "Cancelled"),
            OperationKind.Reassign => ("Reassigns", "Reassigned"),
            OperationKind.Release => ("Releases", "Released"),
            _ => ("", ""),
        };
        var sentence = request.Kind is OperationKind.Reprioritise
            ? $"{(done ? "The batch has" : "The batch gets")} the priority {request.Priority}."
            : $"{(done ? did : does)} {slots} {(slots == 1 ? "slot" : "slots")}, in the hands of {people} {(people == 1 ? "person" : "people")}. {drafts} saved {(drafts == 1 ? "draft" : "drafts")} stay with whoever wrote them.";
        return new OperationView(id, slots, people, drafts, Undoable: true, sentence);
    }
}
