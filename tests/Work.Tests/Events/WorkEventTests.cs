using Cofferdam.Work.Events;
using Cofferdam.Work.Operations;
using Cofferdam.Work.Slots;
using Cofferdam.Work.Tests.Slots;

namespace Cofferdam.Work.Tests.Events;

/// <summary>What is told of work under an engagement: each change once, in order, and nothing of anybody else's.</summary>
public sealed class WorkEventTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    private static readonly Guid Reviewer = Guid.NewGuid();

    [Theory, MemberData(nameof(Databases))]
    public async Task Events_OfEveryChange_AreToldOnceAndInOrder(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 5, overlap: 1);
        var (vera, engagement) = await room.AddEngagedAsync();

        var first = (await room.LeaseAsync(vera, told: true)).Lease!.Slot;
        await room.SubmitAsync(first, vera, told: true);
        await room.DecideAsync((await room.Loop.LeaseReviewAsync(room.Project, Reviewer))!.Slot, Reviewer, Decision.Return, Guid.NewGuid());
        await room.SubmitAsync(first, vera, told: true);
        await room.DecideAsync((await room.Loop.LeaseReviewAsync(room.Project, Reviewer))!.Slot, Reviewer, Decision.Accept);
        var second = (await room.LeaseAsync(vera, told: true)).Lease!.Slot;
        await room.ExpireAsync();
        await room.SubmitAsync(second, vera, told: true);
        var third = (await room.LeaseAsync(vera, told: true)).Lease!.Slot;
        await room.Loop.SkipAsync(room.Project, third, vera, reason: null);
        var fourth = (await room.LeaseAsync(vera, told: true)).Lease!.Slot;
        await room.Loop.ReleaseAsync(room.Project, fourth, vera);
        await room.LeaseAsync(Guid.NewGuid(), told: true);

        (await ToldAsync(room, engagement)).ShouldBe(
        [
            (first, WorkEventType.Started, WorkKind.Task), (first, WorkEventType.Submitted, WorkKind.Task), (first, WorkEventType.Returned, WorkKind.Rework),
            (first, WorkEventType.Submitted, WorkKind.Rework), (first, WorkEventType.Accepted, WorkKind.Rework),
            (second, WorkEventType.Started, WorkKind.Task), (second, WorkEventType.Expired, WorkKind.Task), (second, WorkEventType.Started, WorkKind.Task),
            (second, WorkEventType.Submitted, WorkKind.Task),
            (third, WorkEventType.Started, WorkKind.Task), (third, WorkEventType.Skipped, WorkKind.Task),
            (fourth, WorkEventType.Started, WorkKind.Task), (fourth, WorkEventType.Released, WorkKind.Task),
        ]);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Operations_OnWorkUnderAnEngagement_AreTold(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 3, overlap: 1);
        var (vera, engagement) = await room.AddEngagedAsync();
        var (slot, kept) = ((await room.LeaseAsync(vera, told: true)).Lease!.Slot, (await room.LeaseAsync(vera, told: true)).Lease!.Slot);
        await room.OperateAsync(await room.AddOperationAsync(OperationKind.Release), [slot], Reviewer);
        await room.SubmitAsync(kept, vera, told: true, reviewed: false);
        var given = await room.AddOperationAsync(OperationKind.Return);
        await room.OperateAsync(given, [kept], Reviewer);
        await room.Loop.UndoAsync(room.Project, given, [kept]);

        (await ToldAsync(room, engagement)).Select(one => (one.Assignment, one.Type)).ShouldBe(
        [
            (slot, WorkEventType.Started), (kept, WorkEventType.Started), (slot, WorkEventType.Expired), (kept, WorkEventType.Submitted),
            (kept, WorkEventType.Accepted), (kept, WorkEventType.Returned), (kept, WorkEventType.Accepted),
        ]);
    }

    // A known answer is compared at once. Were it told so, the vendor would know which tasks those are.
    [Theory, MemberData(nameof(Databases))]
    public async Task Gold_WhereAnswersAreReviewed_IsToldLikeAnyOther(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 6, overlap: 1, set: batch => batch.GoldPercent = 50);
        var gold = await room.AddGoldAsync(3);
        var (vera, engagement) = await room.AddEngagedAsync();
        var (known, reviewed) = (new HashSet<Guid>(), 0);
        for (var i = 0; i < 8 && (await room.LeaseAsync(vera, told: true)).Lease is { } lease; i++)
        {
            if (gold.Contains(lease.Item))
                known.Add(lease.Slot);
            await room.SubmitAsync(lease.Slot, vera, told: true, held: true);
        }

        (await ToldAsync(room, engagement)).ShouldAllBe(one => one.Type == WorkEventType.Started || one.Type == WorkEventType.Submitted);
        known.ShouldNotBeEmpty();
        while (await room.Loop.LeaseReviewAsync(room.Project, Reviewer) is { } review)
        {
            await room.DecideAsync(review.Slot, Reviewer, Decision.Accept);
            reviewed++;
        }

        var accepted = (await ToldAsync(room, engagement)).Where(one => one.Type is WorkEventType.Accepted).Select(one => one.Assignment).ToList();
        accepted.Count.ShouldBeGreaterThan(reviewed);
        accepted.ShouldBeUnique();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Number_WhileServersWork_LeavesNoGapAndChangesNone(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 60, overlap: 1);
        var other = await room.AddLoopAsync();
        var (vera, engagement) = await room.AddEngagedAsync();
        var (rosa, _) = await room.AddEngagedAsync(engagement);
        var feed = new WorkEventFeed(room.Store, room.Time);
        await Task.WhenAll(
            WorkAsync(vera, room.Loop), WorkAsync(rosa, database == "sqlite" ? room.Loop : other),
            Task.Run(async () =>
            {
                for (var i = 0; i < 20; i++)
                    await feed.NumberAsync(engagement, totals: false, CancellationToken.None);
            }));

        var last = await feed.NumberAsync(engagement, totals: false, CancellationToken.None);
        var events = await feed.ReadAsync(engagement, 0, 10_000, CancellationToken.None);
        events.Select(one => one.Sequence).ShouldBe(Enumerable.Range(1, (int)last).Select(i => (long)i));
        last.ShouldBe(120);
        events.GroupBy(one => one.Assignment).ShouldAllBe(of => of.Select(one => one.Type).SequenceEqual(new[] { WorkEventType.Started, WorkEventType.Submitted }));

        async Task WorkAsync(Guid person, SlotLoop loop)
        {
            while ((await room.LeaseAsync(person, loop: loop, told: true)).Lease is { } lease)
                await room.SubmitAsync(lease.Slot, person, loop: loop, told: true);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Totals_OnceADayIsOver_CountItAndLeaveNothingOut(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 5, overlap: 1);
        var (vera, engagement) = await room.AddEngagedAsync();
        var feed = new WorkEventFeed(room.Store, room.Time);
        for (var i = 0; i < 3; i++)
            await room.SubmitAsync((await room.LeaseAsync(vera, told: true)).Lease!.Slot, vera, told: true, reviewed: false);
        (await feed.NumberAsync(engagement, totals: true, CancellationToken.None)).ShouldBe(0, "the day is not over");

        room.Time.Advance(TimeSpan.FromDays(1.1));
        await room.LeaseAsync(vera, told: true);
        (await feed.NumberAsync(engagement, totals: true, CancellationToken.None)).ShouldBe(1);
        (await feed.NumberAsync(engagement, totals: true, CancellationToken.None)).ShouldBe(1);

        var total = (await feed.ReadAsync(engagement, 0, 100, CancellationToken.None)).ShouldHaveSingleItem();
        (total.Type, total.Person, total.Assignment).ShouldBe((WorkEventType.DayTotal, vera, null));
        total.Totals.ShouldBe(
        [
            new WorkTotal(WorkEventType.Started, WorkKind.Task, 3, 0), new WorkTotal(WorkEventType.Submitted, WorkKind.Task, 3, 37.5),
            new WorkTotal(WorkEventType.Accepted, WorkKind.Task, 3, 0),
        ]);
    }

    private static async Task<List<(Guid Assignment, WorkEventType Type, WorkKind Kind)>> ToldAsync(SlotRoom room, Guid engagement)
    {
        var feed = new WorkEventFeed(room.Store, room.Time);
        await feed.NumberAsync(engagement, totals: false, CancellationToken.None);
        return [.. (await feed.ReadAsync(engagement, 0, 10_000, CancellationToken.None)).Select(one => (one.Assignment!.Value, one.Type, one.Kind!.Value))];
    }
}
