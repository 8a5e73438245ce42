using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Pay;
using Cofferdam.Workforce.Placements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Roster;

/// <summary>A person's week.</summary>
/// <param name="Zone">IANA name; the days are by this clock.</param>
/// <param name="Minutes">Planned, Monday to Sunday.</param>
/// <param name="Off">Days on which the person does not work, Monday to Sunday.</param>
public sealed record RosterPerson(
    Guid Placement, Guid Expert, string Name, string Zone, StatementRole Role, Guid? Team, int WeekHours, IReadOnlyList<int> Minutes, IReadOnlyList<bool> Off);

/// <summary>A week of an engagement.</summary>
/// <param name="Monday">Its first day.</param>
/// <param name="NeededHours">Places of the open needs, times their hours a week.</param>
/// <param name="PlacedHours">Hours a week of everybody placed.</param>
/// <param name="PlannedMinutes">Of everybody placed, Monday to Sunday.</param>
/// <param name="People">At most 100, by placement.</param>
/// <param name="Next">Last placement of this page, to ask for the next; null: there is none.</param>
public sealed record RosterWeek(
    DateOnly Monday, int NeededHours, int PlacedHours, int Placed, IReadOnlyList<int> PlannedMinutes, IReadOnlyList<RosterPerson> People, Guid? Next);

/// <param name="Monday">First day of the week.</param>
/// <param name="Minutes">Monday to Sunday, each 0 to 1,440.</param>
public sealed record WeekRequest(DateOnly Monday, IReadOnlyList<int> Minutes);

/// <param name="Code">1 to 40 of a–z, 0–9 and <c>-</c>.</param>
public sealed record TeamRequest(Guid Engagement, string Code);

public sealed record TeamView(Guid Id, string Code, int People, IReadOnlyList<Guid> Leads);

/// <summary>The roster as a week, and teams.</summary>
internal static class RosterEndpoints
{
    private const int PageSize = 100, DaysOfWeek = 7, MostMinutes = 24 * 60;

    public static void MapRoster(this RouteGroupBuilder desk)
    {
        var roster = desk.MapGroup("/roster").WithTags("Roster");
        roster.MapGet("", Week).RequireAuthorization(VendorPolicies.Desk).WithSummary("A week of an engagement: who works when, and whether it is enough");
        roster.MapPut("/{placement:guid}", Plan).RequireAuthorization(VendorPolicies.Manager).WithSummary("Plan a person's week");
        roster.MapGet("/teams", Teams).RequireAuthorization(VendorPolicies.Desk).WithSummary("The teams of an engagement");
        roster.MapPost("/teams", AddTeam).RequireAuthorization(VendorPolicies.Manager).WithSummary("Add a team to an engagement");
    }

    private static async Task<Results<Ok<RosterWeek>, ProblemHttpResult>> Week(
        Guid engagement, DateOnly monday, AppDb db, CancellationToken cancellation, Guid? team = null, Guid? after = null)
    {
        if (monday.DayOfWeek is not DayOfWeek.Monday)
            return Problems.Invalid("A week begins on a Monday.", "monday");
        var sunday = monday.AddDays(DaysOfWeek - 1);
        var placed = db.Placements.AsNoTracking().Where(one => one.Engagement == engagement && one.EndedAt == null);
        if (team is { } of)
            placed = placed.Where(one => one.Team == of);

        var count = await placed.CountAsync(cancellation);
        var hours = await placed.SumAsync(one => one.WeekHours, cancellation);
        var needed = team is not null ? 0
            : await db.Needs.Where(need => need.Engagement == engagement && need.ClosedAt == null).SumAsync(need => need.Places * need.WeekHours, cancellation);
        var sums = await placed.Join(db.PlannedDays.Where(day => day.Day >= monday && day.Day <= sunday), one => one.Id, day => day.Placement, (_, day) => day)
            .GroupBy(day => day.Day).Select(of => new { Day = of.Key, Minutes = of.Sum(day => day.Minutes) }).ToListAsync(cancellation);
        var page = after is { } last ? placed.Where(one => one.Id > last) : placed;
        var people = await PeopleAsync(db, page.OrderBy(one => one.Id).Take(PageSize), monday, sunday, cancellation);
        return TypedResults.Ok(new RosterWeek(
            monday, needed, hours, count, Days(monday, day => sums.Find(sum => sum.Day == day)?.Minutes ?? 0), people, people.Count == PageSize ? people[^1].Placement : null));
    }

    private static async Task<List<RosterPerson>> PeopleAsync(AppDb db, IQueryable<Placement> page, DateOnly monday, DateOnly sunday, CancellationToken cancellation)
    {
        var rows = await page.Join(db.People, one => one.Expert, person => person.Id, (one, person) => new { Placement = one, person.Name }).ToListAsync(cancellation);
        var (placements, experts) = (rows.ConvertAll(row => row.Placement.Id), rows.ConvertAll(row => row.Placement.Expert));
        var planned = (await db.PlannedDays.AsNoTracking().Where(day => placements.Contains(day.Placement) && day.Day >= monday && day.Day <= sunday).ToListAsync(cancellation))
            .ToDictionary(day => (day.Placement, day.Day), day => day.Minutes);
        var off = (await db.TimesOff.AsNoTracking().Where(one => experts.Contains(one.Expert) && one.LastDay >= monday && one.FirstDay <= sunday).ToListAsync(cancellation))
            .ToLookup(one => one.Expert);
        var zones = await db.PayPeople.AsNoTracking().Where(person => experts.Contains(person.Expert)).ToDictionaryAsync(person => person.Expert, person => person.Zone, cancellation);
        return [.. rows.OrderBy(row => row.Placement.Id).Select(row => new RosterPerson(
            row.Placement.Id, row.Placement.Expert, row.Name, zones.GetValueOrDefault(row.Placement.Expert, PayClock.Unsaid), row.Placement.Role, row.Placement.Team,
            row.Placement.WeekHours, Days(monday, day => planned.GetValueOrDefault((row.Placement.Id, day))),
            Days(monday, day => off[row.Placement.Expert].Any(one => one.FirstDay <= day && day <= one.LastDay))))];
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Plan(Guid placement, WeekRequest body, AppDb db, CancellationToken cancellation)
    {
        if (body.Monday.DayOfWeek is not DayOfWeek.Monday)
            return Problems.Invalid("A week begins on a Monday.", "monday");
        if (body.Minutes.Count != DaysOfWeek || body.Minutes.Any(minutes => minutes is < 0 or > MostMinutes))
            return Problems.Invalid("Name the minutes of seven days, each 0 to 1,440.", "minutes");
        if (await db.Placements.AsNoTracking().SingleOrDefaultAsync(one => one.Id == placement && one.EndedAt == null, cancellation) is not { } row)
            return Problems.NotFound();
        var sunday = body.Monday.AddDays(DaysOfWeek - 1);
        var off = await db.TimesOff.AsNoTracking().Where(one => one.Expert == row.Expert && one.LastDay >= body.Monday && one.FirstDay <= sunday).ToListAsync(cancellation);
        if (Enumerable.Range(0, DaysOfWeek).Any(at => body.Minutes[at] > 0 && off.Any(one => one.FirstDay <= body.Monday.AddDays(at) && body.Monday.AddDays(at) <= one.LastDay)))
            return Problems.Of(StatusCodes.Status409Conflict, "time-off", "The person does not work on one of these days.");

        await using var transaction = await db.Database.BeginTransactionAsync(CancellationToken.None);
        await db.PlannedDays.Where(day => day.Placement == placement && day.Day >= body.Monday && day.Day <= sunday).ExecuteDeleteAsync(CancellationToken.None);
        db.PlannedDays.AddRange(Enumerable.Range(0, DaysOfWeek).Where(at => body.Minutes[at] > 0)
            .Select(at => new PlannedDay { Placement = placement, Day = body.Monday.AddDays(at), Minutes = body.Minutes[at] }));
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static async Task<Ok<List<TeamView>>> Teams(Guid engagement, AppDb db, CancellationToken cancellation)
    {
        var teams = await db.Teams.AsNoTracking().Where(team => team.Engagement == engagement).OrderBy(team => team.Code).ToListAsync(cancellation);
        var people = (await db.Placements.AsNoTracking().Where(one => one.Engagement == engagement && one.EndedAt == null && one.Team != null)
            .Select(one => new { one.Team, one.Role, one.Expert }).ToListAsync(cancellation)).ToLookup(one => one.Team!.Value);
        return TypedResults.Ok(teams.ConvertAll(team => new TeamView(
            team.Id, team.Code, people[team.Id].Count(), [.. people[team.Id].Where(one => one.Role is StatementRole.Lead).Select(one => one.Expert)])));
    }

    private static async Task<Results<Created<TeamView>, ProblemHttpResult>> AddTeam(TeamRequest body, AppDb db, TimeProvider time, CancellationToken cancellation)
    {
        if (body.Code is not { Length: > 0 and <= 40 } || !body.Code.All(letter => char.IsAsciiLetterLower(letter) || char.IsAsciiDigit(letter) || letter == '-'))
            return Problems.Invalid("A team's name is 1 to 40 of a-z, 0-9 and '-'.", "code");
        if (!await db.Engagements.AnyAsync(one => one.Id == body.Engagement, cancellation))
            return Problems.NotFound();
        if (await db.Teams.AnyAsync(one => one.Engagement == body.Engagement && one.Code == body.Code, cancellation))
            return Problems.Of(StatusCodes.Status409Conflict, "team-exists", "There is a team of this name on the engagement.", "code");
        var now = time.GetUtcNow();
        var team = new Team { Id = Guid.CreateVersion7(now), Engagement = body.Engagement, Code = body.Code, CreatedAt = now };
        db.Teams.Add(team);
        await db.SaveChangesAsync(CancellationToken.None);
        return TypedResults.Created($"/api/desk/roster/teams?engagement={team.Engagement}", new TeamView(team.Id, team.Code, People: 0, []));
    }

    private static List<T> Days<T>(DateOnly monday, Func<DateOnly, T> of) => [.. Enumerable.Range(0, DaysOfWeek).Select(at => of(monday.AddDays(at)))];
}
