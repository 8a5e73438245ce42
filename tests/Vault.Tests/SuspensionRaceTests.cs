using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>64 clients race against suspensions: none wins after one has returned.</summary>
public sealed class SuspensionRaceTests
{
    private const int Clients = 64;

    public static TheoryData<string> Databases => TestStore.Databases;

    [Fact]
    public async Task Suspend_TenThousandTimesAgainst64Clients_NoneOpensAfter()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite", VaultFixture.Unbounded, inMemory: true);
        var item = await fixture.SealAsync("text");

        await RaceAsync(fixture, item, [fixture.Door], rounds: 10_000, opensPerRound: 8);
    }

    [Fact]
    public async Task Suspend_TwoVaultsOnOneStoreAgainst64Clients_NoneOpensAfterAtEither()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres", VaultFixture.Unbounded);
        var item = await fixture.SealAsync("text");
        await using var other = await VaultNode.OpenWithinAsync(fixture.Options, VaultFixture.Caller);

        await RaceAsync(fixture, item, [fixture.Door, other], rounds: 100, opensPerRound: Clients);
    }

    [Fact]
    public async Task Suspend_AtOneOfTwoVaults_StopsTheOtherAndOutlivesBoth()
    {
        await using var fixture = await VaultFixture.CreateAsync("postgres");
        var item = await fixture.SealAsync("text");
        await using var other = await VaultNode.OpenWithinAsync(fixture.Options, VaultFixture.Caller);
        var handedOut = (await other.OpenAsync(Asking(fixture, item, 1))).ShouldBeOfType<OpenOutcome.Opened>();

        var outcome = await fixture.Vault.SuspendAsync(new SuspendRequest(fixture.Lab, new Scope(ScopeKind.Project, fixture.Project.Value), ReasonClass.Other, fixture.Expert));

        (outcome.Acknowledged, outcome.Expired).ShouldBe((2, 0));
        outcome.InFlight.ShouldBe([handedOut.Receipt], "the other process says so with its acknowledgement");
        (await other.OpenAsync(Asking(fixture, item, 1))).ShouldBeOfType<OpenOutcome.Refused>().Suspension.ShouldBe(outcome.Suspension);
        (await other.ResumeAsync(fixture.Lab, outcome.Suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.Resumed>();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    private static async Task RaceAsync(VaultFixture fixture, RecordRef item, VaultDoor[] doors, int rounds, int opensPerRound)
    {
        SuspendOutcome? inForce = null;
        var opened = 0L;
        var after = 0L;
        var begun = 0L;
        using var stop = new CancellationTokenSource();
        // Whichever clients come first: all wait here, so many go into each round.
        using var turns = new SemaphoreSlim(0);
        var clients = Enumerable.Range(0, Clients).Select(i => Task.Run(async () =>
        {
            var door = doors[i % doors.Length];
            var request = Asking(fixture, item, i + 1);
            while (!stop.IsCancellationRequested)
            {
                OpenOutcome.Opened? answer = null;
                try
                {
                    await turns.WaitAsync(stop.Token);
                    Interlocked.Increment(ref begun);
                    answer = await door.OpenAsync(request) as OpenOutcome.Opened;
                }
                catch (OperationCanceledException)
                {
                    return;
                }
                catch (VaultStoreException)
                {
                    // A machine so busy that a batch stands still for half a second: nothing was handed out.
                }

                if (answer is null)
                    continue;
                Interlocked.Increment(ref opened);
                // Set once Suspend has returned, and taken away before Resume is called.
                if (Volatile.Read(ref inForce) is { } now && (answer.Receipt > now.Suspension.Receipt || !now.InFlight.Contains(answer.Receipt)))
                    Interlocked.Increment(ref after);
            }
        })).ToArray();

        for (var round = 0; round < rounds; round++)
        {
            turns.Release(opensPerRound);
            // Before the first of them, between any two, after the last: in turn.
            while (Volatile.Read(ref begun) < (round * (long)opensPerRound) + (round % (opensPerRound + 1)))
                await Task.Yield();
            var scope = (round % 3) switch
            {
                0 => new Scope(ScopeKind.Lab, fixture.Lab.Value),
                1 => new Scope(ScopeKind.Project, fixture.Project.Value),
                _ => new Scope(ScopeKind.Engagement, fixture.Expert.Pseudonym),
            };
            var outcome = await doors[round % doors.Length].SuspendAsync(new SuspendRequest(fixture.Lab, scope, ReasonClass.Other, fixture.Expert));
            Volatile.Write(ref inForce, outcome);
            if (round % 16 == 0)
                (await doors[^1].OpenAsync(Asking(fixture, item, 0))).ShouldBeOfType<OpenOutcome.Refused>();
            Volatile.Write(ref inForce, null);
            (await doors[(round / 2) % doors.Length].ResumeAsync(fixture.Lab, outcome.Suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.Resumed>();
        }

        await stop.CancelAsync();
        await Task.WhenAll(clients);
        after.ShouldBe(0);
        // How many get in before is the machine's affair; that some do makes it a race.
        opened.ShouldBeGreaterThan(0);
        await NothingBetweenAsync(fixture, rounds);
    }

    /// <summary>The ledger says so, too: between a suspension and its resumption there is no disclosure.</summary>
    private static async Task NothingBetweenAsync(VaultFixture fixture, int rounds)
    {
        var (suspended, seen) = (false, 0);
        await foreach (var receipt in fixture.Vault.LedgerAsync(fixture.Lab))
        {
            (suspended && receipt.Act == Act.Open).ShouldBeFalse($"receipt {receipt.Sequence}");
            suspended = receipt.Act == Act.Suspend || (suspended && receipt.Act != Act.Resume);
            seen += receipt.Act == Act.Suspend ? 1 : 0;
        }

        seen.ShouldBe(rounds);
    }

    private static OpenRequest Asking(VaultFixture fixture, RecordRef item, int person) => new(
        fixture.Lab, fixture.Project, Principal.Person(new Guid(person, 0, 0, new byte[8]), fixture.Expert.Pseudonym), Act.Open, Purpose.Task, [item]);
}
