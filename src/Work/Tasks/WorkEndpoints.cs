using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Slots;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Work.Tasks;

/// <param name="SubmittedToday">Since midnight UTC.</param>
/// <param name="AcceptedToday">Since midnight UTC.</param>
public sealed record MyWork(int Leased, int SubmittedToday, int AcceptedToday, int Returned);

/// <param name="Open">Somebody may still get a task here.</param>
/// <param name="Suspended">Why work is stopped; null where it is not.</param>
public sealed record WorkProject(Guid Id, string Code, bool Open, MyWork Mine, ReasonClass? Suspended);

public sealed record WorkView(IReadOnlyList<WorkProject> Projects);

internal static class WorkEndpoints
{
    public static void MapWorkEndpoints(this RouteGroupBuilder lab) => lab.MapGet("/work", Get).RequireAuthorization(Policies.Member);

    private static async Task<Ok<WorkView>> Get(Actor actor, IVault vault, AppDb db, Store store, TimeProvider time, CancellationToken cancellation)
    {
        var me = actor.Pseudonym;
        var today = new DateTimeOffset(time.GetUtcNow().UtcDateTime.Date, TimeSpan.Zero);
        var projects = await db.Projects.AsNoTracking().Where(p => p.Lab == actor.Lab.Value).OrderBy(p => p.Id).ToListAsync(cancellation);
        var views = new List<WorkProject>(projects.Count);
        foreach (var project in projects)
        {
            var slots = db.Slots.Where(s => s.Project == project.Id);
            var mine = new MyWork(
                await slots.CountAsync(s => s.Holder == me && s.State == SlotState.Leased, cancellation),
                await db.Answers.CountAsync(a => a.Project == project.Id && a.Person == me && a.SubmittedAt >= today && a.Corrects == null, cancellation),
                await db.Reviews.CountAsync(r => r.Project == project.Id && r.Person == me && r.DecidedAt >= today && r.Accepted, cancellation),
                await slots.CountAsync(s => s.Holder == me && s.State == SlotState.Returned, cancellation));
            var open = await IsOpenAsync(store, project.Id, cancellation);
            var suspension = await vault.StoppingAsync(actor, new ProjectId(project.Id), cancellation);
            views.Add(new WorkProject(project.Id, project.Code, open, mine, suspension?.Reason));
        }

        return TypedResults.Ok(new WorkView(views));
    }

    private static async Task<bool> IsOpenAsync(Store store, Guid project, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            """
            SELECT 1 FROM batch b WHERE b.project = @project AND b.state IN (0, 1)
              AND EXISTS (SELECT 1 FROM slot s WHERE s.batch = b.id AND s.state = 0 AND s.gold = FALSE)
            LIMIT 1
            """, ("@project", project));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }
}
