using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>Weights and limits: lowered at once, raised by two, and named by every receipt.</summary>
public sealed class BudgetPolicyTests
{
    private static readonly Principal Second = Principal.Person(Guid.NewGuid());

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task SetPolicy_NothingRaised_HoldsAtOnceAndEveryReceiptNamesIt(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        Facts(await fixture.ReceiptAsync(0)).Policy.IsEmpty.ShouldBeTrue("none was set");

        var set = (await fixture.Vault.SetPolicyAsync(fixture.Lab, Policy.Default with { PersonPerHour = 1 }, fixture.Expert)).ShouldBeOfType<PolicyOutcome.Set>();
        var opened = (await fixture.OpenAsync(await fixture.SealAsync("1"))).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.OpenAsync(await fixture.SealAsync("2"))).ShouldBeOfType<OpenOutcome.Refused>();
        await fixture.ReopenAsync();

        (await fixture.Vault.PolicyAsync(fixture.Lab)).PersonPerHour.ShouldBe(1);
        var change = Facts(await fixture.ReceiptAsync(set.Receipt));
        change.Policy.Length.ShouldBe(32);
        change.Particulars.ShouldBe([new("personPerHour", "1")]);
        Facts(await fixture.ReceiptAsync(opened.Receipt)).Policy.ToArray().ShouldBe(change.Policy.ToArray());
        (await fixture.OpenAsync(await fixture.SealAsync("3"))).ShouldBeOfType<OpenOutcome.Refused>();
    }

    [Theory]
    [InlineData("person")]
    [InlineData("total")]
    [InlineData("weight")]
    [InlineData("rereads")]
    [InlineData("delay")]
    [InlineData("resume")]
    public async Task SetPolicy_AnythingRaised_WaitsForASecondPerson(string what)
    {
        var before = Policy.Default with { PersonTotal = 100, TwoToResume = true };
        await using var fixture = await VaultFixture.CreateAsync("sqlite", before);
        var raised = what switch
        {
            "person" => before with { PersonPerHour = before.PersonPerHour + 1 },
            "total" => before with { PersonTotal = null },
            "weight" => before with { Weights = new Dictionary<RecordKind, int>(before.Weights) { [RecordKind.Gold] = 9 } },
            "rereads" => before with { RereadsPerMinute = before.RereadsPerMinute + 1 },
            "delay" => before with { ShredDelay = TimeSpan.Zero },
            _ => before with { TwoToResume = false },
        };

        var proposed = (await fixture.Vault.SetPolicyAsync(fixture.Lab, raised, fixture.Expert)).ShouldBeOfType<PolicyOutcome.Proposed>().Proposal;

        proposed.Kind.ShouldBe(ProposalKind.RaiseBudget);
        (await fixture.Vault.PolicyAsync(fixture.Lab)).ShouldBe(before);
        (await fixture.Vault.ApproveAsync(fixture.Lab, proposed.Id, fixture.Expert)).ShouldBeOfType<ProposalOutcome.SamePerson>();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task SetPolicy_RaisedAndApproved_ComesIntoForce(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database, Policy.Default with { PersonPerHour = 1 });
        await fixture.OpenAsync(await fixture.SealAsync("1"));
        var item = await fixture.SealAsync("2");
        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Refused>();

        var proposed = (await fixture.Vault.SetPolicyAsync(fixture.Lab, Policy.Default with { PersonPerHour = 2 }, fixture.Expert)).ShouldBeOfType<PolicyOutcome.Proposed>().Proposal;
        (await fixture.Vault.ApproveAsync(fixture.Lab, proposed.Id, Second)).ShouldBeOfType<ProposalOutcome.Accepted>();
        var done = await fixture.ProposalAsync(proposed.Id, ProposalState.Done);

        (await fixture.OpenAsync(item)).ShouldBeOfType<OpenOutcome.Opened>();
        var receipt = await fixture.ReceiptAsync(done.Receipt);
        receipt.Act.ShouldBe(Act.Policy);
        var facts = Facts(receipt);
        facts.Particulars.ShouldContain(new KeyValuePair<string, string>("proposal", proposed.Id.ToString()));
        facts.Particulars.ShouldContain(new KeyValuePair<string, string>("policy", Convert.ToHexStringLower(facts.Policy.Span)), "what was approved is what came into force");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Policy_OlderOnePutInPlaceOfTheOneInForce_IsNotTaken(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await fixture.Vault.SetPolicyAsync(fixture.Lab, Policy.Default with { PersonPerHour = 2_000 }, fixture.Expert);
        await fixture.Vault.SetPolicyAsync(fixture.Lab, Policy.Default with { PersonPerHour = 1_000 }, fixture.Expert);

        // Swapped, by way of what neither of them is.
        (await fixture.EditAsync("CREATE TABLE kept AS SELECT hash, bytes FROM policy")).ShouldBeGreaterThanOrEqualTo(-1);
        (await fixture.EditAsync("UPDATE policy SET bytes = (SELECT k.bytes FROM kept k WHERE k.hash <> policy.hash)")).ShouldBe(2);

        await Should.ThrowAsync<VaultStoreException>(() => fixture.Vault.PolicyAsync(fixture.Lab));
    }

    [Theory]
    [InlineData(-1, 1, "weights")]
    [InlineData(1_001, 1, "weights")]
    [InlineData(1, -1, "personPerHour")]
    [InlineData(1, long.MaxValue, "personPerHour")]
    public async Task SetPolicy_OutOfRange_NamesTheField(int weight, long limit, string field)
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");

        var outcome = await fixture.Vault.SetPolicyAsync(
            fixture.Lab, Policy.Default with { Weights = new Dictionary<RecordKind, int> { [RecordKind.Form] = weight }, PersonPerHour = limit }, fixture.Expert);

        outcome.ShouldBeOfType<PolicyOutcome.Invalid>().Field.ShouldBe(field);
    }

    private static ReceiptFacts Facts(ReceiptEntry receipt) => Receipt.Parse(receipt.What.Span, receipt.Who.Span);
}
