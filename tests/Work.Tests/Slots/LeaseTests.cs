using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Slots;

public sealed class LeaseTests
{
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Ben = Guid.CreateVersion7();

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_ThirtyTwoPeopleAtOnce_NoItemBeyondItsOverlapAndNobodyTwice(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 150, overlap: 2);

        await Task.WhenAll(Enumerable.Range(0, 32).Select(async _ =>
        {
            var person = Guid.CreateVersion7();
            while (await room.LeaseAsync(person, cap: 3) is { Lease: { } lease })
                (await room.SubmitAsync(lease.Slot, person)).ShouldBe(SubmitResult.Submitted);
        }));

        var slots = await room.SlotsAsync();
        slots.Count.ShouldBe(300);
        slots.ShouldAllBe(slot => slot.State == SlotState.Submitted);
        slots.GroupBy(slot => slot.Item).ShouldAllBe(item => item.Select(slot => slot.Holder).Distinct().Count() == 2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_TwoServersAtOnce_EverySlotToOnePerson(string database)
    {
        Assert.SkipWhen(database == "sqlite", "SQLite serves one server.");
        await using var room = await SlotRoom.CreateAsync(database, items: 100, overlap: 2);
        var other = await room.AddLoopAsync();

        var taken = await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            var person = Guid.CreateVersion7();
            var mine = new List<Guid>();
            while (await room.LeaseAsync(person, loop: i % 2 == 0 ? room.Loop : other) is { Lease: { } lease })
                mine.Add(lease.Slot);
            return mine;
        }));

        taken.SelectMany(mine => mine).ShouldBeUnique();
        (await room.SlotsAsync()).ShouldAllBe(slot => slot.State == SlotState.Leased);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_OnePersonOverlapTwo_GetsEachItemOnceInOrder(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 20, overlap: 2);

        var items = new List<Guid>();
        while (await room.LeaseAsync(Ada) is { Lease: { } lease })
            items.Add(lease.Item);

        items.Count.ShouldBe(20);
        items.ShouldBe(items.Distinct().Order());
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_AtTheCap_SaysSoUntilOneIsGone(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 5, overlap: 1);
        var first = (await room.LeaseAsync(Ada, cap: 2)).Lease!;
        await room.LeaseAsync(Ada, cap: 2);

        (await room.LeaseAsync(Ada, cap: 2)).Result.ShouldBe(LeaseResult.HeldTooMany);
        await room.SubmitAsync(first.Slot, Ada);
        (await room.LeaseAsync(Ada, cap: 2)).Result.ShouldBe(LeaseResult.Leased);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_AfterStaleLeases_QueueIsNotStarved(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 10, overlap: 1);
        while ((await room.LeaseAsync(Ada)).Result is LeaseResult.Leased)
        {
        }

        (await room.LeaseAsync(Ben)).Result.ShouldBe(LeaseResult.None);
        (await room.ExpireAsync()).ShouldBe(10);

        var count = 0;
        while ((await room.LeaseAsync(Ben)).Result is LeaseResult.Leased)
            count++;
        count.ShouldBe(10);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_SkippedItem_GoesToOthersAndNeverBack(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;

        (await room.Loop.SkipAsync(room.Project, slot, Ada, reason: null)).ShouldBeTrue();

        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);
        (await room.LeaseAsync(Ben)).Lease!.Slot.ShouldBe(slot);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_ReleasedSlot_IsOpenAgain(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        (await room.LeaseAsync(Ben)).Result.ShouldBe(LeaseResult.None);

        (await room.Loop.ReleaseAsync(room.Project, slot, Ben)).ShouldBeFalse();
        (await room.Loop.ReleaseAsync(room.Project, slot, Ada)).ShouldBeTrue();

        (await room.LeaseAsync(Ben)).Lease!.Slot.ShouldBe(slot);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_NewBatchAfterTheQueueRanDry_IsSeen(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        await room.LeaseAsync(Ada);
        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);

        await room.AddItemsAsync(room.Project, items: 1, overlap: 1);

        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.Leased);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_OtherProject_GivesNothingOfThisOne(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 3, overlap: 1);
        var other = Guid.CreateVersion7();

        var lease = await room.Loop.LeaseAsync(OpenBatches.Of(other, 3, []), Ada, CancellationToken.None);

        (await lease.Done).Result.ShouldBe(LeaseResult.None);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Renew_BeforeItRunsOut_KeepsIt(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1, leaseSeconds: 60);
        var lease = (await room.LeaseAsync(Ada)).Lease!;
        room.Time.Advance(TimeSpan.FromSeconds(50));

        var renewed = await room.Loop.RenewAsync(room.Project, lease.Slot, Ada);

        renewed!.LeaseUntil.ShouldBe(lease.LeaseUntil!.Value + TimeSpan.FromSeconds(50));
        (await room.ExpireAsync(seconds: 20)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Renew_LapsedAndTakenByAnother_IsRefused(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.ExpireAsync();

        (await room.Loop.RenewAsync(room.Project, slot, Ben)).ShouldBeNull();
        (await room.Loop.RenewAsync(room.Project, slot, Ada)).ShouldNotBeNull();
        await room.ExpireAsync();
        (await room.LeaseAsync(Ben)).Lease!.Slot.ShouldBe(slot);
        (await room.Loop.RenewAsync(room.Project, slot, Ada)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Fill_OddAndEvenOverlaps_ShowsEachResponseOnTheLeftAsOften(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 200, overlap: 3);

        var slots = await room.SlotsAsync();

        slots.GroupBy(slot => slot.Item).ShouldAllBe(item => item.Count(slot => slot.Flipped) == 1 || item.Count(slot => slot.Flipped) == 2);
        // A fair coin stays within five standard deviations (here 35) of the middle all but once in a million runs.
        slots.Count(slot => slot.Flipped).ShouldBeInRange(300 - 36, 300 + 36);
        slots.Select(slot => slot.Slot).ShouldBe(slots.Select(slot => slot.Slot).Order());
    }
}
