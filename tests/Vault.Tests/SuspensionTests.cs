using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Promise 2: suspension is a point in time.</summary>
public sealed class SuspensionTests
{
    public static TheoryData<string> Databases => VaultFixture.Shapes;

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_Person_StopsThatPersonAloneUntilResumed(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var last = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();

        var suspension = await SuspendAsync(fixture, new Scope(ScopeKind.Person, fixture.Expert.Pseudonym));

        suspension.LastDisclosure.ShouldBe(last.Receipt);
        var refused = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();
        refused.Suspension.ShouldBe(suspension);
        (await fixture.ReceiptAsync(refused.Receipt)).Refusal.ShouldBe(RefusalReason.Suspended);
        (await fixture.OpenAsync(Principal.Person(Guid.NewGuid()), item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.ResumeAsync(fixture.Lab, suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.Resumed>();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.ResumeAsync(fixture.Lab, suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.NotInForce>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_Project_StopsServicesAndExportsTooAndOutlivesARestart(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        await SuspendAsync(fixture, new Scope(ScopeKind.Project, fixture.Project.Value));
        await fixture.ReopenAsync();

        (await fixture.OpenAsync(Principal.Service, item)).ShouldBeOfType<OpenOutcome.Refused>();
        (await fixture.Vault.OpenAsync(new OpenRequest(fixture.Lab, fixture.Project, fixture.Expert, Act.Export, Purpose.Deliver, [item]))).ShouldBeOfType<OpenOutcome.Refused>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_Lab_StillLetsDraftsBeSealed(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await SuspendAsync(fixture, new Scope(ScopeKind.Lab, fixture.Lab.Value));

        var draft = await fixture.SealAsync("half a sentence", RecordKind.Draft);

        (await fixture.OpenAsync(draft)).ShouldBeOfType<OpenOutcome.Refused>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_WhileManyOpen_NothingIsHandedOutAfterItReturns(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var suspended = false;
        var handedOutAfter = 0;
        var handedOutBefore = 0;
        using var stop = new CancellationTokenSource();
        var readers = Enumerable.Range(0, 8).Select(i => Task.Run(async () =>
        {
            var reader = Principal.Person(new Guid(i, 0, 0, new byte[8]));
            while (!stop.IsCancellationRequested)
            {
                var after = Volatile.Read(ref suspended);
                if (await fixture.OpenAsync(reader, item) is OpenOutcome.Opened)
                    Interlocked.Increment(ref after ? ref handedOutAfter : ref handedOutBefore);
            }
        })).ToArray();
        while (Volatile.Read(ref handedOutBefore) < 100)
            await Task.Yield();

        var suspension = await SuspendAsync(fixture, new Scope(ScopeKind.Project, fixture.Project.Value));
        Volatile.Write(ref suspended, true);
        var head = (await fixture.Vault.HeadAsync(fixture.Lab)).Size;
        while ((await fixture.Vault.HeadAsync(fixture.Lab)).Size < head + 50)
            await Task.Yield();
        await stop.CancelAsync();
        await Task.WhenAll(readers);

        handedOutAfter.ShouldBe(0);
        await foreach (var receipt in fixture.Vault.LedgerAsync(fixture.Lab, suspension.LastDisclosure!.Value + 1))
            receipt.Act.ShouldNotBe(Act.Open, "the suspension names the last disclosure before it");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_ThenItsRowDeletedAndARefusalDressedUpAsResumption_StillStopsAfterARestart(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var suspension = await SuspendAsync(fixture, new Scope(ScopeKind.Project, fixture.Project.Value));
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();
        (await fixture.EditAsync("DELETE FROM suspension")).ShouldBe(1);
        (await fixture.EditAsync($"UPDATE receipt SET act = {(int)Act.Resume} WHERE act = {(int)Act.Refuse}")).ShouldBe(1);

        await fixture.ReopenAsync();

        var refused = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();
        refused.Suspension.ShouldBe(suspension);
        (await fixture.Vault.ResumeAsync(fixture.Lab, suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.Resumed>();
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    private static async Task<Suspension> SuspendAsync(VaultFixture fixture, Scope scope) =>
        (await fixture.Vault.SuspendAsync(new SuspendRequest(fixture.Lab, scope, ReasonClass.PlannedPause, fixture.Expert))).Suspension;
}
