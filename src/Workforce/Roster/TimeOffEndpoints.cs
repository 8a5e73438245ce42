using Cofferdam.Storage;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Placements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Roster;

/// <param name="FirstDay">By the expert's own calendar.</param>
/// <param name="LastDay">At most a year after the first.</param>
public sealed record TimeOffRequest(DateOnly FirstDay, DateOnly LastDay);

public sealed record TimeOffView(Guid Id, DateOnly FirstDay, DateOnly LastDay);

/// <summary>Days on which an expert does not work. They say so themselves, give no reason and ask nobody.</summary>
internal static class TimeOffEndpoints
{
    private const int MostDays = 366, MostShown = 200;

    public static void MapTimeOff(this RouteGroupBuilder me)
    {
        var off = me.MapGroup("/time-off").WithTags("Own work");
        off.MapGet("", List).RequireAuthorization(VendorPolicies.Expert).WithSummary("Days on which one does not work");
        off.MapPost("", Add).RequireAuthorization(VendorPolicies.Expert).WithSummary("Take days off; what is planned on them is taken out");
        off.MapDelete("/{off:guid}", Remove).RequireAuthorization(VendorPolicies.Expert).WithSummary("Take them back");
    }

    private static async Task<Ok<List<TimeOffView>>> List(VendorActor actor, AppDb db, CancellationToken cancellation) => TypedResults.Ok(
        await db.TimesOff.AsNoTracking().Where(one => one.Expert == actor.Person).OrderByDescending(one => one.LastDay).Take(MostShown)
            .Select(one => new TimeOffView(one.Id, one.FirstDay, one.LastDay)).ToListAsync(cancellation));

    private static async Task<Results<Created<TimeOffView>, ProblemHttpResult>> Add(TimeOffRequest body, VendorActor actor, AppDb db, TimeProvider time)
    {
        if (body.LastDay < body.FirstDay || body.LastDay.DayNumber - body.FirstDay.DayNumber > MostDays)
            return Problems.Invalid("Name a first and a last day, at most a year apart.", "lastDay");
        var now = time.GetUtcNow();
        var off = new TimeOff { Id = Guid.CreateVersion7(now), Expert = actor.Person, FirstDay = body.FirstDay, LastDay = body.LastDay, MadeAt = now };
        await using var transaction = await db.Database.BeginTransactionAsync();
        db.TimesOff.Add(off);
        await db.SaveChangesAsync();
        var own = db.Placements.Where(one => one.Expert == actor.Person).Select(one => one.Id);
        await db.PlannedDays.Where(day => own.Contains(day.Placement) && day.Day >= off.FirstDay && day.Day <= off.LastDay).ExecuteDeleteAsync();
        await transaction.CommitAsync();
        return TypedResults.Created("/api/me/time-off", new TimeOffView(off.Id, off.FirstDay, off.LastDay));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Remove(Guid off, VendorActor actor, AppDb db) =>
        await db.TimesOff.Where(one => one.Id == off && one.Expert == actor.Person).ExecuteDeleteAsync() > 0 ? TypedResults.NoContent() : Problems.NotFound();
}
