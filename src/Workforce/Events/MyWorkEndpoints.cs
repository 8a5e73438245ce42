using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Placements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Events;

/// <summary>Work that has stopped, why, and what of it is paid all the same.</summary>
/// <param name="Project">By the lab's id for this engagement; null: all of the engagement.</param>
/// <param name="Reason">The class of the reason; null: the lab gave none.</param>
/// <param name="Seconds">Counted work of this expert's on it, by the lab's events. It stays payable, and so does what was begun: the lab keeps drafts.</param>
/// <param name="Begun">Tasks taken and not yet handed in.</param>
public sealed record StoppedWork(Guid Placement, string Lab, Guid? Project, string? Reason, DateTimeOffset Since, long Seconds, int Begun);

/// <summary>Work that is open now; to ask for it is not to be bound by it.</summary>
public sealed record OpenWork(Guid Need, string Lab, string? CodeName, string Currency, IReadOnlyList<WorkRate> Rates, int WeekHours, int Free);

public sealed record MyWork(IReadOnlyList<StoppedWork> Stopped, IReadOnlyList<OpenWork> Open);

public sealed record NoticeView(Guid Id, NoticeKind Kind, string Lab, Guid? Project, string? Reason, DateTimeOffset At, bool Read);

/// <summary>What has stopped, what else is open, and what the expert was told of it.</summary>
internal static class MyWorkEndpoints
{
    private const int MostOpen = 20, MostNotices = 50, OfferHours = 72;

    private static readonly TimeSpan Wait = TimeSpan.FromSeconds(20), LookAgain = TimeSpan.FromSeconds(2);

    public static void MapMyWork(this RouteGroupBuilder me)
    {
        var work = me.MapGroup("/work").WithTags("Own work");
        work.MapGet("", Get).RequireAuthorization(VendorPolicies.Expert).WithSummary("What has stopped and why, and other work that is open");
        work.MapPost("/{need:guid}/offer", Ask).RequireAuthorization(VendorPolicies.Expert).WithSummary("Ask to be offered work that is open");
        work.MapGet("/notices", Notices).RequireAuthorization(VendorPolicies.Expert)
            .WithSummary("What one was told, newest first; with a last id it waits up to 20 s for something newer");
        work.MapPost("/notices/read", Read).RequireAuthorization(VendorPolicies.Expert).WithSummary("Say that one has read everything up to an id");
    }

    private static async Task<Ok<MyWork>> Get(VendorActor actor, AppDb db, IVault vault, CancellationToken cancellation)
    {
        var events = db.ReceivedEvents;
        var stopped = await db.Placements.AsNoTracking().Where(one => one.Expert == actor.Person && one.EndedAt == null)
            .Join(db.Stoppages.Where(stop => stop.EndedAt == null), one => one.Engagement, stop => stop.Engagement, (one, stop) => new { one.Id, one.Expert, Stop = stop })
            .Join(db.Engagements, one => one.Stop.Engagement, engagement => engagement.Id, (one, engagement) => new { one.Id, one.Expert, one.Stop, engagement.Lab })
            .Where(one => one.Stop.Project == null
                || events.Any(work => work.Expert == one.Expert && work.Engagement == one.Stop.Engagement && work.Project == one.Stop.Project))
            .ToListAsync(cancellation);
        List<StoppedWork> stops = [];
        foreach (var one in stopped)
        {
            var own = events.Where(work => work.Expert == actor.Person && work.Engagement == one.Stop.Engagement && (one.Stop.Project == null || work.Project == one.Stop.Project));
            var seconds = await own.SumAsync(work => (long?)work.Seconds, cancellation) ?? 0;
            var begun = await own.Where(work => work.Type == ReceivedType.Started).Select(work => work.Assignment).Distinct()
                .CountAsync(assignment => !own.Any(later => later.Assignment == assignment && later.Type != ReceivedType.Started && later.Type != ReceivedType.Returned), cancellation);
            stops.Add(new StoppedWork(one.Id, one.Lab, one.Stop.Project, one.Stop.Reason, one.Stop.Since, seconds, begun));
        }

        return TypedResults.Ok(new MyWork(stops, await OpenAsync(actor, db, vault, cancellation)));
    }

    private static async Task<List<OpenWork>> OpenAsync(VendorActor actor, AppDb db, IVault vault, CancellationToken cancellation)
    {
        var (placements, stoppages) = (db.Placements, db.Stoppages);
        var rows = await db.Needs.AsNoTracking().Where(need => need.Listed && need.ClosedAt == null)
            .Where(need => !placements.Any(one => one.Engagement == need.Engagement && one.Expert == actor.Person && one.EndedAt == null))
            .Where(need => !stoppages.Any(stop => stop.Engagement == need.Engagement && stop.Project == null && stop.EndedAt == null))
            .OrderByDescending(need => need.Id)
            .Join(db.Engagements.Where(one => one.State == EngagementState.InForce), need => need.Engagement, one => one.Id, (need, one) => new { Need = need, one.Lab })
            .Join(db.Briefs, one => one.Need.Brief, brief => brief.Id, (one, brief) => new
            {
                one.Need,
                one.Lab,
                brief.Record,
                Free = one.Need.Places - placements.Count(placed => placed.Need == one.Need.Id && placed.EndedAt == null),
            })
            .Where(one => one.Free > 0).Take(MostOpen).ToListAsync(cancellation);
        List<OpenWork> open = [];
        foreach (var row in rows)
        {
            var brief = await vault.ReadBriefAsync(actor.Vendor, row.Need.Engagement, row.Record, actor.Principal, Purpose.Match, actor.Session, cancellation);
            open.Add(new OpenWork(
                row.Need.Id, row.Lab, brief?.CodeName, row.Need.Currency, JsonSerializer.Deserialize(row.Need.Rates, WorkforceText.Default.IReadOnlyListWorkRate)!,
                row.Need.WeekHours, row.Free));
        }

        return open;
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Ask(Guid need, VendorActor actor, AppDb db, Offering offering, CancellationToken cancellation)
    {
        if (!await db.Needs.AnyAsync(one => one.Id == need && one.Listed, cancellation))
            return Problems.NotFound();
        // An offer that stands already, or a placement there, is as good as a new one.
        return await offering.OfferAsync(need, [actor.Person], TimeSpan.FromHours(OfferHours), actor.Account, cancellation) is OfferOutcome.Made
            ? TypedResults.NoContent()
            : NeedProblems.Closed();
    }

    private static async Task<Ok<List<NoticeView>>> Notices(VendorActor actor, AppDb db, NoticeBell bell, TimeProvider time, CancellationToken cancellation, Guid? after = null)
    {
        var from = time.GetTimestamp();
        while (true)
        {
            var next = bell.Next;
            var some = db.ExpertNotices.AsNoTracking().Where(notice => notice.Expert == actor.Person);
            if (after is { } last)
                some = some.Where(notice => notice.Id > last);
            var rows = await some.OrderByDescending(notice => notice.Id).Take(MostNotices)
                .Join(db.Engagements, notice => notice.Engagement, engagement => engagement.Id, (notice, engagement) => new { Notice = notice, engagement.Lab }).ToListAsync(cancellation);
            if (rows.Count > 0 || after is null || time.GetElapsedTime(from) >= Wait)
            {
                return TypedResults.Ok(rows.OrderByDescending(row => row.Notice.Id).Select(row => new NoticeView(
                    row.Notice.Id, row.Notice.Kind, row.Lab, row.Notice.Project, row.Notice.Reason, row.Notice.At, row.Notice.ReadAt is not null)).ToList());
            }

            // Another server process of this node may have taken the event.
            await Task.WhenAny(next, Task.Delay(LookAgain, time, cancellation));
            cancellation.ThrowIfCancellationRequested();
        }
    }

    private static async Task<NoContent> Read(ReadUpTo body, VendorActor actor, AppDb db, TimeProvider time)
    {
        var now = time.GetUtcNow();
        await db.ExpertNotices.Where(notice => notice.Expert == actor.Person && notice.ReadAt == null && notice.Id <= body.Last)
            .ExecuteUpdateAsync(set => set.SetProperty(notice => notice.ReadAt, now));
        return TypedResults.NoContent();
    }
}

/// <param name="Last">Id of the newest notice that was read.</param>
public sealed record ReadUpTo(Guid Last);
