using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Events;
using Cofferdam.Work.Labs;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Engagements;

/// <param name="Name">1 to 200 characters; sealed.</param>
public sealed record EngagementRequest(string Name);

/// <param name="Name">Null for an auditor, and where the vault refused to open it.</param>
/// <param name="People">Who works under it now.</param>
public sealed record EngagementView(Guid Id, string? Name, DateTimeOffset CreatedAt, DateTimeOffset? EndedAt, int People);

internal static class EngagementEndpoints
{
    public static void MapEngagementEndpoints(this RouteGroupBuilder lab)
    {
        var engagements = lab.MapGroup("/engagements");
        engagements.MapGet("", List).RequireAuthorization(Policies.Observer);
        engagements.MapPost("", Create).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        engagements.MapPatch("/{engagement:guid}", Rename).RequireAuthorization(Policies.Staff).RequireNotSuspended();
        engagements.MapPost("/{engagement:guid}/end", End).RequireAuthorization(Policies.Staff).RequireNotSuspended();
    }

    private static async Task<Ok<List<EngagementView>>> List(Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        var rows = await db.Engagements.AsNoTracking().Where(one => one.Lab == actor.Lab.Value).OrderBy(one => one.Id).ToListAsync(cancellation);
        var people = await db.Members.Where(member => member.Lab == actor.Lab.Value && member.LeftAt == null && member.Engagement != null)
            .GroupBy(member => member.Engagement!.Value).ToDictionaryAsync(of => of.Key, of => of.Count(), cancellation);
        var names = actor.IsAuditor ? [] : await NamesAsync(rows, actor, vault, cancellation);
        return TypedResults.Ok(rows.ConvertAll(row => View(row, names.GetValueOrDefault(row.Name), people.GetValueOrDefault(row.Id))));
    }

    private static async Task<Results<Created<EngagementView>, ProblemHttpResult>> Create(
        EngagementRequest request, Actor actor, IVault vault, AppDb db, TimeProvider time)
    {
        if (Fault(request) is { } fault)
            return fault;
        var name = (await Words.SealAsync(vault, actor, ProjectId.None, request.Name))!.Value;
        var now = time.GetUtcNow();
        var row = new Engagement { Id = Guid.CreateVersion7(now), Lab = actor.Lab.Value, Name = name.Value, CreatedAt = now, CreatedBy = actor.Pseudonym };
        db.Engagements.Add(row);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/labs/{actor.LabSlug}/engagements", View(row, request.Name, people: 0));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Rename(
        Guid engagement, EngagementRequest request, Actor actor, IVault vault, AppDb db, CancellationToken cancellation)
    {
        if (Fault(request) is { } fault)
            return fault;
        if (await FindAsync(engagement, actor, db, cancellation) is not { } row)
            return Problems.NotFound();
        (await vault.SealAsync(actor, ProjectId.None, RecordKind.Reason, new RecordId(row.Name), Words.Bytes(request.Name)!, expected: null)).Expect();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(Guid engagement, Actor actor, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (await FindAsync(engagement, actor, db, cancellation) is not { } row)
            return Problems.NotFound();
        if (await db.Members.AnyAsync(member => member.Engagement == engagement && member.LeftAt == null, cancellation))
        {
            return Problems.Of(StatusCodes.Status409Conflict, "engagement-in-use",
                "People still work under this engagement. End their memberships, or move them to another, first.");
        }

        if (row.EndedAt is null)
        {
            row.EndedAt = time.GetUtcNow();
            db.WorkEvents.Add(new WorkEvent { Engagement = row.Id, Type = WorkEventType.EngagementEnded, At = row.EndedAt.Value });
        }

        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static Task<Engagement?> FindAsync(Guid engagement, Actor actor, AppDb db, CancellationToken cancellation) =>
        db.Engagements.SingleOrDefaultAsync(one => one.Id == engagement && one.Lab == actor.Lab.Value, cancellation);

    private static async Task<Dictionary<Guid, string>> NamesAsync(List<Engagement> rows, Actor actor, IVault vault, CancellationToken cancellation)
    {
        Dictionary<Guid, string> names = [];
        foreach (var some in rows.Select(row => new RecordRef(RecordKind.Reason, new RecordId(row.Name))).Chunk(IVault.MaxRecordsPerAct))
        {
            if (await vault.OpenAsync(actor, ProjectId.None, Purpose.Manage, some, cancellation) is not OpenOutcome.Opened opened)
                break;
            foreach (var record in opened.Records)
                names[record.Id.Value] = Words.Read(record);
        }

        return names;
    }

    private static EngagementView View(Engagement row, string? name, int people) => new(row.Id, name, row.CreatedAt, row.EndedAt, people);

    private static ProblemHttpResult? Fault(EngagementRequest request) => string.IsNullOrWhiteSpace(request.Name) || request.Name.Length > 200
        ? Problems.Invalid("An engagement's name has 1 to 200 characters.", "name")
        : null;
}
