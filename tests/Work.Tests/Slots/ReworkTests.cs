using Cofferdam.Work.Batches;
using Cofferdam.Work.Operations;
using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Slots;

/// <summary>What becomes of answers that are not simply accepted.</summary>
public sealed class ReworkTests
{
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Ben = Guid.CreateVersion7();
    private static readonly Guid Cleo = Guid.CreateVersion7();
    private static readonly Guid Staff = Guid.CreateVersion7();

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Return_ToAnother_NeverComesBackAndBothAnswersAreKept(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1, set: batch => batch.Rework = Rework.Another);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.ExpireAsync();
        await room.SubmitAsync(slot, Ada);
        await room.Loop.LeaseReviewAsync(room.Project, Ben);

        (await room.DecideAsync(slot, Ben, Decision.Return, Guid.NewGuid())).ShouldBe(SlotState.Open);

        (await room.LeaseAsync(Ada)).Result.ShouldBe(LeaseResult.None);
        // Not by way of a lease that had once run out either.
        (await room.Loop.RenewAsync(room.Project, slot, Ada)).ShouldBeNull();
        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.LeaseLost);
        (await room.LeaseAsync(Cleo)).Lease!.Rounds.ShouldBe(1);
        (await room.SubmitAsync(slot, Cleo, reviewed: false)).ShouldBe(SubmitResult.Submitted);
        // Work that was returned is seen again, whatever share is reviewed.
        (await room.SlotsAsync())[0].State.ShouldBe(SlotState.Submitted);
        (await room.CountAsync("SELECT count(*) FROM answer")).ShouldBe(2);
        (await room.CountAsync("SELECT count(*) FROM review WHERE decision = 2 AND accepted = FALSE")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Return_OnceTooOften_IsEscalatedAndStaffDecide(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1, set: batch => batch.MaxRounds = 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        foreach (var expected in (SlotState[])[SlotState.Returned, SlotState.Escalated])
        {
            await room.SubmitAsync(slot, Ada);
            await room.Loop.LeaseReviewAsync(room.Project, Ben);
            (await room.DecideAsync(slot, Ben, Decision.Return, Guid.NewGuid())).ShouldBe(expected);
        }

        (await room.Loop.RenewAsync(room.Project, slot, Ada)).ShouldBeNull();
        (await room.Loop.LeaseReviewAsync(room.Project, Cleo)).ShouldBeNull();
        (await room.DecideAsync(slot, Ada, Decision.Accept, staff: true)).ShouldBeNull();
        (await room.DecideAsync(slot, Staff, Decision.Return, Guid.NewGuid(), staff: true)).ShouldBe(SlotState.Returned);
        await room.SubmitAsync(slot, Ada);
        await room.Loop.LeaseReviewAsync(room.Project, Ben);
        (await room.DecideAsync(slot, Ben, Decision.Escalate, Guid.NewGuid())).ShouldBe(SlotState.Escalated);
        (await room.DecideAsync(slot, Staff, Decision.Cancel, Guid.NewGuid(), staff: true)).ShouldBe(SlotState.Cancelled);
        (await room.DecideAsync(slot, Staff, Decision.Accept, staff: true)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SecondReview_Blind_CountsWhereBothAgreeAndElseIsEscalated(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 3, overlap: 1);
        var cases = new[] { (Decision.Accept, Decision.Accept, SlotState.Accepted), (Decision.Return, Decision.Return, SlotState.Returned), (Decision.Accept, Decision.Return, SlotState.Escalated) };
        foreach (var (first, second, expected) in cases)
        {
            var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
            await room.SubmitAsync(slot, Ada);
            (await room.Loop.LeaseReviewAsync(room.Project, Ben))!.Slot.ShouldBe(slot);
            (await room.DecideAsync(slot, Ben, first, Guid.NewGuid(), second: true)).ShouldBe(SlotState.Submitted);
            // Not the same reviewer again.
            (await room.Loop.LeaseReviewAsync(room.Project, Ben)).ShouldBeNull();
            (await room.Loop.LeaseReviewAsync(room.Project, Cleo))!.Slot.ShouldBe(slot);
            (await room.DecideAsync(slot, Cleo, second, Guid.NewGuid(), second: true)).ShouldBe(expected);
        }

        (await room.CountAsync("SELECT count(*) FROM review WHERE kind = 1")).ShouldBe(3);
        (await room.CountAsync("SELECT count(*) FROM review WHERE kind = 2")).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Correct_ByTheReviewer_CountsAndKeepsWhatWasGiven(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.SubmitAsync(slot, Ada);
        await room.Loop.LeaseReviewAsync(room.Project, Ben);

        (await room.DecideAsync(slot, Ben, Decision.Correct, Guid.NewGuid())).ShouldBe(SlotState.Accepted);

        (await room.CountAsync(
            """
            SELECT count(*) FROM slot s JOIN answer now ON now.record = s.answer JOIN answer given ON given.record = now.corrects
            JOIN review r ON r.answer = given.record WHERE now.person <> given.person AND r.decision = 3 AND r.accepted = FALSE
            """)).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Undo_OfAnOperation_LeavesWhatHasMovedSince(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 3, overlap: 1);
        var mine = new List<Guid>();
        for (var i = 0; i < 3; i++)
            mine.Add((await room.LeaseAsync(Ada)).Lease!.Slot);
        await room.SubmitAsync(mine[0], Ada);

        var operation = await room.AddOperationAsync(OperationKind.Release);
        (await room.Loop.OperateAsync(new OperationStep(room.Project, operation, OperationKind.Release, mine, Staff))).ShouldBe(2);
        var moved = (await room.LeaseAsync(Ben)).Lease!.Slot;
        (await room.Loop.UndoAsync(room.Project, operation, mine)).ShouldBe(1);

        var slots = await room.SlotsAsync();
        slots.Count(slot => slot.Holder == Ada).ShouldBe(2);
        slots.Single(slot => slot.Slot == moved).Holder.ShouldBe(Ben);

        var cancel = await room.AddOperationAsync(OperationKind.Cancel);
        (await room.Loop.OperateAsync(new OperationStep(room.Project, cancel, OperationKind.Cancel, mine, Staff))).ShouldBe(3);
        (await room.SlotsAsync()).ShouldAllBe(slot => slot.State == SlotState.Cancelled);
        (await room.Loop.UndoAsync(room.Project, cancel, mine)).ShouldBe(3);
        (await room.SlotsAsync()).ShouldBe(slots);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reassign_TaskInHand_GoesOverAndWhoLostItMayStillSubmitWhereThereIsRoom(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;

        var operation = await room.AddOperationAsync(OperationKind.Reassign);
        (await room.Loop.OperateAsync(new OperationStep(room.Project, operation, OperationKind.Reassign, [slot], Staff, To: Ben))).ShouldBe(1);

        (await room.SlotsAsync()).Single(s => s.Slot == slot).Holder.ShouldBe(Ben);
        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.Submitted);
        (await room.SubmitAsync(slot, Ben)).ShouldBe(SubmitResult.Submitted);
        (await room.SlotsAsync()).Select(s => s.Holder).ShouldBe([Ada, Ben], ignoreOrder: true);
    }
}
