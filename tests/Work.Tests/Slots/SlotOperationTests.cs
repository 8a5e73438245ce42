using Cofferdam.Work.Slots;

namespace Cofferdam.Work.Tests.Slots;

public sealed class SlotOperationTests
{
    [Fact]
    public async Task Restart_ARowWasReadBefore_AnswersWithWhatTheNextAttemptReads()
    {
        var operation = new ReviewReleaseOperation(Guid.NewGuid(), Guid.NewGuid(), Guid.NewGuid());
        operation.Read(operation.Script[0], row: null!);

        operation.Restart().ShouldBeTrue();
        operation.Committed();

        (await operation.Done).ShouldBeFalse();
    }
}
