using System.Net;
using Cofferdam.Federation.Messages;
using Cofferdam.Federation.Statements;
using Cofferdam.Server.Tests;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Engagements;
using Cofferdam.Workforce.Statements;
using Microsoft.EntityFrameworkCore;

namespace Cofferdam.Workforce.Tests.Engagements;

public sealed class PlacementTests
{
    private const string Jkt = "NzbLsXh8uDCcd-6MNwXF4W_7noWXFZAfHkxZsRGC9Xs";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Offer_Accepted_PlacesThePerson_AndTheLabHasTheVendorsWord(string database)
    {
        await using var vendor = await EngagedVendor.StartAsync(database);
        var ada = await vendor.HireAsync("ada");
        var need = await vendor.NeedAsync(hour: 2_100);

        var offer = await vendor.OfferAsync(need, ada);
        ((string)offer["codeName"]!, (int)offer["weekHours"]!, (int)offer["noticeDays"]!, offer["earlier"]).ShouldBe(("amber-heron", 20, 14, null));
        var placement = await vendor.PlaceAsync(need, ada);
        await vendor.RenewAsync();

        var row = await vendor.PlacementAsync(placement);
        row.LabState.ShouldBe("admissible");
        var said = vendor.Lab.Statements.ShouldHaveSingleItem();
        (said.Subject, said.Engagement, said.Role, said.Confirmation).ShouldBe((row.Subject, vendor.Engagement, StatementRole.Expert, null));
        said.Agreements.ShouldHaveSingleItem().Code.ShouldBe("nda");
        row.VouchedUntil.ShouldBe(said.ExpiresAt);
        row.Pseudonym.ShouldBe(Subject.Pseudonym(vendor.Engagement, row.Subject));

        // Half a day on, it is said anew.
        vendor.Node.Clock.Advance(TimeSpan.FromHours(13));
        await vendor.RenewAsync();
        vendor.Lab.Statements.Count.ShouldBe(2);
        vendor.Lab.Statements[1].IssuedAt.ShouldBeGreaterThan(said.IssuedAt);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Accept_BySideBySideExperts_StopsAtTheHeadcount(string database)
    {
        await using var vendor = await EngagedVendor.StartAsync(database, headcount: 2);
        var need = await vendor.NeedAsync(places: 10);
        List<Task<Answer>> accepting = [];
        foreach (var name in (string[])["ada", "ben", "cyd", "dan"])
        {
            var expert = await vendor.HireAsync(name);
            var offer = (Guid)(await vendor.OfferAsync(need, expert))["id"]!;
            accepting.Add(expert.Browser.PostAsync($"/api/me/offers/{offer}/accept"));
        }

        var answers = await Task.WhenAll(accepting);
        answers.Count(answer => answer.Status is HttpStatusCode.OK).ShouldBe(2);
        answers.Where(answer => answer.Status is not HttpStatusCode.OK).ShouldAllBe(answer => answer.Code == "full");
    }

    [Fact]
    public async Task Offer_OfWorkThatIsListedAnewForLess_ShowsWhatItPaidBefore()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        var (ada, lineage) = (await vendor.HireAsync("ada"), Guid.NewGuid());
        await vendor.NeedAsync(hour: 2_100, lineage: lineage, codeName: "musen");
        vendor.Node.Clock.Advance(TimeSpan.FromHours(1));
        var named = await vendor.NeedAsync(hour: 1_600, lineage: lineage, codeName: "nova", skill: "drafting");
        // The lab says nothing of it: the same programme asks for the same skills.
        vendor.Node.Clock.Advance(TimeSpan.FromMinutes(1));
        var silent = await vendor.NeedAsync(hour: 1_500, codeName: "solis");
        var other = await vendor.NeedAsync(hour: 1_500, codeName: "terra", skill: "physics");

        foreach (var (need, hour, sure) in ((Guid, long, bool)[])[(named, 2_100, true), (silent, 2_100, false)])
        {
            var earlier = (await vendor.OfferAsync(need, ada))["earlier"].ShouldNotBeNull();
            ((long)earlier["rates"]![0]!["hour"]!, (bool)earlier["sure"]!).ShouldBe((hour, sure));
        }

        (await vendor.OfferAsync(other, ada))["earlier"].ShouldBeNull();
    }

    [Fact]
    public async Task Withdrawal_WhileTheLabIsAway_IsSentWhenItIsBack_AndUndoesEveryStatement()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        var ada = await vendor.HireAsync("ada");
        var placement = await vendor.PlaceAsync(await vendor.NeedAsync(), ada);
        await vendor.RenewAsync();
        await vendor.TellAsync();
        vendor.Lab.Away = true;

        (await vendor.Owner.PostAsync($"/api/desk/placements/{placement}/end", new { reason = "security" })).Must(HttpStatusCode.NoContent);
        await vendor.TellAsync();
        (await vendor.DbAsync(db => db.LabMessages.SingleAsync(message => message.Kind == LabMessageKind.Withdrawal))).Attempts.ShouldBe(1);
        (await ada.Browser.PostAsync($"/api/me/placements/{placement}/statement", new { jkt = Jkt })).Must(HttpStatusCode.NotFound);
        vendor.Lab.Withdrawals.ShouldBeEmpty();

        vendor.Lab.Away = false;
        vendor.Node.Clock.Advance(TimeSpan.FromSeconds(1));
        await vendor.TellAsync();
        var said = vendor.Lab.Withdrawals.Single();
        (said.Subject, said.Reason).ShouldBe(((await vendor.PlacementAsync(placement)).Subject, WithdrawalReason.Security));
        said.IssuedAt.ShouldBeGreaterThan(vendor.Lab.Statements.Max(statement => statement.IssuedAt));
    }

    [Fact]
    public async Task Statements_WhenAnAgreementOrTrainingLapses_Stop_AndGoOnOnceItIsInOrder()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        var ada = await vendor.HireAsync("ada");
        var need = await vendor.NeedAsync();
        vendor.Standings.Set[ada.Person] = SetStandings.InOrder with { Agreements = [new StatedAgreement("nda", 1, new DateOnly(2026, 1, 1))] };
        var offer = (Guid)(await vendor.OfferAsync(need, ada))["id"]!;
        var refused = (await ada.Browser.PostAsync($"/api/me/offers/{offer}/accept")).Must(HttpStatusCode.Conflict);
        (refused.Code, (string)refused.Json["missing"]![0]!).ShouldBe(("not-in-order", "agreement:nda"));

        var today = DateOnly.FromDateTime(vendor.Node.Clock.GetUtcNow().UtcDateTime);
        vendor.Standings.Set[ada.Person] = SetStandings.InOrder with { TrainedUntil = today };
        var placement = (Guid)(await ada.Browser.PostAsync($"/api/me/offers/{offer}/accept")).Must(HttpStatusCode.OK).Json["placement"]!;
        await vendor.RenewAsync();
        // The vendor's word never outlasts what it rests on.
        vendor.Lab.Statements.Single().ExpiresAt.ShouldBe(new DateTimeOffset(today.AddDays(1), TimeOnly.MinValue, TimeSpan.Zero));

        vendor.Node.Clock.Advance(TimeSpan.FromDays(1));
        await vendor.RenewAsync();
        await vendor.TellAsync();
        vendor.Lab.Withdrawals.Single().Reason.ShouldBe(WithdrawalReason.Lapsed);
        vendor.Lab.Statements.Count.ShouldBe(1);
        // By now the session is over as well.
        (await ada.Browser.SignInAsync("ada", Browser.Password, ada.Browser.Code(vendor.Node.Clock))).Must(HttpStatusCode.NoContent);
        (await ada.Browser.PostAsync($"/api/me/placements/{placement}/statement", new { jkt = Jkt })).Must(HttpStatusCode.Conflict).Code.ShouldBe("not-in-order");

        vendor.Standings.Set.Clear();
        vendor.Node.Clock.Advance(TimeSpan.FromMinutes(11));
        await vendor.RenewAsync();
        vendor.Lab.Statements.Count.ShouldBe(2);
        vendor.Lab.Statements[1].IssuedAt.ShouldBeGreaterThan(vendor.Lab.Withdrawals.Single().IssuedAt);
    }

    [Fact]
    public async Task Enrolment_NamesTheBrowserKey_AndLeadsBackToTheLabAlone()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        var (ada, ben) = (await vendor.HireAsync("ada"), await vendor.HireAsync("ben"));
        var placement = await vendor.PlaceAsync(await vendor.NeedAsync(), ada);
        var path = $"/api/me/placements/{placement}/statement";

        var issued = (await ada.Browser.PostAsync(path, new { jkt = Jkt, back = $"{vendor.Lab.Address}/join" })).Must(HttpStatusCode.OK).Json;
        var said = ((StatementOutcome.Taken)EngagementStatement.Read(
            (string)issued["statement"]!, vendor.Lab.Vendor.Node, vendor.Lab.Node, vendor.Lab.Vendor.Keys, vendor.Node.Clock.GetUtcNow())).Statement;
        (said.Confirmation!.Jkt, (string)issued["back"]!).ShouldBe((Jkt, $"{vendor.Lab.Address}/join"));

        foreach (var back in (string[])["https://evil.example/join", vendor.Lab.Address.Replace("http://", "http://acme@", StringComparison.Ordinal), "javascript:alert(1)", vendor.Lab.Address + ".evil.example"])
            (await ada.Browser.PostAsync(path, new { jkt = Jkt, back })).Must(HttpStatusCode.BadRequest);
        (await ada.Browser.PostAsync(path, new { jkt = "short" })).Must(HttpStatusCode.BadRequest);
        (await ben.Browser.PostAsync(path, new { jkt = Jkt })).Must(HttpStatusCode.NotFound);
    }

    [Fact]
    public async Task Withdrawal_AfterHundredsOfEnrolments_BearsATimeThatTheLabTakes()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        var ada = await vendor.HireAsync("ada");
        var placement = await vendor.PlaceAsync(await vendor.NeedAsync(), ada);
        await vendor.TellAsync();

        Answer answer;
        var asked = 0;
        do
            answer = await ada.Browser.PostAsync($"/api/me/placements/{placement}/statement", new { jkt = Jkt });
        while (answer.Status is HttpStatusCode.OK && ++asked < 500);
        answer.Must(HttpStatusCode.TooManyRequests).Code.ShouldBe("too-often");

        (await vendor.Owner.PostAsync($"/api/desk/placements/{placement}/end", new { reason = "security" })).Must(HttpStatusCode.NoContent);
        await vendor.TellAsync();
        vendor.Lab.Withdrawals.ShouldHaveSingleItem().IssuedAt.ShouldBeLessThan(vendor.Node.Clock.GetUtcNow() + EngagementStatement.Skew);
    }

    [Fact]
    public async Task Terms_AreTakenOnceAndAnswered_AndNobodyElsesAre()
    {
        await using var vendor = await EngagedVendor.StartAsync();
        await vendor.TellAsync();
        (await vendor.TakeAsync(EngagedVendor.Terms(vendor.Engagement))).ShouldBe(Taken.Kept);
        (await vendor.TakeAsync(EngagedVendor.Terms(vendor.Engagement, revision: 3, headcount: 5))).ShouldBe(Taken.Kept);
        (await vendor.TakeAsync(EngagedVendor.Terms(vendor.Engagement, revision: 2))).ShouldBe(Taken.Overtaken);
        (await vendor.TakeAsync(EngagedVendor.Terms(vendor.Engagement, revision: 4) with { Lab = "other" })).ShouldBe(Taken.NotYours);
        var path = $"/api/desk/engagements/{vendor.Engagement}";
        var view = (await vendor.Owner.GetAsync(path)).Must(HttpStatusCode.OK).Json;
        ((int)view["terms"]!["headcount"]!, (int)view["proposed"]!["headcount"]!, (string)view["terms"]!["programme"]!).ShouldBe((10, 5, "Legal texts"));

        (await vendor.Owner.PostAsync($"{path}/answer", new { revision = 1, accepted = true })).Must(HttpStatusCode.Conflict).Code.ShouldBe("not-proposed");
        (await vendor.Owner.PostAsync($"{path}/answer", new { revision = 3, accepted = false })).Must(HttpStatusCode.NoContent);
        ((string)(await vendor.Owner.GetAsync(path)).Json["engagement"]!["state"]!).ShouldBe("inForce");
        await vendor.TellAsync();
        vendor.Lab.Other.Select(one => Message.Read<TermsAnswerMessage>(one.Body)).ShouldBe(
            [new TermsAnswerMessage(vendor.Engagement, 1, true), new TermsAnswerMessage(vendor.Engagement, 3, false)]);

        // An end keeps to the notice that was agreed.
        var soon = vendor.Node.Clock.GetUtcNow().AddDays(3);
        (await vendor.Owner.PostAsync($"{path}/end", new { reason = "notice", endsAt = soon })).Must(HttpStatusCode.BadRequest);
        (await vendor.Owner.PostAsync($"{path}/end", new { reason = "breach", endsAt = soon.AddDays(-3) })).Must(HttpStatusCode.NoContent);
        ((string)(await vendor.Owner.GetAsync(path)).Json["engagement"]!["state"]!).ShouldBe("ended");
    }
}
