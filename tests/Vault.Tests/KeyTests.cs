using System.Text;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Rotation, change of custodian, resealing: what was sealed opens, before, during and after.</summary>
public sealed class KeyTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Rotate_While64OpenAndSeal_NoneFails(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, VaultFixture.Unbounded);
        var item = await fixture.SealAsync("text");
        using var stop = new CancellationTokenSource();
        var acts = 0;
        var clients = Enumerable.Range(0, 64).Select(_ => Task.Run(async () =>
        {
            while (!stop.IsCancellationRequested)
            {
                // Each time somebody new: their salt keys are made while lab keys change.
                var person = Principal.Person(Guid.NewGuid());
                (await fixture.OpenAsync(person, item)).ShouldBeOfType<OpenOutcome.Opened>();
                (await fixture.OpenAsync(person, await fixture.SealAsync("more"))).ShouldBeOfType<OpenOutcome.Opened>();
                Interlocked.Increment(ref acts);
            }
        })).ToArray();

        for (var rotation = 0; rotation < 5; rotation++)
        {
            var before = Volatile.Read(ref acts);
            await fixture.Vault.RotateAsync(fixture.Lab, fixture.Expert);
            await fixture.Vault.CreateProjectAsync(fixture.Lab, ProjectId.New());
            while (Volatile.Read(ref acts) < before + 64 && !clients.Any(client => client.IsFaulted))
                await Task.Yield();
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.KeysAsync(fixture.Lab)).Projects.ShouldBe(6);
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>().Erased.ShouldBe(0);
        (await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab, Acts: [Act.Rotate]))).Count.ShouldBe(5);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task ChangeCustodian_ToASealedKeyFileAndBack_OpensWhatWasSealedBeforeWithoutTheOldOne(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var sealedBefore = await fixture.SealedAsync(item);
        await fixture.ReopenAsync(fixture.WithPassphrase("correct horse"));

        (await fixture.Vault.ChangeCustodianAsync(fixture.Lab, "pkcs11", fixture.Expert)).ShouldBeOfType<KeyOutcome.UnknownCustodian>();
        var receipt = (await fixture.Vault.ChangeCustodianAsync(fixture.Lab, "file+passphrase", fixture.Expert)).ShouldBeOfType<KeyOutcome.Done>().Receipt;

        (await fixture.ReceiptAsync(receipt)).Act.ShouldBe(Act.ChangeCustodian);
        File.Delete(Path.Combine(fixture.Options.KeyFolder, $"{fixture.Lab}.key"));
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.SealedAsync(item)).ShouldBe(sealedBefore, "nothing was re-encrypted");
        var state = await fixture.Vault.KeysAsync(fixture.Lab);
        (state.Custodian, state.Reachable).ShouldBe(("file+passphrase", true));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reseal_WhileOthersOpenAndSeal_LeavesNothingUnderTheOldKey(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, VaultFixture.Unbounded);
        List<RecordRef> items = [];
        for (var i = 0; i < 300; i++)
            items.Add(await fixture.SealAsync($"{i}", i % 2 == 0 ? RecordKind.Item : RecordKind.GuidelineSection));
        await fixture.SealAsync(items[0], "0");
        var print = (await fixture.Vault.FingerprintAsync(fixture.Lab, fixture.Project, ["x"u8.ToArray()])).Single();
        using var stop = new CancellationTokenSource();
        var clients = Enumerable.Range(0, 8).Select(client => Task.Run(async () =>
        {
            for (var i = client; !stop.IsCancellationRequested; i = (i + 7) % items.Count)
            {
                var opened = (await fixture.OpenAsync(items[i])).ShouldBeOfType<OpenOutcome.Opened>();
                Encoding.UTF8.GetString(opened.Records.Single().Plaintext.Span).ShouldBe($"{i}");
                await fixture.SealAsync(items[i], $"{i}");
            }
        })).ToArray();

        ResealStep step;
        var resealed = 0;
        do
        {
            step = await fixture.Vault.ResealAsync(fixture.Lab, fixture.Project, fixture.Expert);
            resealed += step.Resealed;
        }
        while (step.Left > 0);
        await stop.CancelAsync();
        await Task.WhenAll(clients);

        resealed.ShouldBeGreaterThanOrEqualTo(300);
        (await fixture.CountAsync("SELECT count(*) FROM project_key WHERE retired = 1")).ShouldBe(0);
        (await fixture.CountAsync("SELECT (SELECT count(DISTINCT key) FROM record) + (SELECT count(DISTINCT key) FROM record_history)")).ShouldBe(2);
        (await fixture.Vault.FingerprintAsync(fixture.Lab, fixture.Project, ["x"u8.ToArray()])).Single().ShouldBe(print);
        await fixture.ReopenAsync();
        foreach (var item in items)
            (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        var lines = (await fixture.ReceiptAsync(step.Receipt!.Value)).Records;
        lines.Count.ShouldBe(2 * step.Resealed);
        lines.Chunk(2).Any(pair => pair[0].Id != pair[1].Id || pair[0].Version != pair[1].Version || pair[0].ContentId.Span.SequenceEqual(pair[1].ContentId.Span)).ShouldBeFalse();
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Open_CustodianGoneWhileRunning_FailsClosedUntilItIsBack(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var file = Path.Combine(fixture.Options.KeyFolder, $"{fixture.Lab}.key");

        File.Move(file, file + ".away");

        (await fixture.UntilTroubleAsync(item)).ShouldBe(VaultTrouble.Custodian);
        (await fixture.Vault.KeysAsync(fixture.Lab)).Reachable.ShouldBeFalse();
        File.Move(file + ".away", file);
        await fixture.UntilOpenedAsync(item);
    }

    [Fact]
    public async Task Open_CustodianChangedByAnotherVaultAndThenGone_FailsClosedThoughTheOldOneIsThere()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres", VaultFixture.Unbounded);
        var item = await fixture.SealAsync("text");
        await fixture.ReopenAsync(fixture.WithPassphrase("correct horse"));
        await using var other = await VaultNode.OpenWithinAsync(fixture.Options, VaultFixture.Caller);
        var asking = new OpenRequest(fixture.Lab, fixture.Project, fixture.Expert, Act.Open, Purpose.Task, [item]);
        (await other.OpenAsync(asking)).ShouldBeOfType<OpenOutcome.Opened>();

        (await fixture.Vault.ChangeCustodianAsync(fixture.Lab, "file+passphrase", fixture.Expert)).ShouldBeOfType<KeyOutcome.Done>();
        foreach (var file in Directory.GetFiles(fixture.Options.KeyFolder, $"{fixture.Lab}.*").Where(file => Path.GetFileName(file) != $"{fixture.Lab}.key"))
            File.Delete(file);

        VaultTrouble? trouble = null;
        while (trouble is null)
        {
            TestContext.Current.CancellationToken.ThrowIfCancellationRequested();
            try
            {
                await other.OpenAsync(asking);
            }
            catch (VaultUnavailableException e)
            {
                trouble = e.Trouble;
            }
        }

        trouble.ShouldBe(VaultTrouble.Custodian);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Recover_CustodianLost_OpensWithSharesAloneAndSaysSoInTheLedger(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var earlier = await fixture.Vault.MakeRecoveryKeyAsync(fixture.Lab, 3, 2, fixture.Expert);
        var set = await fixture.Vault.MakeRecoveryKeyAsync(fixture.Lab, 3, 2, fixture.Expert);
        await fixture.Vault.RotateAsync(fixture.Lab, fixture.Expert);
        (await fixture.Vault.KeysAsync(fixture.Lab)).Recovery.ShouldNotBeNull().Threshold.ShouldBe(2);
        await fixture.CloseAsync();
        foreach (var file in Directory.GetFiles(fixture.Options.KeyFolder, $"{fixture.Lab}.*"))
            File.Delete(file);
        var to = CustodianChoice.Parse("file");

        (await KeyRecovery.RecoverAsync(fixture.Options, fixture.Lab, [set.Shares[0]], to)).ShouldBeOfType<RecoverOutcome.SharesDoNotFit>();
        (await KeyRecovery.RecoverAsync(fixture.Options, fixture.Lab, [.. earlier.Shares], to)).ShouldBeOfType<RecoverOutcome.SharesDoNotFit>();
        (await KeyRecovery.RecoverAsync(fixture.Options, fixture.Lab, [set.Shares[2], set.Shares[0]], to)).ShouldBeOfType<RecoverOutcome.Recovered>();

        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab, Acts: [Act.Recovery]))).Count.ShouldBe(3, "twice made, once used");
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>();
    }
}
