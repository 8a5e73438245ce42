using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cofferdam.Vault.Contract;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>Somebody whose access has been withdrawn, with everything they had still in hand.</summary>
public sealed class WithdrawnAccessTests
{
    private const string Lab = "/api/labs/acme";

    [Fact]
    public async Task SuspendedStaff_LiftingItOrLettingPeopleIn_IsForbidden()
    {
        await using var node = await RunningNode.StartAsync();
        using var owner = await node.OwnerAsync("acme");
        using var sam = await JoinAsync(node, owner, "sam", "projectManager");
        var putBy = await sam.InviteAsync("acme", "reviewer");
        var suspension = (string)(await SuspendAsync(owner, await PseudonymAsync(owner, "sam"))).Must(HttpStatusCode.OK).Json["suspension"]!;

        (await sam.SendAsync(HttpMethod.Delete, $"{Lab}/suspensions/{suspension}")).Must(HttpStatusCode.Forbidden).Code.ShouldBe("you-are-suspended");
        (await sam.PostAsync($"{Lab}/invitations", new { role = "reviewer" })).Must(HttpStatusCode.Forbidden);
        (await SuspendAsync(sam, await PseudonymAsync(owner, "owner-of-acme"))).Must(HttpStatusCode.Forbidden);
        using var nobody = node.Browse();
        (await nobody.PostAsync("/api/enrolments/look", new { token = putBy })).Must(HttpStatusCode.Gone).Code.ShouldBe("link-used");
        (await node.RefusalsAsync(await node.LabAsync("acme"))).Count.ShouldBe(3);

        (await owner.SendAsync(HttpMethod.Delete, $"{Lab}/suspensions/{suspension}")).Must(HttpStatusCode.NoContent);
        (await nobody.PostAsync("/api/enrolments/look", new { token = putBy })).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task SuspendedStaff_ChangingWhatOthersWorkOn_IsForbiddenAndChangesNothing()
    {
        await using var node = await RunningNode.StartAsync();
        var lab = await LabWithWork.MakeAsync(node, "acme");
        using var sam = await JoinAsync(node, lab.Owner, "sam", "projectManager");
        var project = $"{Lab}/projects/{lab.Project}";
        (await SuspendAsync(lab.Owner, await PseudonymAsync(lab.Owner, "sam"))).Must(HttpStatusCode.OK);
        Task<Answer> Put(string path, string body) => sam.SendAsync(
            HttpMethod.Put, path, new StringContent(body, Encoding.UTF8, "application/json"), request => request.Headers.TryAddWithoutValidation("If-Match", "\"1\""));

        foreach (var answer in (Answer[])
            [
                await sam.PostAsync($"{Lab}/projects", new { name = "Mine", description = "" }),
                await Put(project, """{"name":"Mine","description":""}"""),
                await Put($"{project}/form", """{"questions":[{"key":"mine","type":"pairwise","title":"Mine?","points":4}]}"""),
                await sam.SendAsync(HttpMethod.Post, $"{project}/guidelines/versions", with: request => request.Headers.TryAddWithoutValidation("If-Match", "\"1\"")),
                await sam.PostAsync($"{project}/imports", new { fileName = "mine" }),
                await sam.SendAsync(HttpMethod.Put, $"{project}/imports/{lab.Ids["import"]}/content", new StringContent("", Encoding.UTF8, "application/x-ndjson")),
                await sam.PostAsync($"{project}/batches", new { name = "mine" }),
                await sam.PostAsync($"{project}/operations", new { kind = "release", batch = lab.Ids["batch"] }),
                await sam.PostAsync($"{project}/items/{lab.Ids["item"]}/gold", new { answers = new { preference = new { choice = 1 } } }),
                await sam.PostAsync($"{project}/questions/{lab.Ids["question"]}/answer", new { text = "mine" }),
                await sam.PostAsync($"{project}/tasks/{lab.Ids["slot"]}/questions", new { text = "mine" }),
                await sam.PostAsync($"{project}/acceptances/{lab.Ids["acceptance"]}/decision", new { decision = "reject", reason = "mine" }),
                await sam.PostAsync($"{project}/appeals/{lab.Ids["appeal"]}/decision", new { uphold = true, reason = "mine" }),
                await sam.PostAsync($"{project}/searches", new { text = "mine" }),
                await sam.SendAsync(HttpMethod.Delete, $"{project}/searches/{lab.Ids["search"]}"),
                await sam.PostAsync($"{project}/figures/bias"),
                await sam.PostAsync($"{project}/deliveries", new { shape = "trl-preference" }),
            ])
            answer.Must(HttpStatusCode.Forbidden).Code.ShouldBe("you-are-suspended");

        (await lab.Owner.GetAsync($"{Lab}/projects")).Json.AsArray().Count.ShouldBe(1);
        (await lab.Owner.GetAsync(project)).Response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        (await lab.Owner.GetAsync($"{project}/form")).Response.Headers.ETag!.Tag.ShouldBe("\"1\"");
        // What somebody has typed may always be kept.
        (await Put($"{project}/guidelines/draft", """{"sections":[{"key":"tone","title":"Tone","body":"Be plainer.","questions":[]}]}""")).Must(HttpStatusCode.OK);
    }

    [Fact]
    public async Task Suspend_OfOneselfOrOfAnOwnerByStaff_IsRefused()
    {
        await using var node = await RunningNode.StartAsync();
        using var owner = await node.OwnerAsync("acme");
        using var sam = await JoinAsync(node, owner, "sam", "projectManager");
        var pseudonym = await PseudonymAsync(owner, "owner-of-acme");

        (await SuspendAsync(owner, pseudonym)).Must(HttpStatusCode.Conflict).Code.ShouldBe("own-access");
        (await SuspendAsync(sam, pseudonym)).Must(HttpStatusCode.Forbidden).Code.ShouldBe("owner-only");
    }

    [Fact]
    public async Task Form_OfNoBatch_IsNotThereForAnAnnotator()
    {
        await using var node = await RunningNode.StartAsync();
        var lab = await LabWithWork.MakeAsync(node, "acme");
        using var anna = await JoinAsync(node, lab.Owner, "anna", "annotator");
        var forms = $"{Lab}/projects/{lab.Project}";
        var changed = new StringContent(
            """{"questions":[{"key":"secret","type":"pairwise","title":"Not asked yet","points":4}]}""", Encoding.UTF8, "application/json");
        (await lab.Owner.SendAsync(HttpMethod.Put, $"{forms}/form", changed, request => request.Headers.TryAddWithoutValidation("If-Match", "\"1\""))).Must(HttpStatusCode.OK);

        (await anna.GetAsync($"{forms}/forms/1")).Must(HttpStatusCode.OK);
        (await anna.GetAsync($"{forms}/forms/2")).Must(HttpStatusCode.NotFound);
        (await lab.Owner.GetAsync($"{forms}/forms/2")).Must(HttpStatusCode.OK);
    }

    // More than the buffers between server and reader hold, so that the reader decides how far the server has got.
    [Fact]
    public async Task Package_ReadSlowlyAcrossASuspension_EndsThere()
    {
        const int items = 32;
        await using var node = await RunningNode.StartAsync();
        using var owner = await node.OwnerAsync("acme");
        using var rita = await JoinAsync(node, owner, "rita", "projectManager");
        var (project, delivery) = await DeliverAsync(owner, rita, items, new string('p', 1 << 20));

        using var http = new HttpClient();
        using var request = new HttpRequestMessage(HttpMethod.Get, $"{node.Address}{project}/deliveries/{delivery}/package");
        request.Headers.Host = new Uri(node.Origin).Authority;
        request.Headers.Add("Cookie", rita.Cookies.GetCookieHeader(new Uri(node.Origin)));
        using var response = await http.SendAsync(request, HttpCompletionOption.ResponseHeadersRead);
        response.StatusCode.ShouldBe(HttpStatusCode.OK);
        await using var body = await response.Content.ReadAsStreamAsync();
        await body.ReadExactlyAsync(new byte[1_000]);

        (await SuspendAsync(owner, await PseudonymAsync(owner, "rita"))).Must(HttpStatusCode.OK);

        await Should.ThrowAsync<IOException>(() => body.CopyToAsync(Stream.Null));
        (await node.RefusalsAsync(await node.LabAsync("acme")))[0].Refusal.ShouldBe(RefusalReason.Suspended);
    }

    private static async Task<(string Project, string Delivery)> DeliverAsync(Browser owner, Browser reviewer, int items, string prompt)
    {
        var project = $"{Lab}/projects/{Id(await owner.PostAsync($"{Lab}/projects", new { name = "Large", description = "" }))}";
        var form = new StringContent("""{"questions":[{"key":"preference","type":"pairwise","title":"Which?","points":4}]}""", Encoding.UTF8, "application/json");
        (await owner.SendAsync(HttpMethod.Put, $"{project}/form", form, request => request.Headers.TryAddWithoutValidation("If-Match", "\"0\""))).Must(HttpStatusCode.OK);
        var import = Id(await owner.PostAsync($"{project}/imports", new { fileName = "x" }));
        var rows = string.Concat(Enumerable.Repeat($$"""{"prompt":"{{prompt}}","response_1":"x","response_2":"y"}""" + "\n", items));
        (await owner.SendAsync(HttpMethod.Put, $"{project}/imports/{import}/content", new StringContent(rows, Encoding.UTF8, "application/x-ndjson"))).Must(HttpStatusCode.OK);
        (await owner.PostAsync($"{project}/batches", new { name = "x" })).Must(HttpStatusCode.Created);
        for (var i = 0; i < items; i++)
        {
            var slot = (string)(await owner.PostAsync($"{project}/tasks/next")).Must(HttpStatusCode.OK).Json["slot"]!;
            (await owner.PostAsync($"{project}/tasks/{slot}/submit", new { submission = Guid.NewGuid(), answers = new { preference = new { choice = 1 } } })).Must(HttpStatusCode.OK);
            var review = (string)(await reviewer.PostAsync($"{project}/reviews/next")).Must(HttpStatusCode.OK).Json["slot"]!;
            (await reviewer.PostAsync($"{project}/reviews/{review}", new { decision = "accept" })).Must(HttpStatusCode.OK);
        }

        var delivery = Id(await reviewer.PostAsync($"{project}/deliveries", new { shape = "trl-preference" }));
        JsonNode made;
        do
        {
            made = (await reviewer.GetAsync($"{project}/deliveries/{delivery}")).Must(HttpStatusCode.OK).Json;
        }
        while ((string)made["state"]! == "making");
        ((string)made["state"]!).ShouldBe("done");
        ((long)made["bytes"]!).ShouldBeGreaterThan(items << 20);
        return (project, delivery);
    }

    private static async Task<Browser> JoinAsync(RunningNode node, Browser owner, string name, string role)
    {
        var browser = node.Browse();
        (await browser.EnrolAsync(await owner.InviteAsync("acme", role), name, node.Clock)).Must(HttpStatusCode.NoContent);
        return browser;
    }

    private static async Task<string> PseudonymAsync(Browser staff, string name) =>
        (string)(await staff.GetAsync($"{Lab}/people")).Json.AsArray().Single(person => (string)person!["name"]! == name)!["pseudonym"]!;

    private static Task<Answer> SuspendAsync(Browser staff, string pseudonym) =>
        staff.PostAsync($"{Lab}/suspensions", new { scope = "person", id = pseudonym, reason = "securityIncident" });

    private static string Id(Answer made) => (string)made.Must(HttpStatusCode.Created).Json["id"]!;
}
