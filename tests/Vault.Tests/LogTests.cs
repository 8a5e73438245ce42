using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 4: what is committed is published under a signature, and anybody can check it.</summary>
public sealed class LogTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Commit_AnyReceipt_IsUnderASignedCheckpointWithinASecond(string database)
    {
        var clock = new ImpatientClock();
        await using var fixture = await VaultFixture.CreateAsync(database, configure: options => options with { Time = clock });
        await fixture.OpenAsync(await fixture.SealAsync("text"));

        var state = await fixture.PublishedAsync();

        var head = await fixture.Vault.HeadAsync(fixture.Lab);
        (state.Origin, state.Standing, state.Checkpoint!.Size).ShouldBe(("cofferdam.localhost/ledger/lab", LogStanding.Sound, head.Size));
        state.Checkpoint.Root.ToArray().ShouldBe(head.Root.ToArray());
        VerifierKey.TryParse(state.Key, out var key).ShouldBeTrue();
        Checkpoint.Open(state.Checkpoint.Note.Span, key!).ShouldBeOfType<CheckpointOpening.Opened>();
        clock.Longest.ShouldBeLessThanOrEqualTo(TimeSpan.FromMilliseconds(500), "what is left of the second is for the disk");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Published_MoreThanATile_HoldsTheReceiptsAndProvesEach(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var older = (await fixture.PublishedAsync()).Checkpoint!;
        await ManyAsync(fixture, 300);
        var state = await fixture.PublishedAsync();

        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
        VerifierKey.TryParse(state.Key, out var key).ShouldBeTrue();
        var policy = WitnessPolicy.ForLog(key!);
        await foreach (var receipt in fixture.Vault.LedgerAsync(fixture.Lab))
        {
            var bytes = (await fixture.Vault.ProofAsync(fixture.Lab, receipt.Sequence)).ShouldNotBeNull();
            TlogProof.TryParse(bytes.Span, out var proof).ShouldBeTrue();
            proof!.Extra!.Value.ToArray().ShouldBe(receipt.Leaf.ToArray());
            proof.Verify(MerkleTree.HashLeaf(receipt.Leaf.Span), policy).ShouldBeOfType<ProofOutcome.Proved>();
        }

        var size = state.Checkpoint!.Size;
        (await fixture.Vault.ProofAsync(fixture.Lab, size)).ShouldBeNull();
        var consistency = (await fixture.Vault.ConsistencyAsync(fixture.Lab, older.Size, size)).ShouldNotBeNull();
        MerkleTree.VerifyConsistency(older.Size, size, older.Root.Span, state.Checkpoint.Root.Span, consistency).ShouldBeTrue();
        (await fixture.Vault.ConsistencyAsync(fixture.Lab, size, size + 1)).ShouldBeNull();
    }

    [Theory]
    [InlineData("sqlite", "checkpoint gone")]
    [InlineData("sqlite", "checkpoint cut")]
    [InlineData("sqlite", "edge tile cut")]
    [InlineData("sqlite", "edge bundle gone")]
    [InlineData("sqlite", "full tile gone")]
    [InlineData("sqlite", "full tile cut")]
    [InlineData("sqlite", "file half written")]
    [InlineData("sqlite", "tile of other receipts beyond the checkpoint")]
    [InlineData("sqlite", "crash before the checkpoint")]
    [InlineData("sqlite", "folder gone")]
    [InlineData("postgres", "checkpoint gone")]
    [InlineData("postgres", "folder gone")]
    public async Task Start_FolderDamaged_IsMadeAgainFromReceipts(string database, string damage)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await ManyAsync(fixture, 300);
        var earlier = (await fixture.PublishedAsync()).Checkpoint!.Note;
        await ManyAsync(fixture, 10);
        await fixture.CloseAsync();
        var before = Tiles(fixture.LogFolder);
        if (damage == "crash before the checkpoint")
            await File.WriteAllBytesAsync(Path.Combine(fixture.LogFolder, "checkpoint"), earlier, TestContext.Current.CancellationToken);
        else
            Damage(fixture.LogFolder, damage);

        await fixture.ReopenAsync();
        await fixture.PublishedAsync();
        await ManyAsync(fixture, 260);
        var state = await fixture.PublishedAsync();

        state.Standing.ShouldBe(LogStanding.Sound);
        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
        var after = Tiles(fixture.LogFolder);
        foreach (var (path, content) in before.Where(tile => !tile.Key.Contains(".p/", StringComparison.Ordinal)))
            after[path].ShouldBe(content, path);
        (await fixture.OpenAsync(await fixture.SealAsync("text"))).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Fact]
    public async Task Publish_DiskFails_TriesAgainUntilItDoesNot()
    {
        var clock = new ImpatientClock();
        await using var fixture = await VaultFixture.CreateAsync("sqlite", configure: options => options with { Time = clock });
        await fixture.PublishedAsync();
        var aside = Path.Combine(fixture.LogFolder, ".new");
        Directory.Delete(aside, recursive: true);
        await File.WriteAllTextAsync(aside, "in the way", TestContext.Current.CancellationToken);
        await fixture.SealAsync("text");
        while (clock.Longest < TimeSpan.FromSeconds(1))
            await Task.Yield();

        File.Delete(aside);

        (await fixture.PublishedAsync()).Checkpoint!.Size.ShouldBe((await fixture.Vault.HeadAsync(fixture.Lab)).Size);
        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
    }

    [Theory]
    [InlineData("sqlite", "UPDATE receipt SET leaf = (SELECT leaf FROM receipt WHERE act = 8 LIMIT 1) WHERE act = 4")]
    [InlineData("sqlite", "DELETE FROM receipt WHERE act = 4")]
    [InlineData("postgres", "DELETE FROM receipt WHERE act = 4")]
    public async Task Start_ReceiptsEditedAndFolderGone_SignsAndOpensNothing(string database, string edit)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await fixture.CloseAsync();
        (await fixture.EditAsync(edit)).ShouldBe(1);
        Directory.Delete(fixture.LogFolder, recursive: true);

        await fixture.ReopenAsync();
        await fixture.UntilAsync(log => log.Log.Standing == LogStanding.Forked);

        File.Exists(Path.Combine(fixture.LogFolder, "checkpoint")).ShouldBeFalse();
        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Trouble.ShouldBe(VaultTrouble.Ledger);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Log_KeysOfAThirdOfThePeopleDestroyed_VerifiesAsBefore(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var people = Enumerable.Range(0, 20).Select(_ => Principal.Person(Guid.NewGuid())).ToList();
        foreach (var person in people)
            await fixture.OpenAsync(person, item);
        await fixture.CloseAsync();
        foreach (var person in people.Take(6))
            (await fixture.EditAsync("DELETE FROM salt_key WHERE principal = @person", ("@person", person.Pseudonym))).ShouldBe(1);

        await fixture.ReopenAsync();
        var state = await fixture.PublishedAsync();

        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
        for (var i = 0L; i < state.Checkpoint!.Size; i++)
            (await fixture.Vault.ProofAsync(fixture.Lab, i)).ShouldNotBeNull();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task CreateLab_InAStoreFromBeforeLogs_PublishesAllItsReceipts(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await fixture.SealAsync("text");
        await fixture.CloseAsync();
        await fixture.EditAsync("DELETE FROM log_key");
        await fixture.EditAsync("UPDATE ledger SET origin = NULL");
        await fixture.EditAsync("UPDATE lab SET slug = NULL");
        Directory.Delete(Path.GetDirectoryName(fixture.LogFolder)!, recursive: true);
        await fixture.ReopenAsync();

        await fixture.Vault.CreateLabAsync(fixture.Lab, "lab");

        (await fixture.PublishedAsync()).Checkpoint!.Size.ShouldBe((await fixture.Vault.HeadAsync(fixture.Lab)).Size);
        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
        await Should.ThrowAsync<ArgumentException>(() => fixture.Vault.CreateLabAsync(new LabId(Guid.CreateVersion7()), "lab"));
    }

    [Fact]
    public async Task LogFile_WhatIsNoPathOfALog_GivesNothing()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        await fixture.PublishedAsync();

        foreach (var path in new[] { "../../vault.db", "tile/../checkpoint", "/etc/passwd", "tile/0/000.p/0", "tile/0/000.p/007", "tile/00/000", "tile//000", ".new", "", "checkpoint/", "tile/0/000/../000" })
            (await fixture.Vault.LogFileAsync(fixture.Lab, path)).ShouldBeNull(path);
        foreach (var path in new[] { "checkpoint", "policy" })
            (await fixture.Vault.LogFileAsync(fixture.Lab, path)).ShouldNotBeNull(path);
    }

    private static async Task ManyAsync(VaultFixture fixture, int count) =>
        await Task.WhenAll(Enumerable.Range(0, count).Select(i => fixture.SealAsync($"item {i}")));

    private static Dictionary<string, byte[]> Tiles(string folder) =>
        new LogFolder(folder).Tiles().ToDictionary(path => path, path => File.ReadAllBytes(Path.Combine(folder, path)), StringComparer.Ordinal);

    private static void Damage(string folder, string damage)
    {
        string At(string path) => Path.Combine(folder, path);
        void Cut(string path) => File.WriteAllBytes(path, File.ReadAllBytes(path)[..^1]);
        string Edge(string tiles) => Directory.GetFiles(At($"tile/{tiles}/001.p")).MaxBy(path => int.Parse(Path.GetFileName(path)))!;
        switch (damage)
        {
            case "checkpoint gone":
                File.Delete(At("checkpoint"));
                break;
            case "checkpoint cut":
                Cut(At("checkpoint"));
                break;
            case "edge tile cut":
                Cut(Edge("0"));
                break;
            case "edge bundle gone":
                File.Delete(Edge("entries"));
                break;
            case "full tile gone":
                File.Delete(At("tile/entries/000"));
                break;
            case "full tile cut":
                Cut(At("tile/0/000"));
                break;
            case "file half written":
                File.WriteAllBytes(At(".new/0123456789abcdef"), [1, 2, 3]);
                break;
            case "tile of other receipts beyond the checkpoint":
                File.Copy(Edge("0"), At("tile/0/001"));
                break;
            default:
                Directory.Delete(folder, recursive: true);
                break;
        }
    }
}
