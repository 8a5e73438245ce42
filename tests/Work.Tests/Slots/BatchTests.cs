using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Slots;

/// <summary>What batches are worked on, in what order, and how much of them.</summary>
public sealed class BatchTests
{
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Ben = Guid.CreateVersion7();

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_TwoBatches_UrgentFirstAndEveryEighthFromTheOldest(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 10, overlap: 1);
        var oldest = room.Batches.Single().Id;
        room.Time.Advance(TimeSpan.FromSeconds(1));
        var urgent = (await room.AddItemsAsync(room.Project, items: 30, overlap: 1, set: batch => batch.Priority = 9)).Id;

        var order = new List<Guid>();
        for (var i = 0; i < 16; i++)
            order.Add((await room.LeaseAsync(Ada)).Lease!.Batch);

        order.Count(batch => batch == oldest).ShouldBe(2);
        order.Chunk(8).ShouldAllBe(eight => eight.Count(batch => batch == urgent) == 7);
        // Where the first has nothing left, the next is asked; nothing is left over.
        for (var i = 16; i < 40; i++)
            (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.Leased);
        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Pause_AmidLeases_NoneAfterItReturnsAndNothingIsTakenAway(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 400, overlap: 1);
        var batch = room.Batches.Single();
        var other = room.Store.IsSqlite ? room.Loop : await room.AddLoopAsync();
        var paused = new TaskCompletionSource();
        var leasing = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var (person, mine) = (Guid.CreateVersion7(), new List<Guid>());
            while (!paused.Task.IsCompleted && await room.LeaseAsync(person, loop: i % 2 == 0 ? room.Loop : other) is { Lease: { } lease })
                mine.Add(lease.Slot);
            return (person, mine);
        })).ToList();

        await room.ChangeAsync(batch, "state = 2");
        var leased = await room.CountAsync("SELECT count(*) FROM slot WHERE state = 1");
        // Asked for after the pause, by what the asker knew before.
        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);
        paused.SetResult();
        var hands = await Task.WhenAll(leasing);

        (await room.CountAsync("SELECT count(*) FROM slot WHERE state = 1")).ShouldBe(leased);
        foreach (var (person, mine) in hands)
        {
            foreach (var slot in mine)
                (await room.SubmitAsync(slot, person)).ShouldBe(SubmitResult.Submitted);
        }

        await room.ChangeAsync(batch, "state = 1");
        await room.Loop.LookAgainAsync(room.Project);
        (await room.LeaseAsync(Ada)).Result.ShouldBe(leased == 400 ? LeaseResult.None : LeaseResult.Leased);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task PriceCap_ManyAtOnceWithReleasesAndLapses_IsNeverExceeded(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 60, overlap: 1, set: batch => (batch.Price, batch.PriceCap) = (30, 10 * 30 + 29));

        await Task.WhenAll(Enumerable.Range(0, 6).Select(async i =>
        {
            var (person, random) = (Guid.CreateVersion7(), new Random(i));
            var lapsed = new List<Guid>();
            for (var step = 0; step < 30; step++)
            {
                if (await room.LeaseAsync(person) is { Lease: { } lease })
                {
                    lapsed.Add(lease.Slot);
                    if (random.Next(2) == 0)
                        await room.Loop.ReleaseAsync(room.Project, lease.Slot, person);
                }
                else if (lapsed.Count > 0)
                {
                    await room.SubmitAsync(lapsed[random.Next(lapsed.Count)], person);
                }

                if (random.Next(5) == 0)
                    await room.ExpireAsync();
                (await room.CountAsync("SELECT count(*) FROM slot WHERE state IN (1, 2, 3, 4, 5)")).ShouldBeLessThanOrEqualTo(10);
            }
        }));

        var fresh = Guid.CreateVersion7();
        while ((await room.LeaseAsync(fresh)).Lease is not null)
        {
        }

        // What came back is given out again, up to the cap.
        (await room.CountAsync("SELECT count(*) FROM slot WHERE state IN (1, 2, 3, 4, 5)")).ShouldBe(10);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task DailyCap_Reached_GoesOnTheNextDay(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 6, overlap: 1, leaseSeconds: 80_000, set: batch => batch.DailyCap = 2);
        await room.SubmitAsync((await room.LeaseAsync(Ada)).Lease!.Slot, Ada);
        var second = (await room.LeaseAsync(Ada)).Lease!.Slot;

        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);
        (await room.LeaseAsync(Ben)).Result.ShouldBe(LeaseResult.Leased);
        await room.SubmitAsync(second, Ada);
        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);

        room.Time.Advance(TimeSpan.FromDays(1));
        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.Leased);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Move_ToNewVersions_TakenTasksKeepTheirs(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 2, overlap: 1);
        var batch = room.Batches.Single();
        var before = (await room.LeaseAsync(Ada)).Lease!;

        await room.ChangeAsync(batch, "form_version = 2, guideline_version = 3");
        // By what this server knew before, the new guidelines have not been read.
        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);
        batch.GuidelineVersion = 3;
        await room.Loop.LookAgainAsync(room.Project);
        var after = (await room.LeaseAsync(Ada)).Lease!;

        (after.FormVersion, after.GuidelineVersion).ShouldBe((2, 3));
        var kept = (await room.Loop.RenewAsync(room.Project, before.Slot, Ada))!;
        (kept.FormVersion, kept.GuidelineVersion).ShouldBe((1, 0));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Adaptive_TheLastTwoDisagreeAtOnce_OneMoreSlotAndNeverTwo(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 12, overlap: 2, set: batch => batch.Adaptive = true);
        var other = room.Store.IsSqlite ? room.Loop : await room.AddLoopAsync();
        for (var i = 0; i < 12; i++)
        {
            var (first, second) = ((await room.LeaseAsync(Ada)).Lease!, (await room.LeaseAsync(Ben)).Lease!);
            first.Item.ShouldBe(second.Item);
            // Every third item they agree.
            await Task.WhenAll(
                Task.Run(() => room.SubmitAsync(first.Slot, Ada, vote: 1)),
                Task.Run(() => room.SubmitAsync(second.Slot, Ben, vote: (byte)(i % 3 == 0 ? 1 : 2), loop: other)));
        }

        var items = (await room.SlotsAsync()).GroupBy(slot => slot.Item).ToList();
        items.Count(item => item.Count() == 2).ShouldBe(4);
        items.Count(item => item.Count() == 3).ShouldBe(8);

        // The third vote goes to somebody else, and whatever it says there is no fourth.
        var cleo = Guid.CreateVersion7();
        for (var i = 0; i < 8; i++)
            (await room.SubmitAsync((await room.LeaseAsync(cleo)).Lease!.Slot, cleo, vote: 3)).ShouldBe(SubmitResult.Submitted);
        (await room.LeaseAsync(Guid.CreateVersion7())).Result.ShouldBe(LeaseResult.None);
        (await room.CountAsync("SELECT count(*) FROM slot")).ShouldBe((12 * 2) + 8);
        (await room.CountAsync("SELECT slots FROM batch")).ShouldBe((12 * 2) + 8);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Gold_OnItsSchedule_LooksLikeAnyOtherAndIsCountedApart(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 300, overlap: 1, leaseSeconds: 3600, set: batch => batch.GoldPercent = 25);
        var known = await room.AddGoldAsync(items: 200);

        var leases = new List<SlotLease>();
        while ((await room.LeaseAsync(Ada)).Lease is { } lease)
            leases.Add(lease);

        leases.Count(lease => !known.Contains(lease.Item)).ShouldBe(300);
        var gold = leases.Where(lease => known.Contains(lease.Item)).ToList();
        // A quarter of all tasks: 100 beside 300 ordinary ones. The gaps are drawn from 0 to 6, so this is six standard deviations.
        gold.Count.ShouldBeInRange(100 - 40, 100 + 40);
        gold.Select(lease => lease.Item).ShouldBeUnique();
        known.ShouldNotContain(leases[0].Item);
        known.ShouldNotContain(leases[^1].Item);
        // Slots' ids rise from task to task whatever the task is.
        leases.Select(lease => lease.Slot).ShouldBe(leases.Select(lease => lease.Slot).Order());

        await room.SubmitAsync(gold[0].Slot, Ada);
        (await room.Loop.LeaseReviewAsync(room.Project, Ben)).ShouldBeNull();
        // Given back, it is nobody's next task; another person gets a known item of their own.
        await room.Loop.ReleaseAsync(room.Project, gold[1].Slot, Ada);
        (await room.LeaseAsync(Ben)).Result.ShouldBe(LeaseResult.None);
    }
}
