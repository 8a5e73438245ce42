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

    private static async Task<int> ActAsync(SlotRoom room, Guid person, Random random)
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
                    if (await room.SubmitAsync(one, person) is SubmitResult.Submitted)
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
                        await room.DecideAsync(review.Slot, person, random.Next(2) == 0 ? Decision.Accept : Decision.Return, Guid.NewGuid());
                    break;
                default:
                    await room.ExpireAsync(seconds: random.Next(90));
                    break;
            }
        }

        return submitted;
    }
}
