using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>What was shredded is gone, here and in copies; the ledger verifies as before.</summary>
public sealed class ShredTests
{
    private static readonly Principal Second = Principal.Person(Guid.NewGuid());

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task ShredProject_ThenItsKeysPutBackFromACopy_OpensNothingOfItAndAllOfTheRest(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var other = ProjectId.New();
        await fixture.Vault.CreateProjectAsync(fixture.Lab, other);
        var gone = await fixture.SealAsync("gone");
        var kept = await fixture.SealAsync("kept", project: other);
        await fixture.OpenAsync(gone);
        // Root keys of earlier rotations are still with the custodian, and a copy from then is wrapped under them.
        await fixture.EditAsync("CREATE TABLE old_lab AS SELECT * FROM lab");
        await fixture.EditAsync("CREATE TABLE old_key AS SELECT * FROM project_key");
        await fixture.Vault.RotateAsync(fixture.Lab, fixture.Expert);

        var proposal = await fixture.ShredAsync(ProposalKind.ShredProject, fixture.Project.Value, Second, clock);

        var refused = (await fixture.OpenAsync(gone)).ShouldBeOfType<OpenOutcome.Refused>();
        refused.Reason.ShouldBe(RefusalReason.NotFound);
        (await fixture.ReceiptAsync(refused.Receipt)).Refusal.ShouldBe(RefusalReason.NotFound);
        await Should.ThrowAsync<InvalidOperationException>(async () => await fixture.Vault.FingerprintAsync(fixture.Lab, fixture.Project, ["x"u8.ToArray()]));
        (await OpenOtherAsync()).ShouldBeOfType<OpenOutcome.Opened>();
        var receipt = await fixture.ReceiptAsync(proposal.Receipt);
        receipt.Act.ShouldBe(Act.Shred);
        Receipt.Parse(receipt.What.Span, receipt.Who.Span).Particulars.ShouldContain(one => one.Key == "goneAt");
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>();
        Directory.GetFiles(fixture.Options.KeyFolder, $"{fixture.Lab}.*key").Length.ShouldBe(1, "root keys of every copy are destroyed");

        // The copy, as it was: lab key and project keys of before.
        await fixture.CloseAsync();
        await fixture.EditAsync("DELETE FROM project_key");
        await fixture.EditAsync("INSERT INTO project_key SELECT * FROM old_key");
        await fixture.EditAsync(
            """
            UPDATE lab SET key = (SELECT key FROM old_lab o WHERE o.number = lab.number), wrapped = (SELECT wrapped FROM old_lab o WHERE o.number = lab.number),
                root = (SELECT root FROM old_lab o WHERE o.number = lab.number)
            """);
        await Should.ThrowAsync<VaultUnavailableException>(() => VaultNode.OpenAsync(fixture.Options));

        ValueTask<OpenOutcome> OpenOtherAsync() =>
            fixture.Vault.OpenAsync(new OpenRequest(fixture.Lab, other, fixture.Expert, Act.Open, Purpose.Task, [kept]));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task ShredLab_AfterItsTime_RefusesEverythingAndKeepsTheLedger(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var gone = await fixture.SealAsync("gone");

        var proposal = await fixture.ShredAsync(ProposalKind.ShredLab, null, Second, clock);

        proposal.GoneAt.ShouldNotBeNull();
        (await fixture.OpenAsync(gone)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotFound);
        await fixture.ReopenAsync();
        (await fixture.OpenAsync(gone)).ShouldBeOfType<OpenOutcome.Refused>();
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>().Erased.ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task ErasePerson_ThirtyPercentOfThePeople_LedgerVerifiesAndOnlyTheirReceiptsSayNothing(string database)
    {
        var clock = new ManualClock();
        await using var fixture = await VaultFixture.CreateAsync(database, time: clock);
        var item = await fixture.SealAsync("text");
        var people = Enumerable.Range(0, 10).Select(_ => Principal.Person(Guid.NewGuid())).ToList();
        foreach (var person in people)
        {
            for (var i = 0; i < 3; i++)
                await fixture.OpenAsync(person, item);
        }

        var erased = people.Take(3).ToList();
        foreach (var person in erased)
            await fixture.ShredAsync(ProposalKind.ErasePerson, person.Pseudonym, Second, clock);
        // Met again, they are somebody new to the ledger.
        var again = (await fixture.OpenAsync(erased[0], item)).ShouldBeOfType<OpenOutcome.Opened>();

        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>().Erased.ShouldBe(9);
        await fixture.ReopenAsync();
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>().Erased.ShouldBe(9);
        (await fixture.ReceiptAsync(again.Receipt)).Salt.IsEmpty.ShouldBeFalse();
        var receipts = await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab, Acts: [Act.Open], Limit: 1_000));
        receipts.Where(r => r.Salt.IsEmpty).Select(r => r.Principal).Distinct().ShouldBe(erased, ignoreOrder: true);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Ledger_SaltKeyDeletedInTheStore_DoesNotVerify(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        await fixture.OpenAsync(await fixture.SealAsync("text"));

        (await fixture.EditAsync("DELETE FROM salt_key WHERE principal = @who", ("@who", fixture.Expert.Pseudonym))).ShouldBe(1);
        await fixture.ReopenAsync();

        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.NotCommitted>();
    }
}
