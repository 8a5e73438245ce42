using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Items;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Reports;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Work;

/// <summary>Puts right what a stop in the middle of things left: half imports go, half-opened batches are finished, records that nothing refers to are removed.</summary>
internal sealed class WorkStart(IServiceScopeFactory scopes, IVault vault, Store store, BatchOpening opening, TimeProvider time) : IHostedService
{
    // What nothing may refer to yet while its sealer is about to: another server may be at it.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    public async Task StartAsync(CancellationToken cancellationToken)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        foreach (var project in await db.Projects.ToListAsync(cancellationToken))
        {
            await InterruptImportsAsync(db, project, cancellationToken);
            foreach (var batch in await db.Batches.AsNoTracking().Where(b => b.Project == project.Id && b.State == BatchState.Opening).ToListAsync(cancellationToken))
                await opening.FillAsync(batch, cancellationToken);
            await SweepAsync(db, project, cancellationToken);
        }

        await db.SaveChangesAsync(cancellationToken);
    }

    public Task StopAsync(CancellationToken cancellationToken) => Task.CompletedTask;

    private async Task InterruptImportsAsync(AppDb db, Project project, CancellationToken cancellation)
    {
        foreach (var import in await db.Imports.Where(i => i.Project == project.Id && i.State == ImportState.Receiving).ToListAsync(cancellation))
        {
            await ItemRows.DiscardAsync(vault, store, new LabId(project.Lab), new ProjectId(project.Id), Principal.Service, import.Id, cancellation);
            import.State = ImportState.Interrupted;
            import.Imported = 0;
            import.EndedAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellation);
        }
    }

    private async Task SweepAsync(AppDb db, Project project, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await SweepAsync(project, RecordKind.Item, ids => db.Items.Where(i => ids.Contains(i.Id)).Select(i => i.Id), cancellation);
        await SweepAsync(project, RecordKind.Answer, ids => db.Answers.Where(a => ids.Contains(a.Record)).Select(a => a.Record), cancellation);
        await SweepAsync(project, RecordKind.Draft, ids => db.Drafts.Where(d => ids.Contains(d.Record)).Select(d => d.Record), cancellation);
        await SweepAsync(project, RecordKind.GuidelineSection, ids => db.GuidelineSections.Where(s => ids.Contains(s.Record)).Select(s => s.Record), cancellation);
        await SweepAsync(
            project, RecordKind.Reason,
            ids => db.Reviews.Where(r => r.Reason != null && ids.Contains(r.Reason.Value)).Select(r => r.Reason!.Value)
                .Union(db.Skips.Where(s => s.Reason != null && ids.Contains(s.Reason.Value)).Select(s => s.Reason!.Value))
                .Union(db.Reports.Where(r => ids.Contains(r.Id)).Select(r => r.Id)),
            cancellation);
        project.SweptAt = now - Grace;
    }

    // Removes the records of one kind, sealed since the last sweep, that no row refers to.
    private async Task SweepAsync(Project project, RecordKind kind, Func<Guid[], IQueryable<Guid>> referred, CancellationToken cancellation)
    {
        var (lab, id) = (new LabId(project.Lab), new ProjectId(project.Id));
        var sealedIds = new List<Guid>();
        await foreach (var record in vault.ListAsync(lab, id, kind, project.SweptAt, cancellation))
            sealedIds.Add(record.Value);
        foreach (var some in sealedIds.Chunk(IVault.MaxRecordsPerAct))
        {
            var known = await referred(some).ToHashSetAsync(cancellation);
            RecordRef[] orphans = [.. some.Where(record => !known.Contains(record)).Select(record => new RecordRef(kind, new RecordId(record)))];
            if (orphans.Length > 0)
                await vault.RemoveAsync(lab, id, Principal.Service, orphans, cancellation);
        }
    }
}
