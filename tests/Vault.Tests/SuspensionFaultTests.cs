using System.Diagnostics;
using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Vault processes that stand still or are killed, and stores that are slow, full, read-only or gone.</summary>
public sealed class SuspensionFaultTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Fact]
    public async Task Sigstop_PastTheLeaseThenSigcont_HandsOutNothingAfterTheSuspension()
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "Signals, and timestamps that two processes can compare.");
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        using var process = fixture.StartProcess(item);
        for (var round = 0; round < 10; round++)
        {
            await process.AnswersAsync(20 + (7 * round));
            process.Freeze();

            var outcome = await fixture.Vault.SuspendAsync(new SuspendRequest(
                fixture.Lab, new Scope(ScopeKind.Project, fixture.Project.Value), ReasonClass.SecurityIncident, fixture.Expert));

            var returned = Stopwatch.GetTimestamp();
            (outcome.Acknowledged, outcome.Expired).ShouldBe((1, 1));
            process.Thaw();
            await process.RefusalsAsync(20);
            foreach (var (receipt, at) in process.Opened)
            {
                at.ShouldBeLessThan(returned, $"receipt {receipt}");
                receipt.ShouldBeLessThanOrEqualTo(outcome.Suspension.LastDisclosure!.Value);
            }

            (await fixture.Vault.SuspensionProofAsync(fixture.Lab, outcome.Suspension.Id))!.DisclosedAfter.ShouldBeEmpty();
            process.Opened.Clear();
            await fixture.Vault.ResumeAsync(fixture.Lab, outcome.Suspension.Id, fixture.Expert);
        }

        await process.KillAsync();
        await VerifyAsync(fixture);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task KillMinusNine_AtTwentyRandomInstants_EveryHandOutHasItsReceipt(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var random = new Random();
        for (var kill = 0; kill < 20; kill++)
        {
            await fixture.CloseAsync();
            using var process = fixture.StartProcess(item);
            await process.AnswersAsync(random.Next(1, 200));
            await process.KillAsync();
            await fixture.ReopenAsync();

            foreach (var (receipt, _) in process.Opened)
            {
                var entry = await fixture.ReceiptAsync(receipt);
                entry.Act.ShouldBe(Act.Open);
                entry.Records.Single().Id.ShouldBe(item.Id);
            }

            process.Opened.ShouldNotBeEmpty();
        }

        await VerifyAsync(fixture);
    }

    [Fact]
    public async Task KillMinusNine_OfOneOfTwoVaults_HoldsNoSuspensionUpAndLeavesNothingLocked()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        using var process = fixture.StartProcess(item);
        await process.AnswersAsync(50);
        await process.KillAsync();

        var outcome = await fixture.Vault.SuspendAsync(new SuspendRequest(fixture.Lab, new Scope(ScopeKind.Lab, fixture.Lab.Value), ReasonClass.Other, fixture.Expert));

        (outcome.Acknowledged, outcome.Expired).ShouldBe((1, 1));
        process.Opened.ShouldAllBe(handOut => handOut.Receipt <= outcome.Suspension.LastDisclosure);
    }

    [Fact]
    public async Task Open_ReceiptStoreSlow_HandsOutNoSoonerThanTheReceiptIsDurableAndNotAfterASuspension()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        await fixture.EditAsync(
            """
            CREATE FUNCTION slow() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_sleep(0.2); RETURN NEW; END $$;
            CREATE TRIGGER slow BEFORE INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION slow()
            """);
        var before = (await fixture.Vault.HeadAsync(fixture.Lab)).Size;
        var opening = fixture.OpenAsync(item).AsTask();

        var suspension = (await fixture.Vault.SuspendAsync(new SuspendRequest(fixture.Lab, new Scope(ScopeKind.Lab, fixture.Lab.Value), ReasonClass.Other, fixture.Expert)));

        // Which of the two the sequencer took first is chance; what each then is is not.
        var outcome = await opening;
        if (outcome is OpenOutcome.Opened)
            suspension.InFlight.ShouldBe([before]);
        else
            outcome.ShouldBeOfType<OpenOutcome.Refused>().Suspension.ShouldBe(suspension.Suspension);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();
    }

    [Fact]
    public async Task Open_StoreStoppedInTheMiddleOfABatch_HandsOutNothing()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        var size = (await fixture.Vault.HeadAsync(fixture.Lab)).Size;
        // The writer's session ends at the very step that writes the receipt.
        await fixture.EditAsync(
            """
            CREATE FUNCTION ends() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN PERFORM pg_terminate_backend(pg_backend_pid()); RETURN NEW; END $$;
            CREATE TRIGGER ends AFTER INSERT ON receipt FOR EACH ROW EXECUTE FUNCTION ends()
            """);
        var unseals = (await fixture.Vault.FiguresAsync()).Unseals;

        await Should.ThrowAsync<VaultStoreException>(async () => await fixture.OpenAsync(item));

        (await fixture.Vault.FiguresAsync()).Unseals.ShouldBe(unseals);
        await fixture.EditAsync("DROP TRIGGER ends ON receipt");
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>().Receipt.ShouldBe(size);
    }

    [Fact]
    public async Task Open_StoreReadOnly_HandsOutNothingUntilItIsNot()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        var unseals = (await fixture.Vault.FiguresAsync()).Unseals;
        await fixture.EditAsync("DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = on', current_database()); END $$");
        await EndSessionsAsync(fixture);

        for (var i = 0; i < 3; i++)
            await Should.ThrowAsync<VaultStoreException>(async () => await fixture.OpenAsync(item));

        (await fixture.Vault.FiguresAsync()).Unseals.ShouldBe(unseals);
        await fixture.EditAsync(
            "BEGIN READ WRITE; DO $$ BEGIN EXECUTE format('ALTER DATABASE %I SET default_transaction_read_only = off', current_database()); END $$; COMMIT");
        await EndSessionsAsync(fixture);
        // Sessions that were ended are found out one after the other.
        await fixture.UntilOpenedAsync(item);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_StoreFull_ThrowsAndStopsNothingThatItDidNotWrite(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await fixture.BreakAsync("suspension");
        var request = new SuspendRequest(fixture.Lab, new Scope(ScopeKind.Lab, fixture.Lab.Value), ReasonClass.Other, fixture.Expert);

        await Should.ThrowAsync<VaultStoreException>(() => fixture.Vault.SuspendAsync(request));

        (await fixture.Vault.SuspensionsAsync(fixture.Lab)).ShouldBeEmpty();
        await fixture.MendAsync("suspension");
        await fixture.Vault.SuspendAsync(request);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();
    }

    private static Task<int> EndSessionsAsync(VaultFixture fixture) => fixture.EditAsync(
        "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'cofferdam-vault' AND datname = current_database()");

    private static async Task VerifyAsync(VaultFixture fixture)
    {
        var head = await fixture.Vault.HeadAsync(fixture.Lab);
        (await LedgerVerification.VerifyAsync(
            fixture.Vault.LedgerAsync(fixture.Lab).Select(r => new LedgerEntry(r.Leaf, r.What, r.Who, r.Salt)), head.Size, head.Root)).ShouldBeOfType<LedgerFinding.Sound>();
    }
}
