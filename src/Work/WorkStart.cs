using System.Buffers.Binary;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Acceptances;
using Cofferdam.Work.Appeals;
using Cofferdam.Work.AskedQuestions;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Images;
using Cofferdam.Work.Imports;
using Cofferdam.Work.Items;
using Cofferdam.Work.Operations;
using Cofferdam.Work.Projects;
using Cofferdam.Work.Reports;
using Cofferdam.Work.Searches;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tasks;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;
using Microsoft.Extensions.Hosting;

namespace Cofferdam.Work;

/// <summary>
/// Puts right what a stop in the middle of things left. Half imports go and half-opened batches are finished before the
/// first request; records that nothing came to refer to are removed while the node already works.
/// </summary>
internal sealed class WorkStart(IServiceScopeFactory scopes, IVault vault, Store store, BatchOpening opening, TimeProvider time) : BackgroundService
{
    // What nothing may refer to yet while its sealer is about to: another server may be at it.
    private static readonly TimeSpan Grace = TimeSpan.FromMinutes(10);

    private readonly DateTimeOffset started = time.GetUtcNow();

    public override async Task StartAsync(CancellationToken cancellationToken)
    {
        // Asked in plain SQL: to build EF's model here would double the time to the first answer.
        if (await AnythingUnfinishedAsync(cancellationToken))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            foreach (var project in await db.Projects.ToListAsync(cancellationToken))
            {
                await InterruptImportsAsync(db, project, cancellationToken);
                foreach (var batch in await db.Batches.AsNoTracking().Where(b => b.Project == project.Id && b.State == BatchState.Opening).ToListAsync(cancellationToken))
                    await opening.FillAsync(batch, cancellationToken);
            }
        }

        await base.StartAsync(cancellationToken);
    }

    protected override async Task ExecuteAsync(CancellationToken stoppingToken)
    {
        // Off the starting thread, so that the node listens meanwhile.
        await Task.Yield();
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        foreach (var project in await db.Projects.Where(p => p.CreatedAt < started).ToListAsync(stoppingToken))
        {
            await SweepAsync(db, project, stoppingToken);
            await db.SaveChangesAsync(stoppingToken);
        }
    }

    private async Task<bool> AnythingUnfinishedAsync(CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var command = connection.Command(
            "SELECT 1 FROM import WHERE state = @receiving UNION ALL SELECT 1 FROM batch WHERE state = @opening LIMIT 1",
            ("@receiving", (long)ImportState.Receiving), ("@opening", (long)BatchState.Opening));
        return await command.ExecuteScalarAsync(cancellation) is not null;
    }

    private async Task InterruptImportsAsync(AppDb db, Project project, CancellationToken cancellation)
    {
        foreach (var import in await db.Imports.Where(i => i.Project == project.Id && i.State == ImportState.Receiving).ToListAsync(cancellation))
        {
            await ItemRows.DiscardAsync(vault, store, new LabId(project.Lab), new ProjectId(project.Id), Principal.Service, import.Id, cancellation);
            await ImageRows.RemoveAsync(vault, store, new LabId(project.Lab), new ProjectId(project.Id), Principal.Service, import.Id, cancellation);
            import.State = ImportState.Interrupted;
            import.Imported = 0;
            import.EndedAt = time.GetUtcNow();
            await db.SaveChangesAsync(cancellation);
        }
    }

    private async Task SweepAsync(AppDb db, Project project, CancellationToken cancellation)
    {
        await SweepAsync(project, RecordKind.Item, ids => db.Items.Where(i => ids.Contains(i.Id)).Select(i => i.Id), cancellation);
        await SweepAsync(project, RecordKind.Gold, ids => db.Items.Where(i => i.Gold != null && ids.Contains(i.Gold.Value)).Select(i => i.Gold!.Value), cancellation);
        await SweepAsync(
            project, RecordKind.Image,
            ids => db.Images.Where(i => ids.Contains(i.Id)).Select(i => i.Id).Union(db.ImageParts.Where(p => ids.Contains(p.Record)).Select(p => p.Record)),
            cancellation);
        await SweepAsync(
            project, RecordKind.Search,
            ids => db.Searches.Where(s => ids.Contains(s.Id)).Select(s => s.Id).Union(db.SearchFinds.Where(f => ids.Contains(f.Record)).Select(f => f.Record)),
            cancellation);
        await SweepAsync(project, RecordKind.Answer, ids => db.Answers.Where(a => ids.Contains(a.Record)).Select(a => a.Record), cancellation);
        await SweepAsync(project, RecordKind.Draft, ids => db.Drafts.Where(d => ids.Contains(d.Record)).Select(d => d.Record), cancellation);
        await SweepAsync(project, RecordKind.GuidelineSection, ids => db.GuidelineSections.Where(s => ids.Contains(s.Record)).Select(s => s.Record), cancellation);
        await SweepAsync(project, RecordKind.Sample, ids => db.Acceptances.Where(a => ids.Contains(a.Id)).Select(a => a.Id), cancellation);
        await SweepAsync(
            project, RecordKind.Reason,
            ids => db.Reviews.Where(r => r.Reason != null && ids.Contains(r.Reason.Value)).Select(r => r.Reason!.Value)
                .Union(db.Skips.Where(s => s.Reason != null && ids.Contains(s.Reason.Value)).Select(s => s.Reason!.Value))
                .Union(db.Reviews.Where(r => r.Evidence != null && ids.Contains(r.Evidence.Value)).Select(r => r.Evidence!.Value))
                .Union(db.Batches.Where(b => b.PauseWords != null && ids.Contains(b.PauseWords.Value)).Select(b => b.PauseWords!.Value))
                .Union(db.Operations.Where(o => o.Reason != null && ids.Contains(o.Reason.Value)).Select(o => o.Reason!.Value))
                .Union(db.Reports.Where(r => ids.Contains(r.Id)).Select(r => r.Id))
                .Union(db.Acceptances.Where(a => a.Reason != null && ids.Contains(a.Reason.Value)).Select(a => a.Reason!.Value))
                .Union(db.AcceptanceSamples.Where(s => s.Reason != null && ids.Contains(s.Reason.Value)).Select(s => s.Reason!.Value))
                .Union(db.AcceptanceSamples.Where(s => s.Evidence != null && ids.Contains(s.Evidence.Value)).Select(s => s.Evidence!.Value))
                .Union(db.Appeals.Where(a => ids.Contains(a.Id)).Select(a => a.Id))
                .Union(db.Appeals.Where(a => a.Reason != null && ids.Contains(a.Reason.Value)).Select(a => a.Reason!.Value)),
            cancellation);
        await SweepAsync(
            project, RecordKind.AskedQuestion,
            ids => db.AskedQuestions.Where(q => ids.Contains(q.Id)).Select(q => q.Id)
                .Union(db.AskedQuestions.Where(q => q.Answer != null && ids.Contains(q.Answer.Value)).Select(q => q.Answer!.Value)),
            cancellation);
        project.SweptAt = started - Grace;
    }

    // Removes the records of one kind, sealed between the last sweep and this start, that no row refers to.
    private async Task SweepAsync(Project project, RecordKind kind, Func<Guid[], IQueryable<Guid>> referred, CancellationToken cancellation)
    {
        var (lab, id) = (new LabId(project.Lab), new ProjectId(project.Id));
        var sealedIds = new List<Guid>();
        await foreach (var record in vault.ListAsync(lab, id, kind, project.SweptAt, cancellation))
        {
            // Ids begin with their time: from here on they are of this process, which may be about to refer to them.
            if (TimeOf(record) >= started)
                break;
            sealedIds.Add(record.Value);
        }

        foreach (var some in sealedIds.Chunk(IVault.MaxRecordsPerAct))
        {
            var known = await referred(some).ToHashSetAsync(cancellation);
            RecordRef[] orphans = [.. some.Where(record => !known.Contains(record)).Select(record => new RecordRef(kind, new RecordId(record)))];
            if (orphans.Length > 0)
                await vault.RemoveAsync(lab, id, Principal.Service, orphans, cancellation);
        }
    }

    /// <summary>RFC 9562 §5.7: the first 48 bits are milliseconds since 1970.</summary>
    private static DateTimeOffset TimeOf(RecordId record) =>
        DateTimeOffset.FromUnixTimeMilliseconds(BinaryPrimitives.ReadInt64BigEndian(record.Value.ToByteArray(bigEndian: true)) >> 16);
}
