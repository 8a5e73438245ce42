using Cofferdam.Federation.Events;
using Cofferdam.Federation.Peers;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Pay.Entries;
using Cofferdam.Workforce.Placements;
using Cofferdam.Workforce.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Events;

internal abstract record InboxOutcome
{
    private InboxOutcome() { }

    /// <param name="Cursor">Everything up to there is kept, now or before.</param>
    public sealed record Kept(long Cursor) : InboxOutcome;

    /// <summary>Something is missing in between.</summary>
    /// <param name="Cursor">What comes next is the number after it.</param>
    public sealed record Gap(long Cursor) : InboxOutcome;

    public sealed record NotYours : InboxOutcome;
}

/// <summary>
/// Takes a lab's work events, in order and each once: rows, cursor, pay and what people are told commit together, so that
/// whatever comes again finds its effect done, and whatever was cut off finds none.
/// </summary>
internal sealed class EventInbox(
    AppDb db, PayIntake pay, Stops stops, IExpertStandings standings, NoticeBell notices, LabPost post, TimeProvider time)
{
    /// <param name="events">A batch as <see cref="WorkEventBatch.Read"/> gives it: of one source, without gaps.</param>
    public async Task<InboxOutcome> TakeAsync(Peer peer, IReadOnlyList<WorkEvent> events, CancellationToken cancellation)
    {
        if (EngagementOf(peer, events[0].Source) is not { } id)
            return new InboxOutcome.NotYours();
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (await db.LockEngagementAsync(id, cancellation) is not { } engagement || engagement.Node != peer.Node || engagement.Lab != peer.Lab)
            return new InboxOutcome.NotYours();
        if (events[0].Sequence > engagement.Cursor + 1)
            return new InboxOutcome.Gap(engagement.Cursor);
        var fresh = events.Where(one => one.Sequence > engagement.Cursor).ToList();
        if (fresh.Count == 0)
            return new InboxOutcome.Kept(engagement.Cursor);

        var now = time.GetUtcNow();
        var experts = await ExpertsAsync(id, fresh, cancellation);
        var rows = fresh.ConvertAll(one => EventRows.Of(one, id, experts, now));
        engagement.Cursor = rows[^1].Sequence;
        await EventRows.InsertAsync(db, rows, cancellation);
        foreach (var row in rows.Where(row => row.Type is >= ReceivedType.EngagementSuspended and <= ReceivedType.ProjectEnded))
            await stops.TakeAsync(engagement, row, cancellation);
        await db.SaveChangesAsync(cancellation);
        await pay.TakeAsync(
            [.. fresh.Where(one => one.Subject is { } named && experts.ContainsKey(named)).SelectMany(one => PayableEvents.Of(one, id, experts[one.Subject!.Value]))], cancellation);
        var worked = rows.Where(row => row.Expert is not null).Select(row => row.Expert!.Value).ToHashSet();
        if (worked.Count > 0)
            await standings.WorkedAsync(worked, engagement.Node, now, cancellation);
        await transaction.CommitAsync(cancellation);
        notices.Ring();
        post.Ring();
        return new InboxOutcome.Kept(rows[^1].Sequence);
    }

    private async Task<Dictionary<Guid, Guid>> ExpertsAsync(Guid engagement, List<WorkEvent> events, CancellationToken cancellation)
    {
        var named = events.Select(one => one.Subject).OfType<Guid>().Distinct().ToList();
        return await db.Placements.AsNoTracking().Where(one => one.Engagement == engagement && named.Contains(one.Pseudonym))
            .Select(one => new { one.Pseudonym, one.Expert }).Distinct().ToDictionaryAsync(one => one.Pseudonym, one => one.Expert, cancellation);
    }

    private static Guid? EngagementOf(Peer peer, string source)
    {
        var last = source.LastIndexOf('/');
        return Guid.TryParse(source.AsSpan(last + 1), out var id) && source == WorkEvent.SourceOf(peer.Lab, id) ? id : null;
    }
}
