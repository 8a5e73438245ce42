using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Engagements;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Events;

/// <summary>Tells vendors of the suspensions that stop their people, and of their end, with the class of the reason and nothing more.</summary>
/// <remarks>
/// Suspensions are the vault's, in another store, and end by a second person's word or their own time: what is in force is
/// compared with what was told, so that whatever changed it, and whenever this was stopped in between, nothing is missed.
/// </remarks>
public sealed class SuspensionEvents(IServiceScopeFactory scopes, Store store, IVault vault, TimeProvider time)
{
    /// <summary>Brings what the lab's vendors were told up to date.</summary>
    /// <returns>How many events were written.</returns>
    public async Task<int> TellAsync(LabId lab, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var engagements = await db.Engagements.AsNoTracking().Where(one => one.Lab == lab.Value && one.EndedAt == null).Select(one => one.Id).ToListAsync(cancellation);
        if (engagements.Count == 0)
            return 0;
        var inForce = (await vault.SuspensionsAsync(lab, cancellation))
            .Where(one => !one.Drill && one.Scope.Kind is ScopeKind.Lab or ScopeKind.Engagement or ScopeKind.Project).ToList();
        var written = 0;
        foreach (var engagement in engagements)
        {
            // Nothing to do is the rule: looked at without the lock first.
            if ((await DueAsync(db, engagement, inForce, cancellation)).Count > 0)
                written += await WriteAsync(db, engagement, inForce, cancellation);
        }

        return written;
    }

    private async Task<int> WriteAsync(AppDb db, Guid engagement, List<Suspension> inForce, CancellationToken cancellation)
    {
        await using var transaction = await db.Database.BeginTransactionAsync(cancellation);
        if (!store.IsSqlite)
            await db.Database.ExecuteSqlAsync($"SELECT 1 FROM engagement WHERE id = {engagement} FOR UPDATE", cancellation);
        var due = await DueAsync(db, engagement, inForce, cancellation);
        db.WorkEvents.AddRange(due);
        await db.SaveChangesAsync(cancellation);
        await transaction.CommitAsync(cancellation);
        db.ChangeTracker.Clear();
        return due.Count;
    }

    private async Task<List<WorkEvent>> DueAsync(AppDb db, Guid engagement, List<Suspension> inForce, CancellationToken cancellation)
    {
        var told = (await db.WorkEvents.AsNoTracking().Where(row => row.Engagement == engagement && row.Cause != null).ToListAsync(cancellation))
            .GroupBy(row => row.Cause!.Value).ToDictionary(of => of.Key, of => of.MaxBy(row => row.Id)!);
        var due = new List<WorkEvent>();
        foreach (var suspension in inForce.Where(one => !told.ContainsKey(one.Id)))
        {
            if (suspension.Scope.Kind is ScopeKind.Engagement && suspension.Scope.Id != engagement)
                continue;
            var project = suspension.Scope.Kind is ScopeKind.Project ? suspension.Scope.Id : (Guid?)null;
            // A project that the vendor's people have never worked in is no affair of the vendor's.
            if (project is not null && !await db.WorkEvents.AnyAsync(row => row.Engagement == engagement && row.Project == project, cancellation))
                continue;
            due.Add(Event(engagement, project is null ? WorkEventType.EngagementSuspended : WorkEventType.ProjectPaused, project, suspension.Id, (byte)suspension.Reason, suspension.Since));
        }

        foreach (var (cause, last) in told)
        {
            // Work goes on when nothing stops it any more, not when the first of two things has ended.
            if (last.Type is WorkEventType.EngagementSuspended && !inForce.Exists(one => one.Scope.Kind is ScopeKind.Lab || one.Scope == new Scope(ScopeKind.Engagement, engagement)))
                due.Add(Event(engagement, WorkEventType.EngagementResumed, project: null, cause, reason: null, time.GetUtcNow()));
            if (last.Type is WorkEventType.ProjectPaused && !inForce.Exists(one => one.Scope == new Scope(ScopeKind.Project, last.Project!.Value)))
                due.Add(Event(engagement, WorkEventType.ProjectResumed, last.Project, cause, reason: null, time.GetUtcNow()));
        }

        return due;
    }

    private static WorkEvent Event(Guid engagement, WorkEventType type, Guid? project, Guid cause, byte? reason, DateTimeOffset at) => new()
    {
        Engagement = engagement,
        Type = type,
        Project = project,
        Cause = cause,
        Reason = reason,
        At = at,
    };
}
