using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>What a suspension covers, what a drill does, who lifts it, and how it is shown to have held.</summary>
public sealed class SuspensionScopeTests
{
    private static readonly Guid Vendor = Guid.NewGuid(), OtherVendor = Guid.NewGuid(), Recipient = Guid.NewGuid(), OtherRecipient = Guid.NewGuid();

    public static TheoryData<string> Databases => TestStore.Databases;

    public static TheoryData<string, ScopeKind, bool> Scopes
    {
        get
        {
            TheoryData<string, ScopeKind, bool> scopes = [];
            foreach (var database in TestStore.Databases)
            {
                foreach (var kind in (ScopeKind[])[ScopeKind.Engagement, ScopeKind.Process, ScopeKind.Export, ScopeKind.Model])
                    scopes.Add(database, kind, false);
                scopes.Add(database, ScopeKind.Export, true);
                scopes.Add(database, ScopeKind.Model, true);
            }

            return scopes;
        }
    }

    [Theory, MemberData(nameof(Scopes))]
    public async Task Suspend_Scope_StopsWhatLiesInItAloneAndNamesTheLastDisclosureThere(string database, ScopeKind kind, bool any)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var (inside, outside) = kind switch
        {
            ScopeKind.Engagement => (Asking(fixture, item, engagement: Vendor), Asking(fixture, item, engagement: OtherVendor)),
            ScopeKind.Process => (Asking(fixture, item), null),
            ScopeKind.Export => (Asking(fixture, item, Act.Export, Recipient), any ? Asking(fixture, item, Act.Send, Recipient) : Asking(fixture, item, Act.Export, OtherRecipient)),
            _ => (Asking(fixture, item, Act.Send, Recipient), any ? Asking(fixture, item, Act.Export, Recipient) : Asking(fixture, item, Act.Send, OtherRecipient)),
        };
        var scope = new Scope(kind, any ? Guid.Empty : kind switch
        {
            ScopeKind.Engagement => Vendor,
            ScopeKind.Process => fixture.Vault.Identity.Process,
            _ => Recipient,
        });
        var last = (await fixture.Vault.OpenAsync(inside)).ShouldBeOfType<OpenOutcome.Opened>();
        if (outside is not null)
            (await fixture.Vault.OpenAsync(outside)).ShouldBeOfType<OpenOutcome.Opened>();

        var outcome = await fixture.Vault.SuspendAsync(new SuspendRequest(fixture.Lab, scope, ReasonClass.SecurityIncident, fixture.Expert));

        outcome.Suspension.LastDisclosure.ShouldBe(last.Receipt);
        outcome.InFlight.ShouldBe([last.Receipt]);
        var refused = (await fixture.Vault.OpenAsync(inside)).ShouldBeOfType<OpenOutcome.Refused>();
        refused.Reason.ShouldBe(RefusalReason.Suspended);
        refused.Suspension.ShouldBe(outcome.Suspension);
        if (outside is not null)
            (await fixture.Vault.OpenAsync(outside)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.ResumeAsync(fixture.Lab, outcome.Suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.Resumed>();
        (await fixture.Vault.OpenAsync(inside)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_AsADrill_StopsNothingAndCountsWhatItWouldHave(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var request = new SuspendRequest(fixture.Lab, new Scope(ScopeKind.Person, fixture.Expert.Pseudonym), ReasonClass.PlannedPause, fixture.Expert, Drill: true);

        var drill = (await fixture.Vault.SuspendAsync(request)).Suspension;

        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.OpenAsync(Principal.Person(Guid.NewGuid()), item)).ShouldBeOfType<OpenOutcome.Opened>();
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.SuspensionsAsync(fixture.Lab)).ShouldBe([drill]);
        var proof = (await fixture.Vault.SuspensionProofAsync(fixture.Lab, drill.Id)).ShouldNotBeNull();
        proof.WouldHaveRefused.ShouldBe(2);
        proof.DisclosedAfter.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Resume_WhereItTakesTwo_WaitsForASecondPersonWhateverTheRowsSay(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await using var node = await TwoToResumeAsync(fixture);
        var (first, second) = (Principal.Person(Guid.NewGuid()), Principal.Person(Guid.NewGuid()));
        Suspension suspension;
        await using (var door = await node.ConnectAsync(VaultFixture.Caller, ownProcess: true))
        {
            suspension = (await door.SuspendAsync(Pause(fixture, ScopeKind.Lab, fixture.Lab.Value))).Suspension;
            (await door.ResumeAsync(fixture.Lab, suspension.Id, first)).ShouldBeOfType<ResumeOutcome.SecondPersonNeeded>();
            (await door.ResumeAsync(fixture.Lab, suspension.Id, first)).ShouldBeOfType<ResumeOutcome.SamePerson>();
        }

        await node.DisposeAsync();
        await using var again = await TwoToResumeAsync(fixture);
        await using var later = await again.ConnectAsync(VaultFixture.Caller, ownProcess: true);

        (await later.SuspensionsAsync(fixture.Lab)).Single().ResumeBy.ShouldBe(first.Pseudonym, "its receipt says so");
        (await later.ResumeAsync(fixture.Lab, suspension.Id, first)).ShouldBeOfType<ResumeOutcome.SamePerson>();
        (await later.ResumeAsync(fixture.Lab, suspension.Id, second)).ShouldBeOfType<ResumeOutcome.Resumed>();
        (await later.ResumeAsync(fixture.Lab, suspension.Id, second)).ShouldBeOfType<ResumeOutcome.NotInForce>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspend_UntilATime_EndsByItself(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var item = await fixture.SealAsync("text");
        var until = clock.GetUtcNow() + TimeSpan.FromHours(1);
        var suspension = (await fixture.Vault.SuspendAsync(Pause(fixture, ScopeKind.Lab, fixture.Lab.Value) with { Until = until })).Suspension;
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();

        clock.Advance(TimeSpan.FromHours(1));

        var opened = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.Vault.SuspensionsAsync(fixture.Lab)).ShouldBeEmpty();
        (await fixture.Vault.ResumeAsync(fixture.Lab, suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.NotInForce>();
        var proof = (await fixture.Vault.SuspensionProofAsync(fixture.Lab, suspension.Id)).ShouldNotBeNull();
        (proof.Ended, proof.Until).ShouldBe((null, opened.Receipt - 1));
        proof.DisclosedAfter.ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SuspensionProof_OfALiftedOne_LooksAtEveryReceiptBetweenAndFindsWhatIsPutThere(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("text");
        var before = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        var suspension = (await fixture.Vault.SuspendAsync(Pause(fixture, ScopeKind.Person, fixture.Expert.Pseudonym))).Suspension;
        var refused = (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();
        var others = (await fixture.OpenAsync(Principal.Person(Guid.NewGuid()), item)).ShouldBeOfType<OpenOutcome.Opened>();
        var resumed = (await fixture.Vault.ResumeAsync(fixture.Lab, suspension.Id, fixture.Expert)).ShouldBeOfType<ResumeOutcome.Resumed>();
        await fixture.OpenAsync(item);

        var proof = (await fixture.Vault.SuspensionProofAsync(fixture.Lab, suspension.Id)).ShouldNotBeNull();

        (proof.Receipt, proof.LastDisclosure, proof.Until, proof.Ended).ShouldBe((suspension.Receipt, before.Receipt, resumed.Receipt - 1, resumed.Receipt));
        proof.DisclosedAfter.ShouldBeEmpty();
        // A disclosure in scope, dressed up as a refusal in the columns that queries go by.
        var entry = await fixture.ReceiptAsync(before.Receipt);
        await fixture.EditAsync(
            "UPDATE receipt SET leaf = @leaf, what = @what, who = @who WHERE act = 2",
            ("@leaf", entry.Leaf.ToArray()), ("@what", entry.What.ToArray()), ("@who", entry.Who.ToArray()));
        (await fixture.Vault.SuspensionProofAsync(fixture.Lab, suspension.Id))!.DisclosedAfter.ShouldBe([refused.Receipt]);
        (await fixture.Vault.SuspensionProofAsync(fixture.Lab, Guid.NewGuid())).ShouldBeNull();
        others.Receipt.ShouldBeLessThan(resumed.Receipt);
    }

    private static async Task<VaultNode> TwoToResumeAsync(VaultFixture fixture)
    {
        await fixture.CloseAsync();
        return await VaultNode.OpenAsync(fixture.Options with { Policy = Policy.Default with { TwoToResume = true } });
    }

    private static SuspendRequest Pause(VaultFixture fixture, ScopeKind kind, Guid id) =>
        new(fixture.Lab, new Scope(kind, id), ReasonClass.PlannedPause, fixture.Expert);

    private static OpenRequest Asking(VaultFixture fixture, RecordRef item, Act act = Act.Open, Guid? destination = null, Guid? engagement = null) => new(
        fixture.Lab, fixture.Project, fixture.Expert with { Engagement = engagement }, act, act == Act.Open ? Purpose.Task : Purpose.Deliver, [item], Destination: destination);
}
