using System.Data.Common;
using Cofferdam.Storage;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Progress;

/// <summary>Slots by state, without those whose answer is known.</summary>
public sealed record SlotCounts(long Open = 0, long Leased = 0, long Submitted = 0, long Accepted = 0, long Returned = 0, long Escalated = 0, long Cancelled = 0);

/// <summary>Counts what can be counted; no counter is stored.</summary>
internal sealed class SlotCounting(Store store)
{
    /// <summary>Items that can be worked on or already are, and slots by state.</summary>
    public async Task<(long Items, SlotCounts Slots)> CountAsync(Guid project, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        await using var items = connection.Command(
            "SELECT coalesce(sum(imported), 0) FROM import WHERE project = @project AND state = 2", ("@project", project));
        var count = Convert.ToInt64(await items.ExecuteScalarAsync(cancellation));
        await using var open = connection.Command(
            """
            SELECT count(*) FROM slot
            WHERE batch IN (SELECT b.id FROM batch b WHERE b.project = @project) AND state = 0 AND gold = FALSE
            """, ("@project", project));
        var slots = new SlotCounts(Open: Convert.ToInt64(await open.ExecuteScalarAsync(cancellation)));
        await using var cancelled = connection.Command(
            """
            SELECT count(*) FROM slot
            WHERE batch IN (SELECT b.id FROM batch b WHERE b.project = @project) AND state = 6 AND gold = FALSE
            """, ("@project", project));
        slots = slots with { Cancelled = Convert.ToInt64(await cancelled.ExecuteScalarAsync(cancellation)) };
        foreach (var (_, counts) in await PeopleAsync(connection, project, cancellation))
        {
            slots = slots with
            {
                Leased = slots.Leased + counts.Leased,
                Submitted = slots.Submitted + counts.Submitted,
                Accepted = slots.Accepted + counts.Accepted,
                Returned = slots.Returned + counts.Returned,
                Escalated = slots.Escalated + counts.Escalated,
            };
        }

        return (count, slots);
    }

    /// <summary>Slots in each person's name, by pseudonym.</summary>
    public async Task<Dictionary<Guid, SlotCounts>> PeopleAsync(Guid project, CancellationToken cancellation)
    {
        await using var connection = await store.OpenAsync(cancellation);
        return await PeopleAsync(connection, project, cancellation);
    }

    private static async Task<Dictionary<Guid, SlotCounts>> PeopleAsync(DbConnection connection, Guid project, CancellationToken cancellation)
    {
        // Answered from the index slot_person alone.
        await using var command = connection.Command(
            "SELECT holder, state, count(*) FROM slot WHERE project = @project AND holder IS NOT NULL AND gold = FALSE GROUP BY holder, state",
            ("@project", project));
        await using var reader = await command.ExecuteReaderAsync(cancellation);
        var people = new Dictionary<Guid, SlotCounts>();
        while (await reader.ReadAsync(cancellation))
        {
            var person = reader.Id(0);
            var counts = people.GetValueOrDefault(person) ?? new SlotCounts();
            var count = reader.GetInt64(2);
            people[person] = (SlotState)reader.GetInt16(1) switch
            {
                SlotState.Leased => counts with { Leased = count },
                SlotState.Submitted => counts with { Submitted = count },
                SlotState.Accepted => counts with { Accepted = count },
                SlotState.Returned => counts with { Returned = count },
                SlotState.Escalated => counts with { Escalated = count },
                _ => counts with { Cancelled = count },
            };
        }

        return people;
    }
}
