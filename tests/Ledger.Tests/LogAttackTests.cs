namespace Cofferdam.Ledger.Tests;

/// <summary>Logs that were changed after they were published: every change is found.</summary>
public sealed class LogAttackTests
{
    // One full tile, so that there is a level above it, and a partial one.
    private const int Size = 300;

    private static readonly Lazy<Task<MemoryLog>> Sound = new(() => TestLogs.InMemoryAsync(TestLogs.Leaves(Size)));

    [Fact]
    public async Task VerifyAsync_AsPublished_IsSound()
    {
        var report = await VerifyAsync(await Sound.Value);

        report.Findings.ShouldBeEmpty();
        report.Sound.ShouldBeTrue();
        report.Receipts.ShouldBeTrue();
        report.Cosigned.ShouldBe(["one"]);
        report.Checkpoint!.Size.ShouldBe(Size);
    }

    // Every byte of every tile, entry bundle and checkpoint, with one bit of it changed.
    [Theory]
    [InlineData(5, true, 3)]
    [InlineData(257, false, 6)]
    public async Task VerifyAsync_EveryByteFlippedInTurn_IsFound(int size, bool receipts, int files)
    {
        var sound = await TestLogs.InMemoryAsync(
            receipts ? TestLogs.Leaves(size) : [.. Enumerable.Range(0, size).Select(i => new ReadOnlyMemory<byte>(BitConverter.GetBytes(i)))]);
        (await VerifyAsync(sound)).Sound.ShouldBeTrue();
        sound.Files.Count.ShouldBe(files);

        var flipped = 0;
        foreach (var (path, content) in sound.Files)
        {
            await Parallel.ForAsync(0, content.Length, async (at, _) =>
            {
                var changed = content.ToArray();
                changed[at] ^= (byte)(1 << (at % 8));
                var log = sound.Copy();
                log.Files[path] = changed;
                (await VerifyAsync(log)).Sound.ShouldBeFalse($"{path}, byte {at}");
                Interlocked.Increment(ref flipped);
            });
        }

        flipped.ShouldBe(sound.Files.Values.Sum(content => content.Length));
    }

    [Fact]
    public async Task VerifyAsync_EveryFileTakenAway_IsFound()
    {
        foreach (var path in (await Sound.Value).Files.Keys)
            (await ChangedAsync(log => log.Files.TryRemove(path, out _))).Sound.ShouldBeFalse(path);
    }

    [Fact]
    public async Task VerifyAsync_EveryFileTruncatedOrGrown_IsFound()
    {
        foreach (var path in (await Sound.Value).Files.Keys)
        {
            (await ChangedAsync(log => log.Files[path] = log.Files[path][..^1])).Sound.ShouldBeFalse(path);
            (await ChangedAsync(log => log.Files[path] = [.. log.Files[path], 0])).Sound.ShouldBeFalse(path);
        }
    }

    [Fact]
    public async Task VerifyAsync_EntriesReordered_IsFound()
    {
        var leaves = TestLogs.Leaves(Size);
        (leaves[7], leaves[8]) = (leaves[8], leaves[7]);
        (await ResignedAsync(leaves)).Findings[0].ShouldBe(
            new LogFinding(LogFault.OutOfSequence, "tile/entries/000", 7, "entry 7 is the leaf of receipt 8"));
        (await UnsignedAsync(leaves)).Findings.ShouldContain(finding => finding.Fault == LogFault.WrongRoot);
    }

    [Fact]
    public async Task VerifyAsync_EntryDuplicated_IsFound()
    {
        var leaves = TestLogs.Leaves(Size - 1);
        leaves.Insert(20, leaves[20]);
        (await ResignedAsync(leaves)).Findings[0].Fault.ShouldBe(LogFault.OutOfSequence);
        (await UnsignedAsync(leaves)).Sound.ShouldBeFalse();
    }

    [Fact]
    public async Task VerifyAsync_EntryTakenOut_IsFound()
    {
        var leaves = TestLogs.Leaves(Size + 1);
        leaves.RemoveAt(299);
        (await ResignedAsync(leaves)).Findings[0].ShouldBe(
            new LogFinding(LogFault.OutOfSequence, "tile/entries/001.p/44", 299, "entry 299 is the leaf of receipt 300"));
    }

    [Fact]
    public async Task VerifyAsync_EntryThatIsNoLeaf_IsFound()
    {
        var leaves = TestLogs.Leaves(Size);
        leaves[5] = "{}"u8.ToArray();
        (await ResignedAsync(leaves)).Findings[0].Fault.ShouldBe(LogFault.NotALeaf);
    }

    [Fact]
    public async Task VerifyAsync_OlderCheckpointReplayed_IsFoundByWhoeverKeptANewerOne()
    {
        var report = await LogVerification.VerifyAsync(
            await TestLogs.InMemoryAsync(TestLogs.Leaves(200)), new LogCheck { Policy = TestLogs.Policy, Since = await CheckpointAsync() });

        report.Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.RolledBack);
    }

    [Fact]
    public async Task VerifyAsync_ForkedLog_IsFoundByWhoeverKeptAnOlderCheckpoint()
    {
        var leaves = TestLogs.Leaves(Size + 100);
        var sound = await LogVerification.VerifyAsync(
            await TestLogs.InMemoryAsync(leaves), new LogCheck { Policy = TestLogs.Policy, Since = await CheckpointAsync() });
        leaves[3] = TestLogs.Leaves(1, 3, epoch: 9)[0];
        var forked = await LogVerification.VerifyAsync(
            await TestLogs.InMemoryAsync(leaves), new LogCheck { Policy = TestLogs.Policy, Since = await CheckpointAsync() });
        var sameSize = await LogVerification.VerifyAsync(
            await TestLogs.InMemoryAsync(leaves[..Size]), new LogCheck { Policy = TestLogs.Policy, Since = await CheckpointAsync() });

        sound.Sound.ShouldBeTrue();
        forked.Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.Forked);
        sameSize.Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.Forked);
    }

    [Fact]
    public async Task VerifyAsync_CheckpointOfAnotherLog_IsFound()
    {
        var other = new LogSigner("lab.test/ledger/b", TestLogs.Seed(9));
        var root = (await CheckpointAsync()).Root.ToArray();

        (await ChangedAsync(log => log.Files["checkpoint"] = TestLogs.Sign(Size, root, other))).Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.OtherLog);
    }

    [Fact]
    public async Task VerifyAsync_CosignatureOfAnotherCheckpoint_IsFound()
    {
        var root = (await CheckpointAsync()).Root.ToArray();
        var note = new Checkpoint(TestLogs.Origin, Size, root).Sign(TestLogs.Log);
        var older = new Checkpoint(TestLogs.Origin, 10, root).ToText();

        (await ChangedAsync(log => log.Files["checkpoint"] = note.With(Cosignature.Sign(TestLogs.Witness, older, DateTimeOffset.UnixEpoch)).ToBytes()))
            .Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.FalseSignature);
        (await ChangedAsync(log => log.Files["checkpoint"] = note.ToBytes())).Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.NoQuorum);
    }

    // Whoever takes a log by its own policy is told of lines that it does not name.
    [Fact]
    public async Task VerifyAsync_SignatureOfAStranger_IsFoundUnderTheLogsOwnPolicy()
    {
        SignedNote.TryParse((await Sound.Value).Files["checkpoint"], out var note).ShouldBeTrue();
        var log = (await Sound.Value).Copy();
        log.Files["checkpoint"] = note!.With(new LogSigner("stranger.test", TestLogs.Seed(77)).Sign(note.Text)).ToBytes();

        (await LogVerification.VerifyAsync(log, new LogCheck { Policy = TestLogs.Policy })).Sound.ShouldBeTrue();
        (await VerifyAsync(log)).Findings.ShouldHaveSingleItem().Fault.ShouldBe(LogFault.UnknownSignature);
    }

    [Fact]
    public async Task Verify_FakeProof_IsRefused()
    {
        var log = await Sound.Value;
        var leaf = MerkleTree.HashLeaf(TestLogs.Leaves(1, 10)[0].Span);
        var hashes = await new TileProver(log, Size).InclusionAsync(10);
        var proof = new TlogProof(10, hashes, log.Files["checkpoint"], null);
        var bytes = proof.ToBytes();

        proof.Verify(leaf, TestLogs.Policy).ShouldBeOfType<ProofOutcome.Proved>();
        (proof with { Hashes = [.. hashes.Skip(1)] }).Verify(leaf, TestLogs.Policy).ShouldBeOfType<ProofOutcome.NotIncluded>();
        (proof with { Hashes = [.. hashes, new byte[32]] }).Verify(leaf, TestLogs.Policy).ShouldBeOfType<ProofOutcome.NotIncluded>();
        for (var at = 0; at < bytes.Length; at++)
        {
            bytes[at] ^= 1;
            (TlogProof.TryParse(bytes, out var changed) && changed.Verify(leaf, TestLogs.Policy) is ProofOutcome.Proved && !IsStranger(changed)).ShouldBeFalse($"byte {at}");
            bytes[at] ^= 1;
        }

        // A witness's line whose name or key id was changed is an unknown one: ignored, and the quorum is no longer met.
        static bool IsStranger(TlogProof proof) => SignedNote.TryParse(proof.Checkpoint.Span, out var note) && TestLogs.Policy.Strangers(note).Any();
    }

    private static Task<LogReport> VerifyAsync(LogSource log) =>
        LogVerification.VerifyAsync(log, new LogCheck { Policy = TestLogs.Policy, OwnPolicy = TestLogs.Policy });

    private static async Task<Checkpoint> CheckpointAsync() =>
        TestLogs.Policy.Open((await Sound.Value).Files["checkpoint"]).ShouldBeOfType<PolicyOpening.Satisfied>().Checkpoint;

    private static async Task<LogReport> ChangedAsync(Action<MemoryLog> change)
    {
        var log = (await Sound.Value).Copy();
        change(log);
        return await VerifyAsync(log);
    }

    // By whoever holds the keys of log and witness.
    private static async Task<LogReport> ResignedAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries) => await VerifyAsync(await TestLogs.InMemoryAsync(entries));

    // By whoever can write to the folder alone.
    private static async Task<LogReport> UnsignedAsync(IReadOnlyList<ReadOnlyMemory<byte>> entries)
    {
        var log = await TestLogs.InMemoryAsync(entries);
        log.Files["checkpoint"] = (await Sound.Value).Files["checkpoint"];
        return await VerifyAsync(log);
    }
}
