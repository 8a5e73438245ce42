namespace Cofferdam.Ledger.Tests;

public sealed class LogWriterTests : IDisposable
{
    private readonly string folder = Directory.CreateTempSubdirectory("cofferdam-test-").FullName;

    public void Dispose() => Directory.Delete(folder, recursive: true);

    [Fact]
    public async Task PublishAsync_SeveralSizes_EachHasItsTilesAndIsTheBeginningOfTheNext()
    {
        var leaves = TestLogs.Leaves(1100);
        Checkpoint? before = null;
        foreach (var size in new[] { 0, 1, 255, 256, 300, 300, 1024, 1100 })
        {
            await TestLogs.WriteAsync(folder, leaves, size);
            var report = await VerifyAsync(before);
            report.Findings.ShouldBeEmpty();
            report.Checkpoint!.Size.ShouldBe(size);
            before = report.Checkpoint;
        }

        Directory.Exists(Path.Combine(folder, "tile", "0", "000.p")).ShouldBeFalse();
    }

    // More than a tile of the second level, in calls that end anywhere.
    [Fact]
    public async Task AppendAsync_ManyEntries_MakesTheTilesOfTheSecondLevel()
    {
        var entries = Enumerable.Range(0, 70_000).Select(i => new ReadOnlyMemory<byte>(BitConverter.GetBytes(i))).ToList();
        var writer = await LogWriter.OpenAsync(folder);
        foreach (var part in entries.Chunk(9_999))
            await writer.AppendAsync(part);
        await writer.PublishAsync(TestLogs.Sign(writer.Size, writer.Root()));

        var tree = new CompactRange();
        entries.ForEach(entry => tree.Append(MerkleTree.HashLeaf(entry.Span)));
        writer.Root().ShouldBe(tree.Root());
        (await VerifyAsync()).Findings.ShouldBeEmpty();
        File.Exists(Path.Combine(folder, "tile", "1", "000")).ShouldBeTrue();
        File.Exists(Path.Combine(folder, "tile", "1", "001.p", "17")).ShouldBeTrue();
        File.Exists(Path.Combine(folder, "tile", "2", "000.p", "1")).ShouldBeTrue();
        (await LogWriter.OpenAsync(folder)).Size.ShouldBe(70_000);
    }

    // The process ends after each change of the disk in turn; what is there then is a sound log, and the next process goes on.
    [Fact]
    public async Task PublishAsync_EndedAtEachStep_LeavesASoundLogAndGoesOn()
    {
        var leaves = TestLogs.Leaves(600);
        var steps = 0;
        for (var ended = false; !ended; steps++)
        {
            Directory.Delete(folder, recursive: true);
            await TestLogs.WriteAsync(folder, leaves, 200, 250);
            var kept = (await VerifyAsync()).Checkpoint!;

            var left = steps;
            var writer = await LogWriter.OpenAsync(folder, _ =>
            {
                if (Interlocked.Decrement(ref left) < 0)
                    throw new PowerCutException();
            });
            try
            {
                await writer.AppendAsync(leaves[250..600]);
                await writer.PublishAsync(TestLogs.Sign(writer.Size, writer.Root()));
                ended = true;
            }
            catch (PowerCutException)
            {
                var found = await VerifyAsync(kept);
                found.Findings.ShouldBeEmpty($"after step {steps}");
                found.Checkpoint!.Size.ShouldBeOneOf(250, 600);
            }

            await TestLogs.WriteAsync(folder, leaves, 600);
            var report = await VerifyAsync(kept);
            report.Findings.ShouldBeEmpty($"gone on after step {steps}");
            report.Checkpoint!.Size.ShouldBe(600);
            report.Beyond.ShouldBe(0);
            Directory.EnumerateFileSystemEntries(Path.Combine(folder, ".new")).ShouldBeEmpty();
        }

        steps.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task AppendAsync_OtherEntriesBeyondTheCheckpoint_IsRefused()
    {
        await TestLogs.WriteAsync(folder, TestLogs.Leaves(10), 10);
        await (await LogWriter.OpenAsync(folder)).AppendAsync(TestLogs.Leaves(300, 10));

        var writer = await LogWriter.OpenAsync(folder);
        writer.Size.ShouldBe(10);
        await Should.ThrowAsync<LogForkException>(() => writer.AppendAsync(TestLogs.Leaves(300, 10, epoch: 9)));
    }

    [Fact]
    public async Task PublishAsync_CheckpointOfSomethingElse_IsRefused()
    {
        var writer = await LogWriter.OpenAsync(folder);
        await writer.AppendAsync(TestLogs.Leaves(10));

        await Should.ThrowAsync<ArgumentException>(() => writer.PublishAsync(TestLogs.Sign(11, writer.Root())));
        await Should.ThrowAsync<ArgumentException>(() => writer.PublishAsync(TestLogs.Sign(10, new byte[32])));
        await Should.ThrowAsync<ArgumentException>(() => writer.PublishAsync("checkpoint"u8.ToArray()));
        File.Exists(Path.Combine(folder, "checkpoint")).ShouldBeFalse();
        await writer.PublishAsync(TestLogs.Sign(10, writer.Root()));
        var other = new LogSigner("lab.test/ledger/b", TestLogs.Seed(9));
        await Should.ThrowAsync<LogForkException>(() => writer.PublishAsync(TestLogs.Sign(10, writer.Root(), other)));
    }

    [Fact]
    public async Task PublishAsync_SecondWriter_IsRefused()
    {
        var first = await LogWriter.OpenAsync(folder);
        await TestLogs.WriteAsync(folder, TestLogs.Leaves(20), 20);
        await first.AppendAsync(TestLogs.Leaves(10));

        await Should.ThrowAsync<LogForkException>(() => first.PublishAsync(TestLogs.Sign(10, first.Root())));
    }

    [Fact]
    public async Task OpenAsync_TilesThatDoNotMakeTheRoot_IsRefused()
    {
        await TestLogs.WriteAsync(folder, TestLogs.Leaves(10), 10);
        var tile = Path.Combine(folder, "tile", "0", "000.p", "10");
        var bytes = await File.ReadAllBytesAsync(tile);
        bytes[40] ^= 1;
        await File.WriteAllBytesAsync(tile, bytes);

        await Should.ThrowAsync<LogForkException>(() => LogWriter.OpenAsync(folder));
    }

    [Fact]
    public async Task VerifyAsync_FilesThatNoCheckpointLeadsTo_AreCheckedToo()
    {
        await TestLogs.WriteAsync(folder, TestLogs.Leaves(20), 10, 20);
        var older = Path.Combine(folder, "tile", "entries", "000.p", "10");
        var bytes = await File.ReadAllBytesAsync(older);
        bytes[^5] ^= 1;
        await File.WriteAllBytesAsync(older, bytes);
        await File.WriteAllTextAsync(Path.Combine(folder, "tile", "0", "notes.txt"), "");

        (await VerifyAsync()).Findings.Select(finding => (finding.Fault, finding.Where)).ShouldBe(
            [(LogFault.UnknownFile, "tile/0/notes.txt"), (LogFault.OtherTile, "tile/entries/000.p/10")]);
    }

    private Task<LogReport> VerifyAsync(Checkpoint? since = null) =>
        LogVerification.VerifyAsync(new LogFolder(folder), new LogCheck { Policy = TestLogs.Policy, OwnPolicy = TestLogs.Policy, Since = since });

    private sealed class PowerCutException : Exception;
}
