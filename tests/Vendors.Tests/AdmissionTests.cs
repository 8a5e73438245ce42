using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Statements;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Vendors.Admissions;
using Cofferdam.Work.Labs;
using Cofferdam.Work.Slots;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Vendors.Tests;

/// <summary>Whom a vendor's word lets in, and what it cannot.</summary>
public sealed class AdmissionTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Withdrawal_OfSomebodyAtWork_EndsSessionAndLeaseAndKeepsTheDraft(string database)
    {
        await using var lab = await RunningLab.StartAsync(database);
        var engagement = await lab.AgreeAsync();
        var project = await lab.ProjectAsync(items: 3);
        var subject = StandInVendor.NewSubject();
        using var vera = await lab.EnrolAsync(engagement, subject);
        var root = $"/api/labs/acme/projects/{project}/tasks";
        var task = await vera.AskAsync(HttpMethod.Post, $"{root}/next");
        var slot = Guid.Parse((string)task!["slot"]!);
        await vera.AskAsync(HttpMethod.Put, $"{root}/{slot}/draft", new { answers = new { preference = new { choice = 1 } } }, "\"0\"");
        var receipts = await lab.Vault.ReceiptsAsync(new ReceiptQuery(new LabId(await lab.LabAsync()), Principal: vera.Person, Acts: [Act.Open]));
        receipts.ShouldNotBeEmpty("she opened it in her own name");

        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        (await lab.WithdrawAsync(lab.Vendor.Withdraw(engagement, lab.Node, lab.Clock.GetUtcNow(), subject))).State.ShouldBe("withdrawn");

        (await vera.RefusedAsync(HttpMethod.Get, "/api/session")).Status.ShouldBe(401);
        await using (var scope = lab.App.Services.CreateAsyncScope())
        {
            var db = scope.ServiceProvider.GetRequiredService<AppDb>();
            (await db.Slots.SingleAsync(row => row.Id == slot)).State.ShouldBe(SlotState.Open);
            (await db.Set<Work.Tasks.Draft>().CountAsync(row => row.Slot == slot && row.Person == vera.Person)).ShouldBe(1);
        }

        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        (await lab.TakeAsync(lab.Vendor.Vouch(engagement, lab.Node, lab.Clock.GetUtcNow(), subject))).State.ShouldBe("enrolled");
        await using (var scope = lab.App.Services.CreateAsyncScope())
            (await scope.ServiceProvider.GetRequiredService<AppDb>().Members.SingleAsync(row => row.Pseudonym == vera.Person)).LeftAt.ShouldBeNull("she is stated again, and signs in anew");
    }

    [Fact]
    public async Task Withdrawal_ByAKeyThatStaffHaveYetToSignFor_PutsOutAtOnce()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync();
        var subject = StandInVendor.NewSubject();
        using var vera = await lab.EnrolAsync(engagement, subject);
        // The pairing knows the vendor's new keys; the vault goes by the old ones until staff confirm the terms.
        lab.Vendor.Statements = SigningKey.Generate(KeyAlgorithm.Es256);
        lab.Peer.Keys = lab.Vendor.Keys(version: 2);

        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        (await lab.WithdrawAsync(lab.Vendor.Withdraw(engagement, lab.Node, lab.Clock.GetUtcNow(), subject))).State.ShouldBe("withdrawn");

        (await vera.RefusedAsync(HttpMethod.Get, "/api/session")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Enrolment_ByHand_WaitsForStaff()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync(byHand: true);
        var subject = StandInVendor.NewSubject();
        using var vera = new Visitor(lab.Owner.Origin);
        string Statement() => lab.Vendor.Vouch(engagement, lab.Node, lab.Clock.GetUtcNow(), subject, vera);

        (await lab.TakeAsync(lab.Vendor.Vouch(engagement, lab.Node, lab.Clock.GetUtcNow(), subject))).State.ShouldBe("waiting");
        (await RunningLab.EnrolAsync(vera, Statement())).Status.ShouldBe(409);
        var admissions = $"/api/labs/acme/vendors/{engagement}/admissions";
        var waiting = (await lab.Owner.AskAsync(HttpMethod.Get, $"{admissions}?state=waiting"))![0]!;
        ((string)waiting["facts"]!["skills"]![0]!).ShouldBe("law");
        await lab.Owner.AskAsync(HttpMethod.Post, $"{admissions}/{waiting["person"]}/approve");
        (await RunningLab.EnrolAsync(vera, Statement())).Status.ShouldBe(200);

        await lab.Owner.AskAsync(HttpMethod.Post, $"{admissions}/{waiting["person"]}/decline");
        (await vera.RefusedAsync(HttpMethod.Get, "/api/session")).Status.ShouldBe(401);
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        (await lab.TakeAsync(lab.Vendor.Vouch(engagement, lab.Node, lab.Clock.GetUtcNow(), subject))).State.ShouldBe("declined", "the vendor's word does not bring back whom the lab turned away");
    }

    [Fact]
    public async Task Statement_ThatDoesNotMeetTheTerms_LetsNobodyIn()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync(headcount: 1, training: true, agreements: [new { code = "nda", version = 2 }]);
        var today = DateOnly.FromDateTime(lab.Clock.GetUtcNow().UtcDateTime);
        StatedAgreement[] signed = [new("nda", 2, today)], old = [new("nda", 1, today)];
        string Vouch(string subject, DateOnly? trained, StatedAgreement[] agreements)
        {
            lab.Clock.Advance(TimeSpan.FromSeconds(1));
            return lab.Vendor.Vouch(engagement, lab.Node, lab.Clock.GetUtcNow(), subject, trained: trained, agreements: agreements);
        }

        var (vera, rosa) = (StandInVendor.NewSubject(), StandInVendor.NewSubject());
        (await lab.TakeAsync(Vouch(vera, null, signed))).Fault.ShouldBe("training");
        (await lab.TakeAsync(Vouch(vera, today.AddDays(-1), signed))).Fault.ShouldBe("training");
        (await lab.TakeAsync(Vouch(vera, today, old))).Fault.ShouldBe("agreements");
        (await lab.TakeAsync(Vouch(vera, today, signed))).State.ShouldBe("admissible");
        (await lab.TakeAsync(Vouch(rosa, today, signed))).Fault.ShouldBe("headcount", "the vault counts");
    }

    [Fact]
    public async Task HostileVendor_ReachesNobodyBeyondItsOwnEngagement()
    {
        await using var lab = await RunningLab.StartAsync();
        await using var other = await StandInVendor.StartAsync();
        var (mine, theirs) = (await lab.AgreeAsync(peer: await lab.PairAsync(other)), await lab.AgreeAsync());
        var hostile = await PeerOfAsync(lab, other);
        var (now, subject) = (lab.Clock.GetUtcNow(), StandInVendor.NewSubject());

        (await lab.TakeAsync(other.Vouch(theirs, lab.Node, now, subject), hostile)).Fault.ShouldBe("engagement");
        (await lab.TakeAsync(other.Vouch(mine, lab.Node, now, subject, slug: "borealis"), hostile)).Fault.ShouldBe("engagement");
        (await lab.TakeAsync(other.Vouch(mine, lab.Node, now, subject, key: SigningKey.Generate(KeyAlgorithm.Es256)), hostile)).Fault.ShouldBe("unknown-key");
        (await lab.TakeAsync(other.Vouch(mine, Guid.NewGuid(), now, subject), hostile)).Fault.ShouldBe("audience");
        (await lab.TakeAsync(other.Vouch(mine, lab.Node, now.AddHours(-30), subject), hostile)).Fault.ShouldBe("expired");
        using var stranger = new Visitor(lab.Owner.Origin);
        (await RunningLab.EnrolAsync(stranger, other.Vouch(theirs, lab.Node, now, subject, stranger))).Status.ShouldBe(403);

        // A key that is somebody else's gets nobody into their account: the person is made of engagement and subject.
        var good = other.Vouch(mine, lab.Node, now, subject);
        (await lab.TakeAsync(good, hostile)).State.ShouldBe("admissible");
        (await lab.TakeAsync(good, hostile)).Fault.ShouldBe("not-newer", "a statement works once");
        using var vera = await lab.EnrolAsync(theirs, StandInVendor.NewSubject());
        lab.Clock.Advance(TimeSpan.FromSeconds(1));
        var stolen = other.Vouch(mine, lab.Node, lab.Clock.GetUtcNow(), StandInVendor.NewSubject(), vera);
        using var thief = new Visitor(lab.Owner.Origin);
        (await RunningLab.EnrolAsync(thief, stolen)).Status.ShouldBe(403, "the statement names a key that the thief does not have");
        (await vera.SendAsync(HttpMethod.Get, "/api/session")).Status.ShouldBe(200);
    }

    [Fact]
    public async Task VouchThatRunsOut_EndsTheSession()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync();
        using var vera = await lab.EnrolAsync(engagement, StandInVendor.NewSubject());
        lab.Clock.Advance(TimeSpan.FromHours(11.9));
        (await vera.SendAsync(HttpMethod.Get, "/api/session")).Status.ShouldBe(200);

        lab.Clock.Advance(TimeSpan.FromHours(0.2));
        await lab.App.Services.GetRequiredService<VouchWatch>().LapseAsync(CancellationToken.None);

        (await vera.SendAsync(HttpMethod.Get, "/api/session")).Status.ShouldBe(401);
    }

    [Fact]
    public async Task Lead_ReviewsWhereTheLabLetsThem_AndAcceptsNothing()
    {
        await using var lab = await RunningLab.StartAsync();
        var engagement = await lab.AgreeAsync();
        var project = await lab.ProjectAsync(items: 1);
        using var lead = await lab.EnrolAsync(engagement, StandInVendor.NewSubject(), StatementRole.Lead);
        var root = $"/api/labs/acme/projects/{project}";

        (await lead.RefusedAsync(HttpMethod.Post, $"{root}/reviews/next")).ShouldBe((403, "no-grant"));
        await lab.Owner.AskAsync(HttpMethod.Put, $"{root}/leads/{lead.Person}");
        (await lead.SendAsync(HttpMethod.Post, $"{root}/reviews/next")).Status.ShouldBe(204);
        (await lead.RefusedAsync(HttpMethod.Get, $"{root}/acceptances")).ShouldBe((403, "own-people"));
        (await lead.RefusedAsync(HttpMethod.Post, $"{root}/items/{Guid.NewGuid()}/gold", new { answers = new { } })).Status.ShouldBe(403, "a lead is blind to what is known");
        await lab.Owner.AskAsync(HttpMethod.Delete, $"{root}/leads/{lead.Person}");
        (await lead.RefusedAsync(HttpMethod.Post, $"{root}/reviews/next")).ShouldBe((403, "no-grant"));
    }

    private static async Task<Federation.Peers.Peer> PeerOfAsync(RunningLab lab, StandInVendor vendor)
    {
        await using var scope = lab.App.Services.CreateAsyncScope();
        return await scope.ServiceProvider.GetRequiredService<AppDb>().Set<Federation.Peers.Peer>().SingleAsync(peer => peer.Node == vendor.Node);
    }
}
