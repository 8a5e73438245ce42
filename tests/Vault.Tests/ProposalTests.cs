using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Acts that take two people: who may approve, and what an edited row is worth.</summary>
public sealed class ProposalTests
{
    private static readonly Principal Second = Principal.Person(Guid.NewGuid());

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Approve_ByWhoeverProposed_IsRefusedAndBySomebodyElseSetsItsTime(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var proposal = await fixture.ProposeAsync(fixture.Lab, ProposalKind.ShredProject, fixture.Project.Value);

        (await fixture.Vault.ApproveAsync(fixture.Lab, proposal.Id, fixture.Expert)).ShouldBeOfType<ProposalOutcome.SamePerson>();
        await Should.ThrowAsync<ArgumentException>(() => fixture.Vault.ApproveAsync(fixture.Lab, proposal.Id, Principal.Service));
        var approved = (await fixture.Vault.ApproveAsync(fixture.Lab, proposal.Id, Second)).ShouldBeOfType<ProposalOutcome.Accepted>().Proposal;

        approved.State.ShouldBe(ProposalState.Approved);
        approved.EffectiveAt!.Value.ShouldBe(clock.GetUtcNow().AddHours(24), TimeSpan.FromSeconds(1));
        (await fixture.Vault.ProposalsAsync(fixture.Lab)).ShouldBe([approved]);
        (await fixture.Vault.ApproveAsync(fixture.Lab, proposal.Id, Principal.Person(Guid.NewGuid()))).ShouldBeOfType<ProposalOutcome.NotOpen>();
        var receipt = await fixture.ReceiptAsync(approved.Receipt);
        receipt.Act.ShouldBe(Act.Approve);
        receipt.Principal.ShouldBe(Second);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Withdraw_BeforeItsTime_EndsItForGood(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var item = await fixture.SealAsync("kept");
        var proposal = await fixture.ProposeAsync(fixture.Lab, ProposalKind.ShredProject, fixture.Project.Value);
        await fixture.Vault.ApproveAsync(fixture.Lab, proposal.Id, Second);

        (await fixture.Vault.WithdrawAsync(fixture.Lab, proposal.Id, fixture.Expert)).ShouldBeOfType<ProposalOutcome.Accepted>();
        clock.Advance(TimeSpan.FromHours(25));
        // As somebody with the database's password would have it back.
        await fixture.EditAsync($"UPDATE proposal SET state = {(int)ProposalState.Approved}");
        await fixture.ReopenAsync();

        (await fixture.ProposalAsync(proposal.Id, ProposalState.Withdrawn)).State.ShouldBe(ProposalState.Withdrawn);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory]
    [InlineData("sqlite", "approver = @other, state = 2, effective_at = 0, approved = receipt")]
    [InlineData("postgres", "approver = @other, state = 2, effective_at = 0, approved = receipt")]
    public async Task Proposal_ApprovedByEditingItsRow_IsNotCarriedOut(string database, string edit)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("kept");
        var proposal = await fixture.ProposeAsync(fixture.Lab, ProposalKind.ShredProject, fixture.Project.Value);

        (await fixture.EditAsync($"UPDATE proposal SET {edit}", ("@other", Second.Pseudonym))).ShouldBe(1);
        await fixture.ReopenAsync();

        await fixture.ProposalAsync(proposal.Id, ProposalState.Withdrawn);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Proposal_SubjectOrTimeEditedAfterApproval_IsNotCarriedOut(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        var item = await fixture.SealAsync("kept");
        var early = await fixture.ProposeAsync(fixture.Lab, ProposalKind.ShredProject, fixture.Project.Value);
        await fixture.Vault.ApproveAsync(fixture.Lab, early.Id, Second);

        (await fixture.EditAsync("UPDATE proposal SET effective_at = 0")).ShouldBe(1);
        await fixture.ReopenAsync();

        await fixture.ProposalAsync(early.Id, ProposalState.Withdrawn);
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Proposal_BehindOneOfALabWithoutItsCustodian_IsCarriedOut(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var (vault, other) = (fixture.Vault, new LabId(Guid.CreateVersion7()));
        await vault.CreateLabAsync(other, "other");
        var item = await fixture.SealAsync("text");
        await ApproveAsync(fixture.Lab);
        clock.Advance(TimeSpan.FromSeconds(1));
        var behind = await ApproveAsync(other);

        File.Delete(Path.Combine(fixture.Options.KeyFolder, $"{fixture.Lab}.key"));
        (await fixture.UntilTroubleAsync(item)).ShouldBe(VaultTrouble.Custodian);
        clock.Advance(TimeSpan.FromHours(25));
        fixture.Door.Node.Clock.Wake();

        while ((await vault.ProposalsAsync(other)).Single() is { GoneAt: null })
            await Task.Yield();
        (await vault.ProposalsAsync(other)).Single().ShouldSatisfyAllConditions(
            done => done.Id.ShouldBe(behind), done => done.State.ShouldBe(ProposalState.Done));

        async Task<Guid> ApproveAsync(LabId lab)
        {
            var proposal = await fixture.ProposeAsync(lab, ProposalKind.ShredLab, null);
            (await vault.ApproveAsync(lab, proposal.Id, Second)).ShouldBeOfType<ProposalOutcome.Accepted>();
            return proposal.Id;
        }
    }
}
