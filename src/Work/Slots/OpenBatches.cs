using Cofferdam.Work.Batches;

namespace Cofferdam.Work.Slots;

/// <summary>The batches of a project that somebody may be given work of.</summary>
/// <param name="Held">Most tasks that the person may hold in the project.</param>
/// <param name="ByPriority">Highest priority first, then the nearest deadline, then the oldest.</param>
/// <param name="ByAge">The oldest first.</param>
internal sealed record OpenBatches(Guid Project, int Held, Batch[] ByPriority, Batch[] ByAge)
{
    /// <param name="held">Most tasks that the person may hold in the project.</param>
    /// <param name="batches">In any order; those that are not running are left out.</param>
    public static OpenBatches Of(Guid project, int held, IEnumerable<Batch> batches)
    {
        Batch[] byAge = [.. batches.Where(batch => batch.IsRunning).OrderBy(batch => batch.OpenedAt).ThenBy(batch => batch.Id)];
        return new OpenBatches(
            project, held, [.. byAge.OrderByDescending(batch => batch.Priority).ThenBy(batch => batch.Deadline ?? DateTimeOffset.MaxValue)], byAge);
    }

    /// <summary>Only those that fit, in the same orders.</summary>
    public OpenBatches Where(Func<Batch, bool> fits) =>
        this with { ByPriority = [.. ByPriority.Where(fits)], ByAge = [.. ByAge.Where(fits)] };
}
