namespace Cofferdam.Ledger.Tests;

public sealed class LogFollowerTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    private string State => Path.Combine(folder, "seen");

    [Fact]
    public async Task LookAsync_GrowingLog_KeepsTheNewestThatGoesOn()
    {
        var leaves = TestLogs.Leaves(600);

        (await LookAsync(leaves[..10])).ShouldBeOfType<FollowStep.Seen>().Before.ShouldBeNull();
        (await LookAsync(leaves[..10])).ShouldBeOfType<FollowStep.Same>();
        (await LookAsync(leaves)).ShouldBeOfType<FollowStep.Seen>().Before!.Size.ShouldBe(10);
    }

    [Fact]
    public async Task LookAsync_RolledBackOrForked_KeepsWhatItKnew()
    {
        var leaves = TestLogs.Leaves(300);
        await LookAsync(leaves);
        var kept = await File.ReadAllBytesAsync(State);

        (await LookAsync(leaves[..299])).ShouldBeOfType<FollowStep.Broken>().Finding.Fault.ShouldBe(LogFault.RolledBack);
        (await LookAsync(TestLogs.Leaves(300, epoch: 9))).ShouldBeOfType<FollowStep.Broken>().Finding.Fault.ShouldBe(LogFault.Forked);
        (await LookAsync(TestLogs.Leaves(310, epoch: 9))).ShouldBeOfType<FollowStep.Broken>().Finding.Fault.ShouldBe(LogFault.Forked);
        (await File.ReadAllBytesAsync(State)).ShouldBe(kept);
    }

    private async Task<FollowStep> LookAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries) =>
        await new LogFollower(await TestLogs.InMemoryAsync(entries), TestLogs.Policy, State).LookAsync();
}
