using Cofferdam.Federation.Engagements;
using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Placements;
using Cofferdam.Workforce.Statements;
using Microsoft.AspNetCore.Builder;
using Microsoft.AspNetCore.Http;
using Microsoft.AspNetCore.Http.HttpResults;
using Microsoft.AspNetCore.Routing;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Engagements;

/// <param name="LabName">What the lab's node calls itself.</param>
/// <param name="Placed">People on it now.</param>
/// <param name="Headcount">Of the terms in force; 0 where there are none.</param>
/// <param name="Stopped">Why the lab has stopped all of it, by class; null while it goes on.</param>
public sealed record EngagementRow(
    Guid Id, string Lab, string LabName, EngagementState State, long Revision, long? Proposed, int Placed, int Headcount, DateTimeOffset? NoticeAt,
    DateTimeOffset? EndsAt, Side? EndedBy, string? Stopped, DateTimeOffset CreatedAt);

/// <param name="Terms">In force; null before the first, and where the vault refused to open them.</param>
/// <param name="Proposed">Wait for an answer.</param>
/// <param name="Events">Number of the last work event that was taken.</param>
public sealed record EngagementView(EngagementRow Engagement, OfferedTerms? Terms, OfferedTerms? Proposed, long Events, IReadOnlyList<BriefView> Briefs);

/// <summary>What the lab says of work, and all that this node knows of it.</summary>
public sealed record BriefView(Brief Brief, DateTimeOffset ReceivedAt, EarlierListing? Earlier);

/// <param name="Revision">The terms that are answered.</param>
public sealed record TermsAnswerRequest(long Revision, bool Accepted);

/// <param name="EndsAt">Not before the notice that the terms name has run, unless the reason is breach or security.</param>
public sealed record EngagementEndRequest(EngagementEndReason Reason, DateTimeOffset EndsAt);

internal static class EngagementEndpoints
{
    private const int MostBriefs = 100;

    public static void MapEngagements(this RouteGroupBuilder desk)
    {
        var engagements = desk.MapGroup("/engagements").WithTags("Engagements");
        engagements.MapGet("", List).RequireAuthorization(VendorPolicies.Desk).WithSummary("Work for labs, and where it stands");
        engagements.MapGet("/{engagement:guid}", Get).RequireAuthorization(VendorPolicies.Desk).WithSummary("Terms and briefs of an engagement, as the lab sent them");
        engagements.MapPost("/{engagement:guid}/answer", Answer).RequireAuthorization(VendorPolicies.Manager).WithSummary("Accept or decline the terms that a lab proposed");
        engagements.MapPost("/{engagement:guid}/end", End).RequireAuthorization(VendorPolicies.Manager).WithSummary("End an engagement, now or after its notice");
    }

    private static async Task<Ok<List<EngagementRow>>> List(AppDb db, CancellationToken cancellation) =>
        TypedResults.Ok(await Rows(db, db.Engagements.AsNoTracking().OrderByDescending(one => one.CreatedAt)).ToListAsync(cancellation));

    private static async Task<Results<Ok<EngagementView>, ProblemHttpResult>> Get(
        Guid engagement, VendorActor actor, IVault vault, AppDb db, EarlierListings earlier, CancellationToken cancellation)
    {
        if (await Rows(db, db.Engagements.AsNoTracking().Where(one => one.Id == engagement)).SingleOrDefaultAsync(cancellation) is not { } row)
            return Problems.NotFound();
        var revisions = await db.TermsRevisions.AsNoTracking()
            .Where(terms => terms.Engagement == engagement && (terms.Revision == row.Revision || terms.Revision == row.Proposed)).ToListAsync(cancellation);
        OfferedTerms? inForce = null, proposed = null;
        foreach (var one in revisions)
        {
            var terms = await vault.ReadTermsAsync(actor.Vendor, engagement, one.Record, actor.Principal, actor.Session, cancellation);
            (inForce, proposed) = one.Revision == row.Proposed ? (inForce, terms) : (terms, proposed);
        }

        List<BriefView> briefs = [];
        foreach (var known in await db.Briefs.AsNoTracking().Where(brief => brief.Engagement == engagement).OrderByDescending(brief => brief.Id).Take(MostBriefs).ToListAsync(cancellation))
        {
            if (await vault.ReadBriefAsync(actor.Vendor, engagement, known.Record, actor.Principal, Purpose.Manage, actor.Session, cancellation) is { } brief)
                briefs.Add(new BriefView(brief, known.ReceivedAt, await earlier.OfAsync(known, cancellation)));
        }

        var events = await db.Engagements.Where(one => one.Id == engagement).Select(one => one.Cursor).SingleAsync(cancellation);
        return TypedResults.Ok(new EngagementView(row, inForce, proposed, events, briefs));
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> Answer(
        Guid engagement, TermsAnswerRequest body, VendorActor actor, AppDb db, LabPost post, StatementBell statements, TimeProvider time, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LockEngagementAsync(engagement, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.State is EngagementState.Ended || row.Proposed != body.Revision)
            return Problems.Of(StatusCodes.Status409Conflict, "not-proposed", "These terms do not wait for an answer. The lab may have changed them: look again.");
        var now = time.GetUtcNow();
        var terms = await db.TermsRevisions.SingleAsync(one => one.Engagement == engagement && one.Revision == body.Revision, cancellation);
        (terms.Accepted, terms.DecidedAt, terms.DecidedBy) = (body.Accepted, now, actor.Account);
        row.Proposed = null;
        if (body.Accepted)
        {
            (row.Revision, row.State) = (terms.Revision, EngagementState.InForce);
            row.EndsAt = row.EndedBy is null ? terms.Ends : row.EndsAt;
            // People may have to sign something new; whoever has not gets no further statement.
            await db.Placements.Where(one => one.Engagement == engagement && one.EndedAt == null)
                .ExecuteUpdateAsync(set => set.SetProperty(one => one.RenewAt, now), cancellation);
        }
        else if (row.Revision == 0)
        {
            row.State = EngagementState.Declined;
        }

        LabPost.Add(db, new LabMessage { Peer = row.Peer, Kind = LabMessageKind.Answer, Engagement = engagement, Revision = terms.Revision, MadeAt = now });
        await db.SaveChangesAsync(CancellationToken.None);
        await transaction.CommitAsync(CancellationToken.None);
        post.Ring();
        statements.Ring();
        return TypedResults.NoContent();
    }

    private static async Task<Results<NoContent, ProblemHttpResult>> End(
        Guid engagement, EngagementEndRequest body, VendorActor actor, AppDb db, EngagementEnding ending, TimeProvider time, CancellationToken cancellation)
    {
        if (await db.Engagements.AsNoTracking().SingleOrDefaultAsync(one => one.Id == engagement, cancellation) is not { } row)
            return Problems.NotFound();
        if (row.State is EngagementState.Ended || row.EndsAt <= body.EndsAt)
            return Problems.Of(StatusCodes.Status409Conflict, "ends-already", "This engagement ends by then already.");
        var now = time.GetUtcNow();
        var notice = (await db.TermsInForceAsync(engagement, cancellation))?.NoticeDays ?? 0;
        var atOnce = body.Reason is EngagementEndReason.Breach or EngagementEndReason.Security;
        if (!atOnce && body.EndsAt < now.AddDays(notice))
            return Problems.Invalid($"The terms give {notice} days of notice. Name a later day, or the breach that ends it at once.", "endsAt");
        await ending.EndAsync(engagement, Side.Vendor, body.Reason, now, atOnce && body.EndsAt < now ? now : body.EndsAt, actor.Account, CancellationToken.None);
        return TypedResults.NoContent();
    }

    private static IQueryable<EngagementRow> Rows(AppDb db, IQueryable<Engagement> some)
    {
        var (peers, placements, revisions, stoppages) = (db.Peers, db.Placements, db.TermsRevisions, db.Stoppages);
        return some.Select(one => new EngagementRow(
            one.Id, one.Lab, peers.Where(peer => peer.Id == one.Peer).Select(peer => peer.Name).First(), one.State, one.Revision, one.Proposed,
            placements.Count(placement => placement.Engagement == one.Id && placement.EndedAt == null),
            revisions.Where(terms => terms.Engagement == one.Id && terms.Revision == one.Revision).Select(terms => terms.Headcount).FirstOrDefault(),
            one.NoticeAt, one.EndsAt, one.EndedBy,
            stoppages.Where(stop => stop.Engagement == one.Id && stop.Project == null && stop.EndedAt == null)
                .OrderByDescending(stop => stop.Sequence).Select(stop => stop.Reason ?? "other").FirstOrDefault(),
            one.CreatedAt));
    }
}
