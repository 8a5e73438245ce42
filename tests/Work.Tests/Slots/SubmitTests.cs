using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Slots;

public sealed class SubmitTests
{
    private static readonly Guid Ada = Guid.CreateVersion7();
    private static readonly Guid Ben = Guid.CreateVersion7();
    private static readonly Guid Cleo = Guid.CreateVersion7();

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_SameSubmissionTwice_CountsOnce(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        var submission = Guid.NewGuid();

        var results = await Task.WhenAll(Enumerable.Range(0, 8).Select(_ => room.SubmitAsync(slot, Ada, submission)));

        results.Count(result => result is SubmitResult.Submitted).ShouldBe(1);
        results.Count(result => result is SubmitResult.Repeated).ShouldBe(7);
        (await room.CountAsync("SELECT count(*) FROM answer")).ShouldBe(1);
        (await room.CountAsync("SELECT count(*) FROM slot s JOIN answer a ON a.record = s.answer AND a.slot = s.id")).ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_AnothersSubmissionId_IsRefused(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var submission = Guid.NewGuid();
        await room.SubmitAsync((await room.LeaseAsync(Ada)).Lease!.Slot, Ada, submission);
        var slot = (await room.LeaseAsync(Ben)).Lease!.Slot;

        (await room.SubmitAsync(slot, Ben, submission)).ShouldBe(SubmitResult.SubmissionTaken);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_LapsedAndStillOpen_IsTaken(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.ExpireAsync();

        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.Submitted);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_LapsedAndTaken_GoesToAnotherOpenSlotOfTheItem(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.ExpireAsync();
        (await room.LeaseAsync(Ben)).Lease!.Slot.ShouldBe(slot);

        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.Submitted);

        var slots = await room.SlotsAsync();
        slots.Single(s => s.Holder == Ada).State.ShouldBe(SlotState.Submitted);
        slots.Single(s => s.Holder == Ben).State.ShouldBe(SlotState.Leased);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_LapsedAndNoPlaceLeft_IsLost(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.ExpireAsync();
        await room.LeaseAsync(Ben);

        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.LeaseLost);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_NeverLeased_IsLost(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.SlotsAsync())[0].Slot;

        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.LeaseLost);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Review_OwnWork_IsNeverGivenNorDecided(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.SubmitAsync(slot, Ada);

        (await room.Loop.LeaseReviewAsync(room.Project, Ada)).ShouldBeNull();
        (await room.DecideAsync(slot, Ada, Decision.Accept)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Lease_ItemWhoseAnswerTheyReviewed_GoesToOthersOnly(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 2, overlap: 2);
        var answered = (await room.LeaseAsync(Ada)).Lease!;
        await room.SubmitAsync(answered.Slot, Ada);

        var seen = (await room.Loop.LeaseReviewAsync(room.Project, Ben))!;
        (await room.LeaseAsync(Ben)).Lease!.Item.ShouldNotBe(seen.Item);
        (await room.DecideAsync(seen.Slot, Ben, Decision.Return, Guid.NewGuid())).ShouldBe(SlotState.Returned);
        await room.SubmitAsync(answered.Slot, Ada);
        (await room.LeaseAsync(Ben)).Result.ShouldBe(LeaseResult.None);

        (await room.LeaseAsync(Cleo)).Lease!.Item.ShouldBe(seen.Item);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Review_ItemThatTheReviewerAnswersToo_IsNotGiven(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 2);
        var own = (await room.LeaseAsync(Ben)).Lease!;
        await room.SubmitAsync((await room.LeaseAsync(Ada)).Lease!.Slot, Ada);

        (await room.Loop.LeaseReviewAsync(room.Project, Ben)).ShouldBeNull();
        await room.SubmitAsync(own.Slot, Ben);
        (await room.Loop.LeaseReviewAsync(room.Project, Ben)).ShouldBeNull();
        (await room.Loop.LeaseReviewAsync(room.Project, Cleo)).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Review_TwoReviewers_GetDifferentAnswers(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 2, overlap: 1);
        for (var i = 0; i < 2; i++)
            await room.SubmitAsync((await room.LeaseAsync(Ada)).Lease!.Slot, Ada);

        var first = await room.Loop.LeaseReviewAsync(room.Project, Ben);
        var second = await room.Loop.LeaseReviewAsync(room.Project, Cleo);

        second!.Slot.ShouldNotBe(first!.Slot);
        (await room.Loop.LeaseReviewAsync(room.Project, Ben))!.Slot.ShouldBe(first.Slot);
        (await room.DecideAsync(first.Slot, Cleo, Decision.Accept)).ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Review_ReviewerWentAway_AnotherGetsIt(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        await room.SubmitAsync((await room.LeaseAsync(Ada)).Lease!.Slot, Ada);
        var slot = (await room.Loop.LeaseReviewAsync(room.Project, Ben))!.Slot;
        (await room.Loop.LeaseReviewAsync(room.Project, Cleo)).ShouldBeNull();

        room.Time.Advance(SlotLoop.ReviewLeaseLength + TimeSpan.FromSeconds(1));

        (await room.Loop.LeaseReviewAsync(room.Project, Cleo))!.Slot.ShouldBe(slot);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Return_StaysWithItsHolder_UntilSubmittedAgainAndAccepted(string database)
    {
        await using var room = await SlotRoom.CreateAsync(database, items: 1, overlap: 1);
        var slot = (await room.LeaseAsync(Ada)).Lease!.Slot;
        await room.SubmitAsync(slot, Ada);
        await room.Loop.LeaseReviewAsync(room.Project, Ben);
        var reason = Guid.CreateVersion7();

        (await room.DecideAsync(slot, Ben, Decision.Return, reason)).ShouldBe(SlotState.Returned);
        (await room.ExpireAsync(seconds: 1_000_000)).ShouldBe(0);
        (await room.LeaseAsync(Cleo)).Result.ShouldBe(LeaseResult.None);
        var returned = await room.Loop.RenewAsync(room.Project, slot, Ada);
        (returned!.State, returned.Reason, returned.LeaseUntil).ShouldBe((SlotState.Returned, reason, null));

        (await room.SubmitAsync(slot, Ada)).ShouldBe(SubmitResult.Submitted);
        (await room.Loop.LeaseReviewAsync(room.Project, Ben))!.Slot.ShouldBe(slot);
        (await room.DecideAsync(slot, Ben, Decision.Accept)).ShouldBe(SlotState.Accepted);
        (await room.SlotsAsync())[0].State.ShouldBe(SlotState.Accepted);
        (await room.CountAsync("SELECT count(*) FROM review")).ShouldBe(2);
    }
}
