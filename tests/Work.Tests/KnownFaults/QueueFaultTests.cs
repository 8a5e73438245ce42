using Cofferdam.Work.Slots;
using Cofferdam.Work.Tests.Slots;

namespace Cofferdam.Work.Tests.KnownFaults;

/// <summary>What others' users complained of in queues of work, each as it would show here.</summary>
public sealed class QueueFaultTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    // label-studio#795: the same task to two people, beyond the overlap that was asked for.
    [Theory, MemberData(nameof(Databases))]
    public async Task LabelStudio795_ManyPeopleAtOnceOnServersAtOnce_NoItemBeyondItsOverlap(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 40, overlap: 2, set: batch => batch.Adaptive = true);
        await room.AddItemsAsync(room.Project, items: 20, overlap: 1, set: batch => batch.Priority = 9);
        var other = room.Store.IsSqlite ? room.Loop : await room.AddLoopAsync();

        await Task.WhenAll(Enumerable.Range(0, 16).Select(async i =>
        {
            var person = Guid.CreateVersion7();
            while (await room.LeaseAsync(person, cap: 2, loop: i % 2 == 0 ? room.Loop : other) is { Lease: { } lease })
                await room.SubmitAsync(lease.Slot, person, loop: i % 2 == 0 ? room.Loop : other);
        }));

        (await room.CountAsync("SELECT count(*) FROM slot WHERE state = 2")).ShouldBe((40 * 2) + 20);
        (await room.CountAsync(
            """
            SELECT count(*) FROM (SELECT s.item FROM slot s JOIN batch b ON b.id = s.batch
              GROUP BY s.item, b.overlap HAVING count(DISTINCT s.holder) <> b.overlap OR count(*) <> b.overlap) beyond
            """)).ShouldBe(0);
    }

    // label-studio#4190: locks of people who went away starve everybody else.
    [Theory, MemberData(nameof(Databases))]
    public async Task LabelStudio4190_EverySlotLeasedAndNobodyThere_ComesBackByItself(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 20, overlap: 1);
        await room.AddItemsAsync(room.Project, items: 5, overlap: 1, set: batch => (batch.Priority, batch.Price, batch.PriceCap) = (9, 10, 50));
        var gone = Guid.CreateVersion7();
        while ((await room.LeaseAsync(gone)).Lease is not null)
        {
        }

        var here = Guid.CreateVersion7();
        (await room.LeaseAsync(here)).Result.ShouldBe(LeaseResult.None);
        (await room.ExpireAsync()).ShouldBe(25);

        for (var i = 0; i < 25; i++)
            (await room.LeaseAsync(here)).Result.ShouldBe(LeaseResult.Leased);
    }

    // inception#2038: a guard against two people at once throws away what one of them did.
    [Theory, MemberData(nameof(Databases))]
    public async Task Inception2038_TaskTakenByAnotherMeanwhile_TheWorkIsKeptOrItsLossIsSaid(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var (ada, ben, cleo) = (Guid.CreateVersion7(), Guid.CreateVersion7(), Guid.CreateVersion7());
        var slot = (await room.LeaseAsync(ada)).Lease!.Slot;
        await room.ExpireAsync();
        (await room.LeaseAsync(ben)).Lease!.Slot.ShouldBe(slot);
        // Not even a pause takes a place away from who had begun.
        await room.ChangeAsync(room.Batches.Single(), "state = 2");

        (await room.SubmitAsync(slot, ada)).ShouldBe(SubmitResult.Submitted);
        (await room.SubmitAsync(slot, ben)).ShouldBe(SubmitResult.Submitted);
        // There is no place for a third, and nobody is told otherwise.
        (await room.SubmitAsync(slot, cleo)).ShouldBe(SubmitResult.LeaseLost);

        (await room.CountAsync("SELECT count(*) FROM slot s JOIN answer a ON a.record = s.answer AND a.person = s.holder WHERE s.state = 2")).ShouldBe(2);
    }

    // label-studio#3731: adding one task to a large project costs as much as the project is large.
    [Theory, MemberData(nameof(Databases))]
    public async Task LabelStudio3731_OneMoreItemInALargeProject_TouchesNothingElse(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 2_000, overlap: 2);
        var person = Guid.CreateVersion7();
        var first = (await room.LeaseAsync(person)).Lease!;
        await room.WatchAsync("slot", "item", "batch");

        var batch = await room.AddItemsAsync(room.Project, items: 1, overlap: 2, set: added => added.Priority = 9);

        // One item in, and into its batch; two slots; the batch: made, set, counted and opened.
        (await room.WatchedAsync()).ShouldBe([("batch", 4), ("item", 2), ("slot", 2)]);
        (await room.LeaseAsync(person)).Lease!.Batch.ShouldBe(batch.Id);
        first.Batch.ShouldNotBe(batch.Id);
    }
}
