using System.Text.Json;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Roster;
using Cofferdam.Workforce.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Placements;

/// <param name="LabState">How far the lab has come with the person, as it says; null before its first answer.</param>
/// <param name="Missing">What keeps the vendor from vouching for the person.</param>
public sealed record PlacementRow(
    Guid Id, Guid Engagement, Guid Expert, string Name, StatementRole Role, Guid? Team, int WeekHours, DateTimeOffset StartedAt, DateTimeOffset? VouchedUntil,
    string? LabState, string? Fault, IReadOnlyList<string> Missing, DateTimeOffset? EndedAt, PlacementEnd? EndReason);

/// <param name="Role">Null: as it is.</param>
/// <param name="Team">Null: as it is; all zeros: none.</param>
public sealed record PlacementChange(StatementRole? Role = null, Guid? Team = null);

public sealed record PlacementEndRequest(PlacementEnd Reason);

/// <summary>Who is placed where, as the desk sees and changes it.</summary>
internal static class PlacementEndpoints
{
    private const int PageSize = 100;

    public static void MapPlacements(this RouteGroupBuilder desk)
    {
        var placements = desk.MapGroup("/placements").WithTags("Placements");
        placements.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Who is placed on an engagement, newest first");
        placements.MapPatch("/{placement:guid}", Change).RequireAuthorization(VendorPolicies.Manager).WithSummary("Make somebody a lead, or put them into a team");
        placements.MapPost("/{placement:guid}/end", End).RequireAuthorization(VendorPolicies.Manager).WithSummary("End a placement: the person's session at the lab is over at once");
    }

    private static async Task<Ok<List<PlacementRow>>> List(
        AppDb db, CancellationToken cancellation, Guid? engagement = null, Guid? expert = null, Guid? before = null, bool ended = false)
    {
        var some = db.Placements.AsNoTracking();
        if (engagement is { } of)
            some = some.Where(one => one.Engagement == of);
        if (expert is { } who)
            some = some.Where(one => one.Expert == who);
        if (!ended)
            some = some.Where(one => one.EndedAt == null);
        if (before is { } last)
            some = some.Where(one => one.Id < last);
        var rows = await some.OrderByDescending(one => one.Id).Take(PageSize)
            .Join(db.People, one => one.Expert, person => person.Id, (one, person) => new { Placement = one, person.Name }).ToListAsync(cancellation);
        return TypedResults.Ok(rows.OrderByDescending(row => row.Placement.Id).Select(row => Row(row.Placement, row.Name)).ToList());
    }

    private static async Task<Results<Ok<PlacementRow>, ProblemHttpResult>> Change(
        Guid placement, PlacementChange body, AppDb db, StatementBell statements, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Placements.SingleOrDefaultAsync(one => one.Id == placement && one.EndedAt == null, cancellation) is not { } row)
            return Problems.NotFound();
        var team = body.Team is null ? row.Team : body.Team == Guid.Empty ? null : body.Team;
        if (team is { } named && !await db.Teams.AnyAsync(one => one.Id == named && one.Engagement == row.Engagement, cancellation))
            return Problems.Invalid("There is no such team on this engagement.", "team");
        row.Team = team;
        if (body.Role is { } role && role != row.Role)
            // What somebody is goes with the statement.
            (row.Role, row.RenewAt) = (role, time.GetUtcNow());
        await db.SaveChangesAsync(CancellationToken.None);
        statements.Ring();
        return TypedResults.Ok(Row(row, await db.People.Where(person => person.Id == row.Expert).Select(person => person.Name).SingleAsync(cancellation)));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(
        Guid placement, PlacementEndRequest body, VendorActor actor, PlacementEnding ending) =>
        body.Reason is PlacementEnd.Asked or PlacementEnd.EngagementEnded
            ? Problems.Invalid("Say why the vendor ends it: done, conflict, conduct or security.", "reason")
            : await ending.EndAsync(placement, body.Reason, actor.Account, CancellationToken.None) ? TypedResults.NoContent() : Problems.NotFound();

    private static PlacementRow Row(Placement row, string name) => new(
        row.Id, row.Engagement, row.Expert, name, row.Role, row.Team, row.WeekHours, row.StartedAt, row.VouchedUntil, row.LabState, row.Fault,
        PlacementProblems.Missing(row), row.EndedAt, row.EndReason);
}

internal static class PlacementProblems
{
    public static IReadOnlyList<string> Missing(Placement row) =>
        row.Lapsed is null ? [] : JsonSerializer.Deserialize(row.Lapsed, WorkforceText.Default.IReadOnlyListString)!;

    public static ProblemHttpResult NotInOrder(IReadOnlyList<string> missing) => TypedResults.Problem(
        "Something has to be put in order first: see what is missing.", statusCode: StatusCodes.Status409Conflict,
        extensions: [new("code", "not-in-order"), new("missing", missing)]);
}
