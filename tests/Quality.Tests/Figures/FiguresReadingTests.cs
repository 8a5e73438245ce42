using Cofferdam.Quality.Figures;
using Cofferdam.Work.Slots;

namespace Cofferdam.Quality.Tests.Figures;

public sealed class FiguresReadingTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Read_SlotsInEveryState_AreCountedWithoutKnownAnswers(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var (ada, bob) = (await room.AddMemberAsync(), await room.AddMemberAsync());
        var batch = await room.AddBatchAsync(items: 8);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Open);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Open);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Leased, ada);
        await room.AddAnsweredAsync(batch, Guid.NewGuid(), ada, SlotState.Submitted);
        await room.AddAnsweredAsync(batch, Guid.NewGuid(), ada, SlotState.Accepted);
        await room.AddAnsweredAsync(batch, Guid.NewGuid(), bob, SlotState.Returned);
        await room.AddAnsweredAsync(batch, Guid.NewGuid(), bob, SlotState.Escalated);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Cancelled);
        await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Accepted, bob, Guid.NewGuid(), gold: true);

        var figures = await room.FiguresAsync();

        figures.Progress.ShouldBe(new ProgressFigures(Items: 8, Open: 2, Leased: 1, Submitted: 1, Accepted: 1, Returned: 1, Escalated: 1, Cancelled: 1));
        var view = figures.Batches.Single();
        (view.Open, view.Leased, view.Submitted, view.Accepted, view.Returned, view.Escalated, view.Cancelled).ShouldBe((2, 1, 1, 1, 1, 1, 1));
        figures.People.Single(person => person.Pseudonym == bob).ShouldBe(new PersonFigures(bob, 2, 0, 1, null, null, null));
        figures.Forecast.Remaining.ShouldBe(6);
        (figures.Cost, figures.Agreement).ShouldBe((null, null));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Read_VotesOnItems_AgreeByPairsAndByWhatPeopleSaidThemselves(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var (ada, bob, eve) = (await room.AddMemberAsync(), await room.AddMemberAsync(), await room.AddMemberAsync());
        var batch = await room.AddBatchAsync(items: 4, overlap: 2);
        var (agreed, split, corrected, alone) = (Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        await room.AddAnsweredAsync(batch, agreed, ada, SlotState.Accepted, vote: 1);
        await room.AddAnsweredAsync(batch, agreed, bob, SlotState.Submitted, vote: 1, ordinal: 1);
        await room.AddAnsweredAsync(batch, split, ada, SlotState.Accepted, vote: 2);
        await room.AddAnsweredAsync(batch, split, bob, SlotState.Accepted, vote: 3, ordinal: 1);
        await room.AddAnsweredAsync(batch, split, eve, SlotState.Accepted, vote: 3, ordinal: 2);
        await room.AddAnsweredAsync(batch, corrected, ada, SlotState.Accepted, vote: 4);
        await room.AddAnsweredAsync(batch, alone, ada, SlotState.Accepted, vote: 6);
        // A reviewer put vote 4 in the place of bob's 5.
        var slot = await room.AddSlotAsync(batch, corrected, SlotState.Accepted, bob, answer: Guid.NewGuid(), ordinal: 1);
        var own = await room.AddAnswerAsync(slot, bob, vote: 5);
        var better = await room.AddAnswerAsync(slot, eve, vote: 4, corrects: own);
        await room.ExecuteAsync("UPDATE slot SET answer = @answer WHERE id = @id", ("@answer", better), ("@id", slot));

        var agreement = (await room.FiguresAsync()).Agreement!;

        // 1, 1/3 and 0.
        agreement.Items.ShouldBe(3);
        agreement.Value.ShouldBe(4.0 / 9, 1e-12);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Read_DecisionsAndKnownAnswers_TellHowAPersonDoes(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var ada = await room.AddMemberAsync();
        var batch = await room.AddBatchAsync(items: 10, price: 25, currency: "EUR");
        var answers = new List<Guid>();
        foreach (var seconds in new[] { 10.0, 20, 30, 100 })
            answers.Add(await room.AddAnsweredAsync(batch, Guid.NewGuid(), ada, SlotState.Accepted, seconds: seconds));
        await room.AddReviewAsync(answers[0], ada, decision: 1);
        await room.AddReviewAsync(answers[1], ada, decision: 2);
        // The last decision on an answer is the one that stands: this return was overturned.
        room.Time.Advance(TimeSpan.FromMinutes(1));
        await room.AddReviewAsync(answers[1], ada, decision: 1);
        await room.AddReviewAsync(answers[2], ada, decision: 3);
        await room.AddAnswerAsync(Guid.NewGuid(), ada, correct: true);
        await room.AddAnswerAsync(Guid.NewGuid(), ada, correct: false);

        var figures = await room.FiguresAsync();

        var person = figures.People.Single();
        person.Submitted.ShouldBe(4);
        (person.Review!.Accepted, person.Review.Of).ShouldBe((2, 3));
        (person.Gold!.Right, person.Gold.Of).ShouldBe((1, 2));
        person.Seconds!.Median.ShouldBe(25);
        figures.Throughput.Sum(day => day.Submitted).ShouldBe(4);
        // A corrected answer is accepted work, though not as it was given.
        figures.Throughput.Sum(day => day.Accepted).ShouldBe(3);
        figures.Cost.ShouldBe(new CostFigures("EUR", 100, 4, 25));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Read_AnItemWithAnswersStillWanted_IsNotYetPaidFor(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        var (ada, bob) = (await room.AddMemberAsync(), await room.AddMemberAsync());
        var batch = await room.AddBatchAsync(items: 2, overlap: 2, price: 10, currency: "EUR", reviewPercent: 0);
        var (done, half) = (Guid.NewGuid(), Guid.NewGuid());
        await room.AddAnsweredAsync(batch, done, ada, SlotState.Accepted);
        await room.AddSlotAsync(batch, done, SlotState.Accepted, bob, Guid.NewGuid(), ordinal: 1);
        await room.AddAnsweredAsync(batch, half, ada, SlotState.Accepted);
        await room.AddSlotAsync(batch, half, SlotState.Open, ordinal: 1);

        var figures = await room.FiguresAsync();
        figures.Cost.ShouldBe(new CostFigures("EUR", 30, 1, 30));
        // Taken without a review: one of them has a reviewer.
        figures.Throughput.Sum(day => day.Accepted).ShouldBe(1);

        await room.AddBatchAsync(items: 1, price: 10, currency: "USD");
        (await room.FiguresAsync()).Cost.ShouldBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Read_WorkThatNobodyCanTake_IsTold(string database)
    {
        await using var room = await QualityRoom.CreateAsync(database);
        await room.AddMemberAsync(language: "de");
        var possible = await room.AddBatchAsync(items: 1, languages: "de");
        var foreign = await room.AddBatchAsync(items: 1, languages: "de fi");
        var wide = await room.AddBatchAsync(items: 1, overlap: 2);
        foreach (var batch in new[] { possible, foreign, wide })
            await room.AddSlotAsync(batch, Guid.NewGuid(), SlotState.Open);

        (await room.FiguresAsync()).Stuck.Select(stuck => (stuck.Batch, stuck.Reason))
            .ShouldBe([(foreign, StuckReason.NobodyQualified), (wide, StuckReason.TooFewPeople)]);
    }
}
