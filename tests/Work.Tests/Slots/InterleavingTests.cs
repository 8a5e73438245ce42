using Cofferdam.Work.Batches;
using Cofferdam.Work.Operations;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Slots;

/// <summary>Random acts of many people at once, then what must be true whatever they did.</summary>
public sealed class InterleavingTests
{
    public static TheoryData<string, int> Runs
    {
        get
        {
            var runs = new TheoryData<string, int>();
            foreach (var database in new[] { "sqlite", "postgres" })
            {
                for (var seed = 1; seed <= 3; seed++)
                    runs.Add(database, seed);
            }

            return runs;
        }
    }

    [Theory, MemberData(nameof(Runs))]
    public async Task Slots_RandomActs_NothingIsLostAndNothingGivenTwice(string database, int seed)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 15, overlap: 3);
        var people = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToArray();

        var submitted = await Task.WhenAll(people.Select((person, i) => ActAsync(room, person, new Random((seed * 100) + i))));

        var slots = await room.SlotsAsync();
        slots.Where(slot => slot.Holder is not null).Select(slot => (slot.Item, slot.Holder)).ShouldBeUnique();
        slots.ShouldAllBe(slot => (slot.State == SlotState.Open) == (slot.Holder == null));
        // Each answer that was said to count lies on a slot of its person, or was there before a later one.
        (await room.CountAsync("SELECT count(*) FROM answer")).ShouldBe(submitted.Sum());
        (await room.CountAsync(
            """
            SELECT count(*) FROM answer a
            WHERE NOT EXISTS (SELECT 1 FROM slot s WHERE s.id = a.slot AND s.holder = a.person AND s.answer IS NOT NULL)
            """)).ShouldBe(0);
        (await room.CountAsync("SELECT count(*) FROM slot WHERE state IN (2, 3, 4) AND answer IS NULL")).ShouldBe(0);

        // Whatever is open can still be had by somebody new.
        var fresh = Guid.CreateVersion7();
        var open = slots.Where(slot => slot.State is SlotState.Open).Select(slot => slot.Item).Distinct().Count();
        for (var i = 0; i < open; i++)
            (await room.LeaseAsync(fresh)).Result.ShouldBe(LeaseResult.Leased);
        (await room.LeaseAsync(fresh)).Result.ShouldBe(LeaseResult.None);
    }

    /// <summary>All kinds of batches at once: pauses, caps, third votes, rework by others, known answers, decisions of every kind, operations.</summary>
    [Theory, MemberData(nameof(Runs))]
    public async Task Slots_RandomActsInAllKindsOfBatches_EveryPromiseHolds(string database, int seed)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 10, overlap: 2, set: batch => (batch.Adaptive, batch.GoldPercent) = (true, 30));
        await room.AddItemsAsync(room.Project, items: 10, overlap: 1, set: batch => (batch.Price, batch.PriceCap, batch.Priority) = (7, 7 * 6, 9));
        await room.AddItemsAsync(room.Project, items: 8, overlap: 2, set: batch => (batch.Rework, batch.MaxRounds, batch.DailyCap) = (Rework.Another, 1, 5));
        var known = await room.AddGoldAsync(items: 6);
        var people = Enumerable.Range(0, 6).Select(_ => Guid.CreateVersion7()).ToArray();
        var staff = Guid.CreateVersion7();

        await Task.WhenAll([
            .. people.Select((person, i) => ActAsync(room, person, new Random((seed * 100) + i), votes: 2)),
            StaffAsync(room, staff, new Random(seed))]);

        var slots = await room.SlotsAsync();
        slots.Where(slot => slot.Holder is not null).Select(slot => (slot.Item, slot.Holder)).ShouldBeUnique();
        // Nobody gets back what went on to another after a return.
        (await room.CountAsync("SELECT count(*) FROM slot s JOIN skip k ON k.item = s.item AND k.person = s.holder WHERE s.state = 1")).ShouldBe(0);
        // The cap holds, whatever lapsed, came back and was cancelled.
        (await room.CountAsync("SELECT count(*) FROM slot s JOIN batch b ON b.id = s.batch WHERE b.price IS NOT NULL AND s.state IN (1, 2, 3, 4, 5)")).ShouldBeLessThanOrEqualTo(6);
        // At most one more than was asked for, and only where that is wanted; known answers are counted apart.
        (await room.CountAsync(
            """
            SELECT count(*) FROM (SELECT s.item FROM slot s JOIN batch b ON b.id = s.batch WHERE s.gold = FALSE
              GROUP BY s.item, b.overlap, b.adaptive HAVING count(*) > b.overlap + CASE WHEN b.adaptive = TRUE THEN 1 ELSE 0 END) beyond
            """)).ShouldBe(0);
        (await room.CountAsync("SELECT count(*) FROM slot WHERE gold = TRUE AND state IN (2, 4, 5)")).ShouldBe(0);
        // What is done to many slots at once takes known answers along: left behind they would be told apart.
        slots.Where(slot => known.Contains(slot.Item)).ShouldAllBe(slot =>
            slot.State == SlotState.Open || slot.State == SlotState.Leased || slot.State == SlotState.Accepted || slot.State == SlotState.Cancelled);
        (await room.CountAsync("SELECT count(*) FROM batch b WHERE b.slots <> (SELECT count(*) FROM slot s WHERE s.batch = b.id AND s.gold = FALSE)")).ShouldBe(0);
        // Every answer that was taken is there still, whatever was decided about it.
        (await room.CountAsync("SELECT count(*) FROM slot s WHERE s.answer IS NOT NULL AND NOT EXISTS (SELECT 1 FROM answer a WHERE a.record = s.answer)")).ShouldBe(0);
        (await room.CountAsync("SELECT count(*) FROM slot WHERE state IN (2, 3, 4, 5) AND (answer IS NULL OR holder IS NULL)")).ShouldBe(0);
        (await room.CountAsync("SELECT count(*) FROM slot s JOIN batch b ON b.id = s.batch WHERE s.rounds > b.max_rounds AND s.state = 4 AND b.rework = 2")).ShouldBe(0);
    }

    private static async Task StaffAsync(SlotRoom room, Guid staff, Random random)
    {
        var operations = new List<(Guid Id, List<Guid> Slots)>();
        for (var step = 0; step < 40; step++)
        {
            var slots = (await room.SlotsAsync()).OrderBy(_ => random.Next()).Take(6).ToList();
            switch (random.Next(6))
            {
                case 0:
                    await room.ChangeAsync(room.Batches.ElementAt(random.Next(3)), $"state = {(random.Next(3) == 0 ? 2 : 1)}");
                    await room.Loop.LookAgainAsync(room.Project);
                    break;
                case 1:
                    foreach (var slot in slots.Where(slot => slot.State is SlotState.Escalated))
                        await room.DecideAsync(slot.Slot, staff, (Decision)random.Next(1, 4), Guid.NewGuid(), staff: true);
                    break;
                case 2 or 3:
                    var kind = (OperationKind[])[OperationKind.Cancel, OperationKind.Release, OperationKind.Return];
                    var one = (Id: await room.AddOperationAsync(kind[random.Next(3)]), Slots: slots.ConvertAll(slot => slot.Slot));
                    await room.OperateAsync(one.Id, one.Slots, staff);
                    operations.Add(one);
                    break;
                case 4 when operations.Count > 0:
                    var last = operations[^1];
                    await room.Loop.UndoAsync(room.Project, last.Id, last.Slots);
                    operations.RemoveAt(operations.Count - 1);
                    break;
                default:
                    await room.ExpireAsync(seconds: 30);
                    break;
            }
        }
    }

    private static async Task<int> ActAsync(SlotRoom room, Guid person, Random random, int votes = 1)
    {
        var mine = new List<Guid>();
        var submitted = 0;
        for (var step = 0; step < 80; step++)
        {
            var one = mine.Count > 0 ? mine[random.Next(mine.Count)] : Guid.NewGuid();
            switch (random.Next(9))
            {
                case 0 or 1 or 2:
                    if (await room.LeaseAsync(person, cap: 4) is { Lease: { } lease })
                        mine.Add(lease.Slot);
                    break;
                case 3 or 4:
                    if (await room.SubmitAsync(one, person, vote: (byte)random.Next(votes), reviewed: votes == 1 || random.Next(4) > 0) is SubmitResult.Submitted)
                        submitted++;
                    break;
                case 5:
                    await room.Loop.SkipAsync(room.Project, one, person, reason: null);
                    break;
                case 6:
                    await room.Loop.ReleaseAsync(room.Project, one, person);
                    break;
                case 7:
                    if (await room.Loop.LeaseReviewAsync(room.Project, person) is { } review)
                        await room.DecideAsync(review.Slot, person, votes > 1 ? (Decision)random.Next(1, 5) : (Decision)random.Next(1, 3), Guid.NewGuid(), second: votes > 1 && random.Next(3) == 0);
                    break;
                default:
                    await room.ExpireAsync(seconds: random.Next(90));
                    break;
            }
        }

        return submitted;
    }
}
