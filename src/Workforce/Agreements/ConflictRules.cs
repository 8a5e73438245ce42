using Cofferdam.Storage;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Agreements;

/// <summary>A lab whose people must wait, for work at another.</summary>
/// <param name="Days">From the last work for it.</param>
internal sealed record Rival(Guid Lab, int Days);

/// <summary>Conflicts of interest between rival labs.</summary>
internal static class ConflictRules
{
    extension(AppDb db)
    {
        /// <summary>The rivals of a lab, each with the longest cool-off time of the groups that both are in.</summary>
        public async Task<IReadOnlyList<Rival>> RivalsAsync(Guid lab, CancellationToken cancellation)
        {
            var groups = db.RivalLabs.Where(row => row.Lab == lab).Select(row => row.RivalGroup);
            return await db.RivalLabs
                .Where(row => row.Lab != lab && groups.Contains(row.RivalGroup))
                .Join(db.RivalGroups, row => row.RivalGroup, group => group.Id, (row, group) => new { row.Lab, group.CoolOffDays })
                .GroupBy(one => one.Lab)
                .Select(of => new Rival(of.Key, of.Max(one => one.CoolOffDays)))
                .ToListAsync(cancellation);
        }

        /// <summary>Notes that somebody worked for a lab. Called for every placement and every work event; times may come in any order.</summary>
        /// <param name="lab">Peer id of the lab's node.</param>
        public async Task WorkedAsync(Guid person, Guid lab, DateTimeOffset at, CancellationToken cancellation)
        {
            var micros = at.ToMicroseconds();
            // One statement, so that events that are taken in side by side do not push the time back.
            await db.Database.ExecuteSqlAsync(
                $"""
                INSERT INTO lab_work (person, lab, last_at) VALUES ({Id(person, db)}, {Id(lab, db)}, {micros})
                ON CONFLICT (person, lab) DO UPDATE SET last_at = CASE WHEN excluded.last_at > lab_work.last_at THEN excluded.last_at ELSE lab_work.last_at END
                """,
                cancellation);
        }
    }

    private static object Id(Guid id, AppDb db) => db.Database.IsSqlite() ? id.ToByteArray(true) : id;
}
