using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Logs;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>What tests of logs ask of a vault.</summary>
internal static class LogRoom
{
    extension(VaultFixture fixture)
    {
        public string LogFolder => Path.Combine(fixture.Options.DataFolder, "ledger", "lab");

        /// <summary>Waits until everything committed is published.</summary>
        public async Task<LogState> PublishedAsync()
        {
            var head = await fixture.Vault.HeadAsync(fixture.Lab);
            var log = (await fixture.Door.LogOfAsync(fixture.Lab)).Log;
            await log.UntilAsync(() => log.Published?.Checkpoint.Size >= head.Size, TestContext.Current.CancellationToken);
            return await fixture.Vault.LogAsync(fixture.Lab);
        }

        /// <summary>Waits for a state of the lab's log.</summary>
        public async Task UntilAsync(Func<OpenLog, bool> isSo)
        {
            var open = await fixture.Door.LogOfAsync(fixture.Lab);
            await open.Log.UntilAsync(() => isSo(open), TestContext.Current.CancellationToken);
        }

        /// <summary>Checks the whole of the log as it lies in its folder.</summary>
        public async Task<LogReport> VerifyLogAsync()
        {
            var state = await fixture.Vault.LogAsync(fixture.Lab);
            VerifierKey.TryParse(state.Key, out var key).ShouldBeTrue();
            var folder = (await fixture.Door.LogOfAsync(fixture.Lab)).Log.Folder;
            return await LogVerification.VerifyAsync(folder, new LogCheck { Policy = WitnessPolicy.ForLog(key!) }, cancellation: TestContext.Current.CancellationToken);
        }

        /// <summary>How the ledger stands now, to go back to.</summary>
        public async Task<(long Lab, long Size, byte[] Frontier)> RememberAsync()
        {
            var lab = await fixture.Door.Node.LabAsync(fixture.Lab, CancellationToken.None);
            var row = fixture.Door.Node.Store.Ledger(lab.Number);
            return (lab.Number, row.Size, row.Frontier);
        }

        /// <summary>The closed vault's store as it was earlier, as if restored from a backup.</summary>
        public async Task RestoreAsync((long Lab, long Size, byte[] Frontier) earlier)
        {
            await fixture.EditAsync($"DELETE FROM receipt WHERE id >= {(earlier.Lab << 40) + earlier.Size} AND id < {(earlier.Lab + 1) << 40}");
            (await fixture.EditAsync($"UPDATE ledger SET size = {earlier.Size}, frontier = @frontier WHERE lab = {earlier.Lab}", ("@frontier", earlier.Frontier))).ShouldBe(1);
        }
    }
}

/// <summary>A clock whose waits are over at once; it notes how long they would have been. Waits of a minute, and what comes round again, are of others than logs, and last.</summary>
internal sealed class ImpatientClock : TimeProvider
{
    private long longest;

    public TimeSpan Longest => new(Interlocked.Read(ref longest));

    public override ITimer CreateTimer(TimerCallback callback, object? state, TimeSpan dueTime, TimeSpan period)
    {
        if (dueTime >= TimeSpan.FromMinutes(1) || period > TimeSpan.Zero)
            return base.CreateTimer(callback, state, dueTime, period);
        if (dueTime.Ticks > Interlocked.Read(ref longest))
            Interlocked.Exchange(ref longest, dueTime.Ticks);
        return base.CreateTimer(callback, state, dueTime > TimeSpan.Zero ? TimeSpan.FromMilliseconds(1) : dueTime, period);
    }
}
