using Cofferdam.Federation.Messages;
using Cofferdam.Storage;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Placements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Events;

/// <summary>Takes what labs tell of work that stops and goes on, and tells everybody whose work it is.</summary>
internal sealed class Stops(AppDb db, EngagementEnding ending)
{
    /// <summary>Runs in the transaction that takes the event.</summary>
    public async Task TakeAsync(Engagement engagement, ReceivedEvent told, CancellationToken cancellation)
    {
        switch (told.Type)
        {
            case ReceivedType.EngagementSuspended:
                await StopAsync(told, NoticeKind.Suspended, project: null, cancellation);
                break;
            case ReceivedType.EngagementResumed:
                await GoOnAsync(told, NoticeKind.Resumed, project: null, cancellation);
                break;
            case ReceivedType.ProjectPaused when told.Project is { } project:
                await StopAsync(told, NoticeKind.ProjectPaused, project, cancellation);
                break;
            case ReceivedType.ProjectResumed when told.Project is { } project:
                await GoOnAsync(told, NoticeKind.ProjectResumed, project, cancellation);
                break;
            case ReceivedType.ProjectEnded when told.Project is { } project:
                await GoOnAsync(told, NoticeKind.ProjectEnded, project, cancellation);
                break;
            case ReceivedType.EngagementEnded:
                await ending.EndAsync(engagement, EngagementEndReason.Done, told.At, told.Sequence, cancellation);
                break;
        }
    }

    private async Task StopAsync(ReceivedEvent told, NoticeKind kind, Guid? project, CancellationToken cancellation)
    {
        db.Stoppages.Add(new Stoppage { Engagement = told.Engagement, Sequence = told.Sequence, Project = project, Reason = told.Reason, Since = told.At });
        await TellAsync(told, kind, project, cancellation);
        await db.SaveChangesAsync(cancellation);
    }

    private async Task GoOnAsync(ReceivedEvent told, NoticeKind kind, Guid? project, CancellationToken cancellation)
    {
        await db.Stoppages.Where(one => one.Engagement == told.Engagement && one.Project == project && one.EndedAt == null)
            .ExecuteUpdateAsync(set => set.SetProperty(one => one.EndedAt, told.At), cancellation);
        await TellAsync(told, kind, project, cancellation);
    }

    /// <summary>Everybody on the engagement; of a project those who have worked in it.</summary>
    private async Task TellAsync(ReceivedEvent told, NoticeKind kind, Guid? project, CancellationToken cancellation)
    {
        var on = db.Placements.Where(one => one.Engagement == told.Engagement && one.EndedAt == null);
        if (project is not null)
        {
            var events = db.ReceivedEvents;
            on = on.Where(one => events.Any(work => work.Expert == one.Expert && work.Engagement == told.Engagement && work.Project == project));
        }

        foreach (var expert in await on.Select(one => one.Expert).ToListAsync(cancellation))
            db.ExpertNotices.Add(ExpertNotice.Of(expert, kind, told.Engagement, project, told.Reason, told.ReceivedAt));
    }
}

/// <summary>Wakes pages that wait for a notice.</summary>
/// <remarks>Of this process alone; pages look again of themselves after a few seconds.</remarks>
internal sealed class NoticeBell
{
    // Replaced at each ring; whoever waits holds the one before.
    private volatile TaskCompletionSource rung = new(TaskCreationOptions.RunContinuationsAsynchronously);

    /// <summary>Done at the next ring. Taken before the first look, or a ring in between is missed.</summary>
    public Task Next => rung.Task;

    public void Ring() => Interlocked.Exchange(ref rung, new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously)).SetResult();
}
