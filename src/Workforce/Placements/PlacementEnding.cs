using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Events;
using Cofferdam.Workforce.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Placements;

/// <summary>Ends placements. The lab is told in the same transaction's outbox row, and from its answer on the person's session there is over.</summary>
internal sealed class PlacementEnding(AppDb db, LabPost post, TimeProvider time)
{
    /// <returns>False where there is no such placement that goes on.</returns>
    public async Task<bool> EndAsync(Guid placement, PlacementEnd reason, Guid? by, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.Placements.AsNoTracking().SingleOrDefaultAsync(one => one.Id == placement, cancellation) is not { } found
            || await db.LockEngagementAsync(found.Engagement, cancellation) is not { } engagement
            || await db.Placements.SingleAsync(one => one.Id == placement, cancellation) is not { EndedAt: null } row)
            return false;
        await EndAsync(row, engagement, reason, by, time.GetUtcNow(), cancellation);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        // Before the answer to who asked for it: the message leaves at once.
        post.Ring();
        return true;
    }

    /// <summary>Ends one inside the caller's transaction; the caller rings <see cref="LabPost"/> when that is committed.</summary>
    internal async Task EndAsync(Placement row, Engagement engagement, PlacementEnd reason, Guid? by, DateTimeOffset now, CancellationToken cancellation)
    {
        (row.EndedAt, row.EndedBy, row.EndReason, row.RenewAt) = (now, by, reason, null);
        await WithdrawAsync(row, engagement, reason switch
        {
            PlacementEnd.Asked => WithdrawalReason.Asked,
            PlacementEnd.Conflict => WithdrawalReason.Conflict,
            PlacementEnd.Conduct => WithdrawalReason.Conduct,
            PlacementEnd.Security => WithdrawalReason.Security,
            _ => WithdrawalReason.Ended,
        }, now, cancellation);
        if (reason is not PlacementEnd.Asked)
            db.ExpertNotices.Add(ExpertNotice.Of(row.Expert, NoticeKind.PlacementEnded, row.Engagement, project: null, ReasonText.Of(reason), now));
    }

    /// <summary>Takes back the vendor's word, whether or not it was given: what is on its way then counts for nothing either.</summary>
    internal async Task WithdrawAsync(Placement row, Engagement engagement, WithdrawalReason reason, DateTimeOffset now, CancellationToken cancellation)
    {
        LabPost.Add(db, new LabMessage
        {
            Peer = engagement.Peer,
            Kind = LabMessageKind.Withdrawal,
            Engagement = row.Engagement,
            Subject = row.Subject,
            Reason = reason,
            MadeAt = await db.NextIssueAsync(row.Expert, engagement, now, cancellation),
        });
        row.VouchedUntil = null;
    }
}
