using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Logs;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 4: a node restored to before what was published goes on only with what was published, or says what is gone.</summary>
public sealed class LogRecoveryTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task TakeLeaves_StoreRestoredToAnOlderCopy_OpensAgain(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var earlier = await fixture.RememberAsync();
        for (var i = 0; i < 300; i++)
            await fixture.OpenAsync(item);
        await fixture.CloseAsync();
        await fixture.RestoreAsync(earlier);
        await fixture.ReopenAsync();
        (await fixture.Vault.LogAsync(fixture.Lab)).Standing.ShouldBe(LogStanding.Behind);
        (await Should.ThrowAsync<VaultUnavailableException>(async () => await fixture.OpenAsync(item))).Trouble.ShouldBe(VaultTrouble.Ledger);
        (await Should.ThrowAsync<VaultUnavailableException>(() => fixture.SealAsync("text"))).Trouble.ShouldBe(VaultTrouble.Ledger);
        await fixture.CloseAsync();

        var taken = (await LogRecovery.TakeLeavesAsync(fixture.Options, "lab", new LogFolder(fixture.LogFolder), TestContext.Current.CancellationToken))
            .ShouldBeOfType<LogRecoveryOutcome.Taken>();

        taken.From.ShouldBe(earlier.Size);
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.PublishedAsync()).Standing.ShouldBe(LogStanding.Sound);
        (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
        var lost = await fixture.ReceiptAsync(earlier.Size);
        (lost.Act, lost.Sequence, lost.Records.Count, lost.What.IsEmpty, lost.Who.IsEmpty).ShouldBe((Act.Open, earlier.Size, 0, true, true));
    }

    [Fact]
    public async Task TakeLeaves_PublishedLogChangedOrOther_TakesNone()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        var item = await fixture.SealAsync("text");
        var earlier = await fixture.RememberAsync();
        await fixture.OpenAsync(item);
        await fixture.CloseAsync();
        await fixture.RestoreAsync(earlier);
        var bundle = Directory.GetFiles(Path.Combine(fixture.LogFolder, "tile/entries/000.p")).MaxBy(path => int.Parse(Path.GetFileName(path)))!;
        var bytes = await File.ReadAllBytesAsync(bundle, TestContext.Current.CancellationToken);
        var last = bytes.AsSpan().LastIndexOf("\"open\""u8);
        bytes[last + 1] = (byte)'O';
        await File.WriteAllBytesAsync(bundle, bytes, TestContext.Current.CancellationToken);

        (await TakeAsync(fixture, fixture.LogFolder)).ShouldBeOfType<LogRecoveryOutcome.Refused>();
        (await TakeAsync(fixture, Path.Combine(fixture.LogFolder, "../node"))).ShouldBeOfType<LogRecoveryOutcome.Refused>().Why.ShouldContain("not this log's");
        (await TakeAsync(fixture, Path.Combine(fixture.LogFolder, "../none"))).ShouldBeOfType<LogRecoveryOutcome.Refused>();

        await fixture.ReopenAsync();
        (await fixture.Vault.HeadAsync(fixture.Lab)).Size.ShouldBe(earlier.Size);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task StartNewLog_LeavesLost_NamesTheOldCheckpointAndTheGap(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var earlier = await fixture.RememberAsync();
        await fixture.OpenAsync(item);
        var seen = (await fixture.PublishedAsync()).Checkpoint!.Size;
        await fixture.CloseAsync();
        await fixture.RestoreAsync(earlier);
        Directory.Delete(Path.Combine(fixture.LogFolder, "tile"), recursive: true);
        var remembered = Checkpoint(fixture.LogFolder);
        await fixture.ReopenAsync();
        (await fixture.Vault.LogAsync(fixture.Lab)).Standing.ShouldBe(LogStanding.Behind);
        var lab = await fixture.Door.Node.LabAsync(fixture.Lab, CancellationToken.None);

        var receipt = await fixture.Door.StartNewLogAsync(lab, fixture.Expert, Principal.Person(Guid.NewGuid()));

        receipt.ShouldBe(0);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        await SoundAsync();
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        await SoundAsync();
        remembered.Size.ShouldBeGreaterThanOrEqualTo(seen);
        Checkpoint(fixture.LogFolder).IsSameTreeAs(remembered).ShouldBeTrue("the old log stays as it was published");
        (await Should.ThrowAsync<InvalidOperationException>(() => fixture.Door.StartNewLogAsync(lab, fixture.Expert, fixture.Expert))).ShouldNotBeNull();

        async Task SoundAsync()
        {
            var state = await fixture.PublishedAsync();
            (state.Origin, state.Standing).ShouldBe(("cofferdam.localhost/ledger/lab.2", LogStanding.Sound));
            (await fixture.VerifyLogAsync()).Findings.ShouldBeEmpty();
            var first = await fixture.ReceiptAsync(0);
            (first.Act, first.Principal).ShouldBe((Act.NewLog, fixture.Expert));
            Receipt.Verify(first.Leaf.Span, first.What.Span, first.Who.Span, first.Salt.Span).ShouldBeTrue();
            var said = Receipt.Parse(first.What.Span, first.Who.Span).Particulars.ToDictionary();
            said["oldOrigin"].ShouldBe("cofferdam.localhost/ledger/lab");
            said["oldRoot"].ShouldBe(Convert.ToBase64String(CompactRange.Parse(earlier.Frontier).Root()));
            (said["oldSize"], said["witnessedSize"], said["gap"]).ShouldBe(($"{earlier.Size}", $"{remembered.Size}", $"{remembered.Size - earlier.Size}"));
            (await fixture.ReceiptAsync(1)).Act.ShouldBe(Act.Approve);
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Restart_StoppedVaultThatLostLeaves_BeginsALogInTheNameOfTwo(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var earlier = await fixture.RememberAsync();
        await fixture.OpenAsync(item);
        await fixture.CloseAsync();
        var (first, second) = (Guid.NewGuid(), Guid.NewGuid());
        (await BeginAsync(second)).ShouldBeOfType<LogRestartOutcome.Refused>().Why.ShouldContain("no reason");
        await fixture.RestoreAsync(earlier);
        (await BeginAsync(first)).ShouldBeOfType<LogRestartOutcome.Refused>().Why.ShouldContain("two people");

        (await BeginAsync(second)).ShouldBeOfType<LogRestartOutcome.Begun>().Origin.ShouldBe("cofferdam.localhost/ledger/lab.2");

        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.ReceiptAsync(0)).Principal.Pseudonym.ShouldBe(first);
        (await fixture.ReceiptAsync(1)).Principal.Pseudonym.ShouldBe(second);

        Task<LogRestartOutcome> BeginAsync(Guid approvedBy) => LogRestart.BeginAsync(fixture.Options, "lab", first, approvedBy, TestContext.Current.CancellationToken);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task StartNewLog_UnderASuspension_KeepsItInForce(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await fixture.Vault.SuspendAsync(new SuspendRequest(fixture.Lab, new Scope(ScopeKind.Lab, fixture.Lab.Value), ReasonClass.SecurityIncident, fixture.Expert));
        var earlier = await fixture.RememberAsync();
        await fixture.OpenAsync(item);
        await fixture.CloseAsync();
        await fixture.RestoreAsync(earlier);
        (await fixture.EditAsync("DELETE FROM suspension")).ShouldBe(1);
        await fixture.ReopenAsync();
        await fixture.Door.StartNewLogAsync(await fixture.Door.Node.LabAsync(fixture.Lab, CancellationToken.None), fixture.Expert, Principal.Person(Guid.NewGuid()));
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();

        await fixture.ReopenAsync();

        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.Suspended);
    }

    private static Task<LogRecoveryOutcome> TakeAsync(VaultFixture fixture, string folder) =>
        LogRecovery.TakeLeavesAsync(fixture.Options, "lab", new LogFolder(folder), TestContext.Current.CancellationToken);

    private static Checkpoint Checkpoint(string folder)
    {
        SignedNote.TryParse(File.ReadAllBytes(Path.Combine(folder, "checkpoint")), out var note).ShouldBeTrue();
        Ledger.Checkpoint.TryParse(note!.Text, out var checkpoint).ShouldBeTrue();
        return checkpoint!;
    }
}
