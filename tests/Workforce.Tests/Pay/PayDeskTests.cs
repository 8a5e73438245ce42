using System.Net;
using System.Net.Http.Json;
using System.Xml;
using System.Xml.Linq;
using System.Xml.Schema;
using Cofferdam.Server.Tests;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.Workforce.Access;

namespace Cofferdam.Workforce.Tests.Pay;

/// <summary>From a rate card to a bank's file, as the people of a vendor do it.</summary>
public sealed class PayDeskTests
{
    private const string Iban = "DE89370400440532013000";
    private static readonly XNamespace Pain = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Pay_FromRateCardToPayoutFile_ReconcilesWithTheEvents(string database)
    {
        await using var desk = await Desk.StartAsync(database);
        var (ada, owner, payroll) = (desk.Ada, desk.Owner, desk.Payroll);
        await desk.WorkAsync(seconds: [37, 38, 3_600]);

        // A statement waits until the day is over on the expert's wall; a line can be worked out by hand.
        var today = DateOnly.FromDateTime(TimeZoneInfo.ConvertTime(desk.Now, TimeZoneInfo.FindSystemTimeZoneById("Europe/Berlin")).DateTime);
        (await payroll.PostAsync("/api/desk/pay/statements", new { until = today })).Must(HttpStatusCode.OK).Json["statements"]!.GetValue<int>().ShouldBe(0);
        desk.Vendor.Clock.Advance(TimeSpan.FromDays(2));
        (await payroll.PostAsync("/api/desk/pay/statements", new { until = today })).Must(HttpStatusCode.OK).Json["statements"]!.GetValue<int>().ShouldBe(1);
        var statement = (await ada.GetAsync("/api/me/pay/statements")).Must(HttpStatusCode.OK).Json["rows"]![0]!;
        // 3 × 1.00 and 3,675 s at 20.30 an hour.
        ((long)statement["total"]!).ShouldBe(300 + 2_072);
        var csv = (await ada.GetAsync($"/api/me/pay/statements/{statement["id"]}/csv")).Must(HttpStatusCode.OK).Text.Split("\r\n", StringSplitOptions.RemoveEmptyEntries).Select(line => line.Split(',')).ToList();
        foreach (var line in csv.Skip(1).Select(line => csv[0].Zip(line).ToDictionary(cell => cell.First, cell => cell.Second)))
        {
            // 3,600 × amount + what is carried out = 3,600 × piece + seconds × hour + what is carried in, in minor units.
            ((3_600 * Minor(line["amount"])) + long.Parse(line["carried_out"], null)).ShouldBe(
                (3_600 * Minor(line["per_piece"])) + (long.Parse(line["counted_seconds"], null) * Minor(line["per_hour"])) + long.Parse(line["carried_in"], null));
        }

        csv.Skip(1).Sum(line => Minor(line[16])).ShouldBe(2_372);

        // Without knowing where it goes nobody is paid; with it, one proposes and another approves.
        var payout = new { currency = "EUR", until = today, executeOn = today.AddDays(5) };
        (await owner.PostAsync("/api/desk/pay/payouts", payout)).Must(HttpStatusCode.Conflict).Code.ShouldBe("nothing-to-pay");
        (await PutAsync(ada, "/api/me/pay/details", new { name = "Ada Müller", iban = "DE89370400440532013001" })).Must(HttpStatusCode.BadRequest);
        (await PutAsync(ada, "/api/me/pay/details", new { name = "Ada Müller", iban = Iban })).Must(HttpStatusCode.NoContent);
        (await PutAsync(owner, "/api/desk/pay/account", new { name = "Atlas Ltd", iban = "FR1420041010050500013M02606", bic = "PSSTFRPPPAR" })).Must(HttpStatusCode.NoContent);
        var proposed = (await owner.PostAsync("/api/desk/pay/payouts", payout)).Must(HttpStatusCode.Created).Json["payout"]!;
        var at = $"/api/desk/pay/payouts/{proposed["id"]}";
        (await owner.PostAsync($"{at}/files/pain001")).Must(HttpStatusCode.Conflict).Code.ShouldBe("not-approved");
        (await owner.PostAsync($"{at}/approve", new { digest = (string)proposed["digest"]! })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("same-person");
        (await payroll.PostAsync($"{at}/approve", new { digest = new string('0', 64) })).Must(HttpStatusCode.Conflict).Code.ShouldBe("changed");
        (await ada.PostAsync($"{at}/approve", new { digest = (string)proposed["digest"]! })).Must(HttpStatusCode.Forbidden);
        (await payroll.PostAsync($"{at}/approve", new { digest = (string)proposed["digest"]! })).Must(HttpStatusCode.NoContent);

        var xml = (await payroll.PostAsync($"{at}/files/pain001")).Must(HttpStatusCode.OK).Text;
        Valid(xml);
        var file = XDocument.Parse(xml);
        file.Descendants(Pain + "NbOfTxs").Select(e => e.Value).ShouldBe(["1", "1"]);
        file.Descendants(Pain + "CtrlSum").Select(e => e.Value).ShouldBe(["23.72", "23.72"]);
        file.Descendants(Pain + "InstdAmt").Single().Value.ShouldBe("23.72");
        file.Descendants(Pain + "CdtrAcct").Single().Value.ShouldBe(Iban);
        // The same payout makes the same file; an account was opened for each, and the receipts say so.
        (await payroll.PostAsync($"{at}/files/pain001")).Must(HttpStatusCode.OK).Text.ShouldBe(xml);
        (await payroll.PostAsync($"{at}/files/csv")).Must(HttpStatusCode.OK).Text.ShouldContain($"Ada Müller,{Iban},,,EUR,23.72");
        var receipts = await desk.Vendor.Vault.ReceiptsAsync(new ReceiptQuery(await desk.Vendor.VendorAsync(), new ProjectId(desk.AdaId), Purpose: Purpose.Pay), default);
        receipts.Count.ShouldBe(3);
        (await payroll.PostAsync("/api/desk/pay/check")).Must(HttpStatusCode.OK).Json["faults"]!.AsArray().ShouldBeEmpty();
        // What is paid is not paid again.
        (await owner.PostAsync("/api/desk/pay/payouts", payout)).Must(HttpStatusCode.Conflict).Code.ShouldBe("nothing-to-pay");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Objections_GoToAnotherPersonAndEndInEntries(string database)
    {
        await using var desk = await Desk.StartAsync(database);
        var (ada, owner, payroll) = (desk.Ada, desk.Owner, desk.Payroll);
        await desk.WorkAsync(seconds: [3_600, 3_600]);
        var entry = (long)(await ada.GetAsync("/api/me/pay/entries")).Must(HttpStatusCode.OK).Json["rows"]![0]!["entry"]!;

        // Withheld with evidence that the expert reads, decided by another person.
        (await payroll.PostAsync("/api/desk/pay/withholdings", new { entry, reason = "integrity", evidence = " " })).Must(HttpStatusCode.BadRequest);
        var withheld = (await payroll.PostAsync("/api/desk/pay/withholdings", new { entry, reason = "integrity", evidence = "Pasted from task 12." })).Must(HttpStatusCode.Created).Json;
        (await ada.GetAsync("/api/me/pay")).Json["open"]![0]!["amount"]!.GetValue<long>().ShouldBe(2_130);
        (await ada.GetAsync($"/api/me/pay/withholdings/{withheld["id"]}")).Must(HttpStatusCode.OK).Json["evidence"]!.GetValue<string>().ShouldBe("Pasted from task 12.");
        (await payroll.PostAsync($"/api/desk/pay/withholdings/{withheld["id"]}/decision", new { release = false, words = "It stays." })).Must(HttpStatusCode.Forbidden).Code.ShouldBe("same-person");
        (await owner.PostAsync($"/api/desk/pay/withholdings/{withheld["id"]}/decision", new { release = false, words = "It stays." })).Must(HttpStatusCode.NoContent);

        // Both have decided about it: a third answers the dispute, and is right to release it.
        var dispute = (await ada.PostAsync("/api/me/pay/disputes", new { entry, words = "I wrote this myself." })).Must(HttpStatusCode.Created).Json;
        (await ada.PostAsync("/api/me/pay/disputes", new { entry, words = "Again." })).Must(HttpStatusCode.Conflict);
        var answer = new { uphold = true, words = "You did.", id = Guid.CreateVersion7() };
        foreach (var decided in (Browser[])[owner, payroll])
            (await decided.PostAsync($"/api/desk/pay/disputes/{dispute["id"]}/answer", answer)).Must(HttpStatusCode.Forbidden).Code.ShouldBe("same-person");
        desk.Vendor.Clock.Advance(TimeSpan.FromDays(8));
        (await owner.GetAsync("/api/desk/pay/disputes?open=true")).Json[0]!["overdue"]!.GetValue<bool>().ShouldBeTrue();
        using var third = await desk.Vendor.JoinAsync(VendorRole.Payroll, "cleo");
        (await third.PostAsync($"/api/desk/pay/disputes/{dispute["id"]}/answer", answer)).Must(HttpStatusCode.OK).Json["state"]!.GetValue<string>().ShouldBe("upheld");
        (await third.PostAsync($"/api/desk/pay/disputes/{dispute["id"]}/answer", answer)).Must(HttpStatusCode.OK);
        (await ada.GetAsync("/api/me/pay")).Json["open"]![0]!["amount"]!.GetValue<long>().ShouldBe(4_260);

        // A correction refers to what it corrects, never takes more than was paid, and is made once.
        var correction = new { entry, amount = -130, seconds = -200, reason = "miscounted", words = "Counted twice.", id = Guid.CreateVersion7() };
        (await payroll.PostAsync("/api/desk/pay/corrections", new { entry, amount = -2_131, reason = "miscounted", words = "x" })).Must(HttpStatusCode.Conflict).Code.ShouldBe("more-than-paid");
        var made = (await payroll.PostAsync("/api/desk/pay/corrections", correction)).Must(HttpStatusCode.Created).Json;
        (await payroll.PostAsync("/api/desk/pay/corrections", correction)).Must(HttpStatusCode.Created).Json["entry"]!.GetValue<long>().ShouldBe((long)made["entry"]!);
        (await ada.GetAsync($"/api/me/pay/entries/{made["entry"]}/words")).Must(HttpStatusCode.OK).Json["words"]!.GetValue<string>().ShouldBe("Counted twice.");

        // A withholding on which nobody decides is paid when its clock runs out.
        (await payroll.PostAsync("/api/desk/pay/withholdings", new { entry = entry + 1, reason = "other", evidence = "To be looked at." })).Must(HttpStatusCode.Created);
        desk.Vendor.Clock.Advance(TimeSpan.FromDays(15));
        var today = DateOnly.FromDateTime(desk.Now.UtcDateTime).AddDays(-1);
        (await payroll.PostAsync("/api/desk/pay/statements", new { until = today.AddDays(-1) })).Must(HttpStatusCode.OK);
        (await ada.GetAsync("/api/me/pay/withholdings")).Json[0]!["state"]!.GetValue<string>().ShouldBe("ranOut");
        var amounts = (await ada.GetAsync("/api/me/pay/entries")).Json["rows"]!.AsArray().Sum(row => row!["amount"]!.GetValue<long>());
        amounts.ShouldBe(4_260 - 130);
        (await payroll.PostAsync("/api/desk/pay/check")).Must(HttpStatusCode.OK).Json["faults"]!.AsArray().ShouldBeEmpty();
        // Another's pay is nobody's business.
        using var bob = await desk.Vendor.JoinAsync(VendorRole.Expert, "bob");
        (await bob.GetAsync($"/api/me/pay/entries/{made["entry"]}/words")).Must(HttpStatusCode.NotFound);
        (await bob.GetAsync($"/api/me/pay/disputes/{dispute["id"]}")).Must(HttpStatusCode.NotFound);
        (await bob.GetAsync("/api/desk/pay/entries")).Must(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Statement_BelowTheFloorOfThePlace_IsToppedUpOrFound()
    {
        await using var desk = await Desk.StartAsync("sqlite");
        var day = DateOnly.FromDateTime(desk.Now.UtcDateTime).AddDays(-3);
        (await desk.Payroll.PostAsync("/api/desk/pay/floors", new { place = "DE", currency = "EUR", from = day, hour = 2_500, topUp = true })).Must(HttpStatusCode.Created);
        (await desk.Payroll.PostAsync("/api/desk/pay/floors", new { place = "US", currency = "EUR", from = day, hour = 3_000 })).Must(HttpStatusCode.Created);
        await desk.WorkAsync(seconds: [3_600, 1_800]);
        using var bob = await desk.Vendor.JoinAsync(VendorRole.Expert, "bob");
        (await PutAsync(bob, "/api/me/pay/where", new { zone = "America/Los_Angeles", place = "US-CA" })).Must(HttpStatusCode.NoContent);
        await desk.WorkAsync(await desk.Vendor.PersonAsync("bob"), [3_600]);
        desk.Vendor.Clock.Advance(TimeSpan.FromDays(3));

        (await desk.Payroll.PostAsync("/api/desk/pay/statements", new { until = day.AddDays(4) })).Must(HttpStatusCode.OK).Json["statements"]!.GetValue<int>().ShouldBe(2);

        // Ada: 2.00 and 1.5 h at 20.30 are 32.45; 1.5 h at 25.00 are 37.50.
        var lines = (await desk.Ada.GetAsync("/api/me/pay/entries")).Json["rows"]!.AsArray();
        lines.Select(line => ((string)line!["kind"]!, (long)line["amount"]!)).ShouldBe([("work", 2_130), ("work", 1_115), ("topUp", 505)]);
        // Bob: a subdivision without a floor of its own has the country's; it is shown, and to be decided by a person.
        var finding = (await desk.Payroll.GetAsync("/api/desk/pay/findings")).Must(HttpStatusCode.OK).Json["belowFloor"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)finding["shortfall"]!, (long)finding["toppedUp"]!, (long)finding["hour"]!).ShouldBe((870, 0, 2_130));
    }

    private static long Minor(string text) => long.Parse(text.Replace(".", "", StringComparison.Ordinal), System.Globalization.CultureInfo.InvariantCulture);

    private static Task<Answer> PutAsync(Browser browser, string path, object body) => browser.SendAsync(HttpMethod.Put, path, JsonContent.Create(body));

    private static void Valid(string xml)
    {
        XmlSchemaSet schemas = new();
        using var schema = typeof(PayDeskTests).Assembly.GetManifestResourceStream("pain001.xsd")!;
        using var reader = XmlReader.Create(schema);
        schemas.Add(targetNamespace: null, reader);
        XDocument.Parse(xml).Validate(schemas, (_, wrong) => throw wrong.Exception);
    }
}
