using Cofferdam.Federation.Messages;
using Cofferdam.Storage;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Needs;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Placements;
using Cofferdam.Workforce.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Engagements;

/// <summary>Ends engagements: at once where the day has come, otherwise on it.</summary>
internal sealed class EngagementEnding(AppDb db, PlacementEnding placements, EarlyStop earlyStop, LabPost post, TimeProvider time)
{
    // An engagement ends once; where no event told of it, this stands for its number in the pay ledger.
    private const long NoEvent = -1;

    /// <summary>Sets the end, or brings it forward; an end that is set is never put off.</summary>
    /// <param name="by">Account of who ended it here; null: the lab did.</param>
    public async Task EndAsync(
        Guid engagement, Side side, EngagementEndReason reason, DateTimeOffset noticeAt, DateTimeOffset endsAt, Guid? by, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LockEngagementAsync(engagement, cancellation) is not { State: not EngagementState.Ended } row || (row.EndsAt is { } set && set <= endsAt))
            return;
        var now = time.GetUtcNow();
        row.NoticeAt = row.NoticeAt is { } before && before < noticeAt ? before : noticeAt;
        (row.EndsAt, row.EndedBy, row.EndReason) = (endsAt, side, reason);
        if (side is Side.Vendor)
            LabPost.Add(db, new LabMessage { Peer = row.Peer, Kind = LabMessageKind.End, Engagement = engagement, MadeAt = now });
        if (endsAt <= now)
            await EndNowAsync(row, by, NoEvent, cancellation);
        else
            await TellAsync(row, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        post.Ring();
    }

    /// <summary>The lab says that it has ended. In the caller's transaction, which holds the engagement; the caller rings <see cref="LabPost"/> when it is committed.</summary>
    /// <param name="stop">Number of the event that says so.</param>
    public async Task EndAsync(Engagement row, EngagementEndReason reason, DateTimeOffset at, long stop, CancellationToken cancellation)
    {
        if (row.State is EngagementState.Ended)
            return;
        row.NoticeAt ??= at;
        (row.EndsAt, row.EndedBy, row.EndReason) = (at, row.EndedBy ?? Side.Lab, row.EndReason ?? reason);
        await EndNowAsync(row, by: null, stop, cancellation);
    }

    /// <summary>Ends those whose day has come.</summary>
    public async Task EndDueAsync(CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        var due = await db.Engagements.AsNoTracking().Where(one => one.EndsAt <= now && one.State != EngagementState.Ended).Select(one => one.Id).ToListAsync(cancellation);
        foreach (var engagement in due)
        {
            await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
            if (await db.LockEngagementAsync(engagement, cancellation) is { State: not EngagementState.Ended } row)
                await EndNowAsync(row, by: null, NoEvent, cancellation);
            await db.SaveChangesAsync(cancellation);
            await transaction.CommitAsync(cancellation);
            db.ChangeTracker.Clear();
        }

        post.Ring();
    }

    private async Task EndNowAsync(Engagement row, Guid? by, long stop, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        row.State = EngagementState.Ended;
        row.Proposed = null;
        foreach (var need in await db.Needs.Where(need => need.Engagement == row.Id && need.ClosedAt == null).ToListAsync(cancellation))
            need.ClosedAt = now;
        var placed = await db.Placements.Where(one => one.Engagement == row.Id && one.EndedAt == null).ToListAsync(cancellation);
        foreach (var placement in placed)
            await placements.EndAsync(placement, row, PlacementEnd.EngagementEnded, by, now, cancellation);
        await db.SaveChangesAsync(cancellation);
        // Hours that were promised for the time of notice that nobody gave are paid, whoever ended it.
        await earlyStop.PayAsync(row.Id, stop, placed.ConvertAll(one => one.Expert), row.NoticeAt ?? row.EndsAt!.Value, row.EndsAt!.Value, cancellation: cancellation);
    }

    private async Task TellAsync(Engagement row, DateTimeOffset now, CancellationToken cancellation)
    {
        var reason = ReasonText.Of(row.EndReason!.Value);
        foreach (var expert in await db.Placements.Where(one => one.Engagement == row.Id && one.EndedAt == null).Select(one => one.Expert).ToListAsync(cancellation))
            db.ExpertNotices.Add(ExpertNotice.Of(expert, NoticeKind.EngagementEnds, row.Id, project: null, reason, now));
    }
}
