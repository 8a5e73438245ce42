using System.Collections.Concurrent;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Batches;
using Cofferdam.Work.Forms;
using Cofferdam.Work.Guidelines;
using Cofferdam.Work.Items;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Work.Projects;

/// <summary>Projects by id, kept in memory. What can change is loaded again after a change here, and every few seconds for changes made by other servers.</summary>
public sealed class ProjectCatalog(IServiceScopeFactory scopes, IVault vault, ItemFacets facets, TimeProvider time)
{
    private static readonly TimeSpan Trust = TimeSpan.FromSeconds(5);

    private static readonly ReadOnlyMemory<byte> OrderKeyLabel = "order of responses"u8.ToArray();

    private readonly ConcurrentDictionary<Guid, (ProjectFacts Facts, long Loaded)> known = [];

    /// <summary>A project of this lab; null where it is none, or another lab's.</summary>
    public async ValueTask<ProjectFacts?> FindAsync(LabId lab, Guid project, CancellationToken cancellation = default)
    {
        if (!known.TryGetValue(project, out var entry) || time.GetElapsedTime(entry.Loaded) > Trust)
        {
            if (await LoadAsync(project, cancellation) is not { } fresh)
                return null;
            entry = (entry.Facts?.Reloaded(fresh) ?? fresh, time.GetTimestamp());
            known[project] = entry;
        }

        return entry.Facts.Lab == lab ? entry.Facts : null;
    }

    /// <summary>Something about the project has changed.</summary>
    public void Forget(Guid project)
    {
        if (known.TryGetValue(project, out var entry))
            known[project] = (entry.Facts, long.MinValue / 2);
    }

    /// <summary>Records of the guideline sections that apply to a form and an item, in order.</summary>
    /// <param name="guidelines">Version; 0 for none.</param>
    internal ValueTask<RecordRef[]> SectionsAsync(
        ProjectFacts project, int guidelines, int form, Guid item, Audience audience, CancellationToken cancellation)
    {
        if (guidelines == 0)
            return new([]);
        return project.Sections.TryGetValue((guidelines, form), out var slice) && !slice.IsTagged
            ? new(slice.For(audience))
            : LoadSectionsAsync(project, guidelines, form, item, audience, cancellation);
    }

    private async ValueTask<RecordRef[]> LoadSectionsAsync(
        ProjectFacts project, int guidelines, int form, Guid item, Audience audience, CancellationToken cancellation)
    {
        if (!project.Sections.TryGetValue((guidelines, form), out var slice))
        {
            await using var scope = scopes.CreateAsyncScope();
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            var asked = await db.FormVersions.Where(f => f.Project == project.Id.Value && f.Number == form)
                .Select(f => f.Questions).SingleAsync(cancellation);
            slice = project.Sections[(guidelines, form)] = await GuidelineSlice.LoadAsync(db, project.Id, guidelines, asked, cancellation);
        }

        return slice.IsTagged ? slice.For(audience, await facets.OfAsync(item, cancellation)) : slice.For(audience);
    }

    private async Task<ProjectFacts?> LoadAsync(Guid id, CancellationToken cancellation)
    {
        await using var scope = scopes.CreateAsyncScope();
        var db = scope.ServiceProvider.GetRequiredService<AppDb>();
        var project = await db.Projects.AsNoTracking().SingleOrDefaultAsync(p => p.Id == id, cancellation);
        if (project is null)
            return null;
        var batches = await db.Batches.AsNoTracking().Where(b => b.Project == id).ToDictionaryAsync(b => b.Id, cancellation);
        var key = await vault.FingerprintAsync(new LabId(project.Lab), new ProjectId(id), [OrderKeyLabel], cancellation);
        return new ProjectFacts(new LabId(project.Lab), new ProjectId(project.Id), project.Code, batches) { OrderKey = key[0], StepUpMinutes = project.StepUpMinutes };
    }
}
