using Cofferdam.Ledger;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Vault.Tests;

/// <summary>The lab's own people: the first key on the server's word, and from then on what widens access is signed.</summary>
public sealed class StaffKeyTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    private static readonly Principal Owner = Principal.Person(Guid.NewGuid()), Second = Principal.Person(Guid.NewGuid());

    [Theory, MemberData(nameof(Databases))]
    public async Task EnrolStaffKey_AfterTheFirst_TakesASignatureOfOne(string database)
    {
        await using var fixture = await VaultFixture.CreateAsync(database);
        using var browser = await EnrolAsync(fixture, Owner, Owner);
        using var second = new Browser();
        var content = SignedBytes.StaffKeyAct(Second.Pseudonym, second.PublicKey);
        Task<StaffKeyOutcome> EnrolSecondAsync(Principal by, Proof? proof) =>
            fixture.Vault.EnrolStaffKeyAsync(fixture.Lab, Second.Pseudonym, second.PublicKey, by, proof);

        (await EnrolSecondAsync(Owner, null)).ShouldBeOfType<StaffKeyOutcome.NotSigned>();
        (await EnrolSecondAsync(Principal.Service, await browser.SignActAsync(fixture.Vault, fixture.Lab, SignedBytes.StaffKey, content))).ShouldBeOfType<StaffKeyOutcome.NotSigned>();
        (await EnrolSecondAsync(Second, await browser.SignActAsync(fixture.Vault, fixture.Lab, SignedBytes.StaffKey, content))).ShouldBeOfType<StaffKeyOutcome.NotSigned>();
        (await EnrolSecondAsync(Owner, await browser.SignActAsync(fixture.Vault, fixture.Lab, SignedBytes.Terms, content))).ShouldBeOfType<StaffKeyOutcome.NotSigned>();
        var proof = await browser.SignActAsync(fixture.Vault, fixture.Lab, SignedBytes.StaffKey, content);
        var enrolled = (await EnrolSecondAsync(Owner, proof)).ShouldBeOfType<StaffKeyOutcome.Enrolled>();
        (await EnrolSecondAsync(Owner, await browser.SignActAsync(fixture.Vault, fixture.Lab, SignedBytes.StaffKey, content))).ShouldBeOfType<StaffKeyOutcome.Invalid>("it is enrolled");

        var receipt = await fixture.ReceiptAsync(enrolled.Receipt);
        (receipt.Act, receipt.Principal, receipt.Proof!.Key).ShouldBe((Act.Enrol, Owner, browser.Id));
        var key = (await fixture.Vault.EnrolledKeysAsync(fixture.Lab, Owner.Pseudonym)).Single();
        SignedReceipt.IsSignedBy(fixture.Lab, receipt, key, SignedBytes.StaffKey, content).ShouldBeTrue();
        SignedReceipt.IsSignedBy(fixture.Lab, receipt, key, SignedBytes.StaffKey, [1]).ShouldBeFalse();
        // The last cannot go: the server's word would be enough again.
        (await fixture.Vault.RevokeKeyAsync(fixture.Lab, enrolled.Key, Owner)).ShouldNotBeNull();
        (await fixture.Vault.RevokeKeyAsync(fixture.Lab, browser.Id, Owner)).ShouldBeNull();
    }

    [Fact]
    public async Task Acts_ThatWidenAccess_TakeASignatureOnceThereIsAKey()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        var (vault, lab) = (fixture.Vault, fixture.Lab);
        using var vendor = new VendorNode(fixture, new ManualClock());
        await vendor.SetTermsAsync();
        using var owner = await EnrolAsync(fixture, Owner, Owner);
        using var second = await EnrolAsync(fixture, Second, Owner, owner);
        Task<Proof> OwnAsync(string name, byte[] content) => owner.SignActAsync(vault, lab, name, content);

        var terms = vendor.Terms();
        (await vault.SetTermsAsync(lab, terms, Owner)).ShouldBeOfType<TermsOutcome.NotSigned>();
        (await vault.SetTermsAsync(lab, terms with { Headcount = 11 }, Owner, await OwnAsync(SignedBytes.Terms, SignedBytes.TermsAct(terms)))).ShouldBeOfType<TermsOutcome.NotSigned>();
        (await vault.SetTermsAsync(lab, terms, Owner, await OwnAsync(SignedBytes.Terms, SignedBytes.TermsAct(terms)))).ShouldBeOfType<TermsOutcome.Set>();

        // What narrows needs none; what widens does.
        (await vault.SetPolicyAsync(lab, Policy.Default with { PersonPerHour = 1 }, Owner)).ShouldBeOfType<PolicyOutcome.Set>();
        (await vault.SetPolicyAsync(lab, Policy.Default, Owner)).ShouldBeOfType<PolicyOutcome.NotSigned>();
        var raised = (await vault.SetPolicyAsync(lab, Policy.Default, Owner, await OwnAsync(SignedBytes.Policy, PolicyBytes.Write(Policy.Default))))
            .ShouldBeOfType<PolicyOutcome.Proposed>().Proposal;
        (await vault.ApproveAsync(lab, raised.Id, Second)).ShouldBeOfType<ProposalOutcome.NotSigned>();
        var approval = await second.SignActAsync(vault, lab, SignedBytes.Approve, SignedBytes.Id(raised.Id));
        (await vault.ApproveAsync(lab, raised.Id, Owner, await OwnAsync(SignedBytes.Approve, SignedBytes.Id(raised.Id)))).ShouldBeOfType<ProposalOutcome.SamePerson>();
        (await vault.ApproveAsync(lab, raised.Id, Second, approval)).ShouldBeOfType<ProposalOutcome.Accepted>();
        // The clock that carries it out takes what two people signed for borne out.
        await fixture.ProposalAsync(raised.Id, ProposalState.Done);

        (await vault.ProposeAsync(lab, ProposalKind.ShredLab, null, Owner)).ShouldBeOfType<ProposalOutcome.NotSigned>();
        (await vault.ProposeAsync(lab, ProposalKind.ShredLab, null, Owner, await OwnAsync(SignedBytes.Propose, SignedBytes.ProposeAct(ProposalKind.ErasePerson, null))))
            .ShouldBeOfType<ProposalOutcome.NotSigned>();

        var suspended = (await vault.SuspendAsync(new SuspendRequest(lab, new Scope(ScopeKind.Lab, lab.Value), ReasonClass.Other, Owner))).Suspension;
        (await vault.ResumeAsync(lab, suspended.Id, Owner)).ShouldBeOfType<ResumeOutcome.NotSigned>();
        var resume = await OwnAsync(SignedBytes.Resume, SignedBytes.Id(suspended.Id));
        (await vault.ResumeAsync(lab, suspended.Id, Owner, resume)).ShouldBeOfType<ResumeOutcome.Resumed>();
        var again = (await vault.SuspendAsync(new SuspendRequest(lab, new Scope(ScopeKind.Lab, lab.Value), ReasonClass.Other, Owner))).Suspension;
        (await vault.ResumeAsync(lab, again.Id, Owner, resume)).ShouldBeOfType<ResumeOutcome.NotSigned>("of another suspension, and used");
    }

    [Fact]
    public async Task Open_OfStaffWithAKey_IsSignedAndOfAllStaffWhereTheLabWantsIt()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        var item = await fixture.SealAsync("an item");
        using var browser = await EnrolAsync(fixture, Owner, Owner);
        var asked = new OpenRequest(fixture.Lab, fixture.Project, Owner, Act.Open, Purpose.Manage, [item]);

        (await fixture.Vault.OpenAsync(asked)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAttested);
        (await fixture.Vault.OpenAsync(await browser.SignAsync(fixture.Vault, asked))).ShouldBeOfType<OpenOutcome.Opened>();
        // Made for them later, when they may be away.
        (await fixture.Vault.OpenAsync(asked with { Act = Act.Export, Purpose = Purpose.Deliver })).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.OpenAsync(Second, item)).ShouldBeOfType<OpenOutcome.Opened>("who has no key");

        (await fixture.Vault.SetPolicyAsync(fixture.Lab, Policy.Default with { UnsignedStaff = false }, Owner)).ShouldBeOfType<PolicyOutcome.Set>();
        (await fixture.OpenAsync(Second, item)).ShouldBeOfType<OpenOutcome.Refused>().Reason.ShouldBe(RefusalReason.NotAttested);
        await fixture.ReopenAsync();
        (await fixture.Vault.PolicyAsync(fixture.Lab)).UnsignedStaff.ShouldBeFalse();
        (await fixture.OpenAsync(Second, item)).ShouldBeOfType<OpenOutcome.Refused>();
        (await fixture.Vault.OpenAsync(await browser.SignAsync(fixture.Vault, asked))).ShouldBeOfType<OpenOutcome.Opened>();
        (await fixture.OpenAsync(Principal.Service, item)).ShouldBeOfType<OpenOutcome.Opened>();
    }

    [Fact]
    public async Task Start_ByAnOperatorWhoForgetsStaffKeys_RevokesThemWithReceipts()
    {
        await using var fixture = await VaultFixture.CreateAsync("sqlite");
        using var lost = await EnrolAsync(fixture, Owner, Owner);

        fixture.Configure = options => options with { ForgetStaffKeys = true };
        await fixture.ReopenAsync();

        (await fixture.Vault.EnrolledKeysAsync(fixture.Lab)).Single().RevokedAt.ShouldNotBeNull();
        var receipt = (await fixture.Vault.ReceiptsAsync(new ReceiptQuery(fixture.Lab, Acts: [Act.Revoke]))).Single();
        receipt.Principal.ShouldBe(Principal.Service);
        Receipt.Parse(receipt.What.Span, receipt.Who.Span).Particulars.ShouldContain(new KeyValuePair<string, string>("step", "forgotten"));
        using var next = await EnrolAsync(fixture, Second, Second);
        (await fixture.VerifyAsync()).ShouldBeOfType<LedgerFinding.Sound>();
    }

    private static async Task<Browser> EnrolAsync(VaultFixture fixture, Principal whose, Principal by, Browser? signer = null)
    {
        var browser = new Browser();
        var proof = signer is null
            ? null
            : await signer.SignActAsync(fixture.Vault, fixture.Lab, SignedBytes.StaffKey, SignedBytes.StaffKeyAct(whose.Pseudonym, browser.PublicKey));
        browser.Id = (await fixture.Vault.EnrolStaffKeyAsync(fixture.Lab, whose.Pseudonym, browser.PublicKey, by, proof)).ShouldBeOfType<StaffKeyOutcome.Enrolled>().Key;
        return browser;
    }
}
