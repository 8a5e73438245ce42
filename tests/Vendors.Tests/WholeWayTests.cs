using System.Text;
using System.Text.Json.Nodes;
using Cofferdam.Cli.Demo;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Microsoft.EntityFrameworkCore;
using Microsoft.Extensions.DependencyInjection;

namespace Cofferdam.Vendors.Tests;

/// <summary>The whole way of an expert, from an invitation at the vendor over work at the lab to pay, through both nodes as they are.</summary>
public sealed class WholeWayTests
{
    private const int Tasks = 3, ReadingSeconds = 600, TaskSeconds = 90;

    [Fact]
    public async Task Expert_FromInvitationToPay_SignsEveryOpenAndBringsNothingOfTheLabsToTheVendor()
    {
        await using var both = await BothNodes.StartAsync();
        var canary = new Canary();
        var pairing = await both.PairAsync();
        var (engagement, need) = await both.AgreeAsync(pairing,
        [
            new { kind = "task", each = 250, hour = 1_000 },
            new { kind = "reading", each = 0, hour = 3_000 },
            new { kind = "question", each = 100, hour = 0 },
            new { kind = "qualification", each = 0, hour = 3_000 },
            new { kind = "rework", each = 0, hour = 3_000 },
            new { kind = "review", each = 0, hour = 3_000 },
        ]);
        var project = await both.ProjectAsync(canary.Mark, items: 10);

        using var ada = await JoinVendorAsync(both);
        var placement = await AcceptAsync(both, ada, need);
        using var vera = await EnrolAtLabAsync(both, ada, placement);
        await WorkAsync(both, vera, project, canary.Mark);

        await EveryOpenIsSignedAsync(both, vera);
        await PayIsRightAsync(both, ada, engagement);
        await SuspensionIsToldAsync(both, ada, vera, engagement, project);
        await WithdrawalEndsTheSessionAsync(both, vera, placement, project);
        (await both.FoundAtVendorAsync(canary)).ShouldBeEmpty();
        Control(both, canary).ShouldBe(3, "unsealed, in UTF-8, UTF-16 and base64, the same search finds it");
    }

    private static async Task<Visitor> JoinVendorAsync(BothNodes both)
    {
        var invited = await both.VendorOwner.AskAsync(HttpMethod.Post, "/api/desk/invitations", new { role = "expert" });
        var ada = await BothNodes.JoinAsync(both.VendorOwner.Origin, (string)invited!["token"]!, "ada");
        await ada.AskAsync(HttpMethod.Put, "/api/me/profile", new
        {
            zone = "Europe/Berlin",
            hoursPerWeek = 20,
            skills = Array.Empty<object>(),
            languages = new[] { new { tag = "en", level = "c1" } },
            rates = new[] { new { currency = "EUR", perHour = 3_000 } },
        });
        ada.Person = (Guid)(await ada.AskAsync(HttpMethod.Get, "/api/session"))!["vendor"]!["person"]!;
        return ada;
    }

    /// <summary>The offer waits for the agreement; then it places her.</summary>
    private static async Task<Guid> AcceptAsync(BothNodes both, Visitor ada, Guid need)
    {
        await both.VendorOwner.AskAsync(HttpMethod.Post, $"/api/desk/needs/{need}/offers", new { experts = new[] { ada.Person } });
        var offer = (await ada.AskAsync(HttpMethod.Get, "/api/me/offers"))!.AsArray().ShouldHaveSingleItem()!;
        ((string)offer["codeName"]!, offer["missing"]!.ToJsonString()).ShouldBe(("amber-heron", """["agreement:nda"]"""));
        (await ada.SendAsync(HttpMethod.Post, $"/api/me/offers/{offer["id"]}/accept")).Status.ShouldBe(409);

        var agreement = (await ada.AskAsync(HttpMethod.Get, "/api/me/agreements"))!.AsArray().ShouldHaveSingleItem()!;
        await ada.AskAsync(HttpMethod.Post, "/api/me/agreements/nda/signature", new { version = (int)agreement["version"]!, sha256 = (string)agreement["sha256"]!, name = "Ada Lovelace" });
        var placement = (Guid)(await ada.AskAsync(HttpMethod.Post, $"/api/me/offers/{offer["id"]}/accept"))!["placement"]!;
        await both.UntilAsync(async () => (string?)(await OwnPlacementAsync(ada))["labState"] == "admissible");
        return placement;
    }

    /// <summary>The lab's page makes a key, the vendor vouches for it, the lab enrols it with a passkey.</summary>
    private static async Task<Visitor> EnrolAtLabAsync(BothNodes both, Visitor ada, Guid placement)
    {
        var vera = new Visitor(both.LabOwner.Origin);
        var vouched = await ada.AskAsync(HttpMethod.Post, $"/api/me/placements/{placement}/statement", new { jkt = StandInVendor.Thumbprint(vera.Key.PublicKey) });
        ((string)vouched!["back"]!).ShouldStartWith(vera.Origin);
        var (status, enrolled) = await RunningLab.EnrolAsync(vera, (string)vouched["statement"]!);
        status.ShouldBe(200, enrolled?.ToJsonString());
        vera.Key.Id = (Guid)enrolled!["key"]!;
        vera.Person = (Guid)(await vera.AskAsync(HttpMethod.Get, "/api/session"))!["labs"]!.AsArray().ShouldHaveSingleItem()!["pseudonym"]!;
        return vera;
    }

    private static async Task WorkAsync(BothNodes both, Visitor vera, string project, string mark)
    {
        var root = $"/api/labs/acme/projects/{project}";
        (await vera.AskAsync(HttpMethod.Post, $"{root}/guidelines/1/read"))!.ToJsonString().ShouldContain(mark);
        await vera.AskAsync(HttpMethod.Put, $"{root}/guidelines/1/acknowledgement", new { seconds = ReadingSeconds });
        for (var i = 0; i < Tasks; i++)
        {
            var task = await vera.AskAsync(HttpMethod.Post, $"{root}/tasks/next");
            task!.ToJsonString().ShouldContain(mark);
            var slot = (string)task["slot"]!;
            await vera.AskAsync(HttpMethod.Put, $"{root}/tasks/{slot}/draft", new { answers = new { why = new { text = $"I think {mark}" } } }, "\"0\"");
            if (i == 0)
                await vera.AskAsync(HttpMethod.Post, $"{root}/tasks/{slot}/questions", new { text = $"Is {mark} a tie?", seconds = 30 });
            both.Clock.Advance(TimeSpan.FromSeconds(TaskSeconds));
            await vera.AskAsync(HttpMethod.Post, $"{root}/tasks/{slot}/submit", new
            {
                submission = Guid.NewGuid(),
                answers = new { preference = new { choice = 1 }, why = new { text = $"Because of {mark}" } },
                seconds = TaskSeconds,
            });
        }
    }

    private static async Task EveryOpenIsSignedAsync(BothNodes both, Visitor vera)
    {
        await using var scope = both.Lab.Services.CreateAsyncScope();
        var lab = new LabId(await scope.ServiceProvider.GetRequiredService<AppDb>().Set<Work.Labs.Lab>().Select(row => row.Id).SingleAsync());
        var opens = (await both.LabVault.ReceiptsAsync(new ReceiptQuery(lab, Principal: vera.Person, Acts: [Act.Open]))).Where(receipt => receipt.Refusal is null).ToList();
        var key = (await both.LabVault.EnrolledKeysAsync(lab, vera.Person)).ShouldHaveSingleItem();
        opens.Count.ShouldBeGreaterThanOrEqualTo(1 + Tasks, "the guidelines and each task");
        opens.ShouldAllBe(receipt => SignedReceipt.IsSignedBy(lab, receipt, key));
    }

    private static async Task PayIsRightAsync(BothNodes both, Visitor ada, Guid engagement)
    {
        List<JsonNode> entries = [];
        await both.UntilAsync(async () =>
        {
            entries = [.. (await both.VendorOwner.AskAsync(HttpMethod.Get, $"/api/desk/pay/entries?engagement={engagement}"))!["rows"]!.AsArray().Select(row => row!)];
            return entries.Count >= Tasks + 2;
        });

        entries.ShouldAllBe(entry => (Guid)entry["expert"]! == ada.Person && (string)entry["currency"]! == "EUR");
        // 600 s at 30.00 an hour; 1.00 a question; 2.50 a task and 90 s at 10.00 an hour.
        Paid("reading").ShouldBe([500]);
        Paid("question").ShouldBe([100]);
        Paid("task").ShouldBe([275, 275, 275]);
        var open = (await ada.AskAsync(HttpMethod.Get, "/api/me/pay"))!["open"]!.AsArray().ShouldHaveSingleItem()!;
        ((long)open["amount"]!).ShouldBe(500 + 100 + (Tasks * 275));
        (await both.VendorOwner.AskAsync(HttpMethod.Post, "/api/desk/pay/check"))!["faults"]!.AsArray().ShouldBeEmpty();

        IEnumerable<long> Paid(string kind) => entries.Where(entry => (string)entry["paid"]! == kind).Select(entry => (long)entry["amount"]!);
    }

    private static async Task SuspensionIsToldAsync(BothNodes both, Visitor ada, Visitor vera, Guid engagement, string project)
    {
        var root = $"/api/labs/acme/projects/{project}/tasks";
        var task = await vera.AskAsync(HttpMethod.Post, $"{root}/next");
        var made = await both.LabOwner.AskAsync(HttpMethod.Post, "/api/labs/acme/suspensions", new { scope = "engagement", id = engagement, reason = "qualityQuestion" });
        (await vera.RefusedAsync(HttpMethod.Post, $"{root}/next")).ShouldBe((423, "qualityQuestion"));
        await vera.AskAsync(HttpMethod.Put, $"{root}/{task!["slot"]}/draft", new { answers = new { preference = new { choice = 2 } } }, "\"0\"");
        await both.UntilAsync(() => IsToldAsync(ada, "suspended", "quality-question"));
        var stopped = (await ada.AskAsync(HttpMethod.Get, "/api/me/work"))!["stopped"]!.AsArray().ShouldHaveSingleItem()!;
        ((string)stopped["reason"]!).ShouldBe("quality-question");
        ((int)stopped["begun"]!).ShouldBeGreaterThan(0, "what she has taken, and the task that is held for her next request");

        await both.LabOwner.AskAsync(HttpMethod.Delete, $"/api/labs/acme/suspensions/{made!["suspension"]}");
        await both.UntilAsync(() => IsToldAsync(ada, "resumed", null));
        await vera.AskAsync(HttpMethod.Post, $"{root}/{task["slot"]}/open");
    }

    private static async Task WithdrawalEndsTheSessionAsync(BothNodes both, Visitor vera, Guid placement, string project)
    {
        await both.VendorOwner.AskAsync(HttpMethod.Post, $"/api/desk/placements/{placement}/end", new { reason = "conduct" });
        await both.UntilAsync(async () => (await vera.SendAsync(HttpMethod.Get, "/api/session")).Status == 401);
        (await vera.SendAsync(HttpMethod.Post, $"/api/labs/acme/projects/{project}/tasks/next")).Status.ShouldBe(401);
    }

    private static async Task<bool> IsToldAsync(Visitor ada, string kind, string? reason) =>
        (await ada.AskAsync(HttpMethod.Get, "/api/me/work/notices"))!.AsArray().Any(notice => (string)notice!["kind"]! == kind && (reason is null || (string?)notice["reason"] == reason));

    private static async Task<JsonNode> OwnPlacementAsync(Visitor ada) => (await ada.AskAsync(HttpMethod.Get, "/api/me/placements"))!.AsArray().ShouldHaveSingleItem()!;

    private static int Control(BothNodes both, Canary canary)
    {
        var folder = Directory.CreateDirectory(Path.Combine(both.VendorFolder, "control")).FullName;
        var text = $"some words and {canary.Mark} among them";
        File.WriteAllText(Path.Combine(folder, "1"), text, Encoding.UTF8);
        File.WriteAllText(Path.Combine(folder, "2"), text, Encoding.Unicode);
        File.WriteAllText(Path.Combine(folder, "3"), Convert.ToBase64String(Encoding.UTF8.GetBytes(text)));
        return AtRestSearch.Search(both.VendorFolder, canary).Found.Count;
    }
}
