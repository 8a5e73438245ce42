using System.Net;
using Cofferdam.TestKit;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class MembershipTests
{
    private const string Lab = "/api/labs/acme";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Role_Changed_CountsFromTheNextRequestOn(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var olga = await node.OwnerAsync("acme");
        using var sam = await JoinAsync(node, olga, "sam", "projectManager");
        var link = await sam.InviteAsync("acme", "annotator");
        var path = $"{Lab}/people/{await PseudonymAsync(olga, "sam")}/role";

        (await sam.PostAsync(path, new { role = "owner" })).Must(HttpStatusCode.Forbidden);
        (await olga.PostAsync(path, new { role = "reviewer" })).Must(HttpStatusCode.NoContent);
        (await sam.GetAsync($"{Lab}/people")).Must(HttpStatusCode.Forbidden);
        // Links of a role that is gone let nobody in.
        using var nobody = node.Browse();
        (await nobody.PostAsync("/api/enrolments/look", new { token = link })).Must(HttpStatusCode.Gone);
        (await olga.PostAsync(path, new { role = "owner" })).Must(HttpStatusCode.NoContent);
        (await sam.PostAsync($"{Lab}/people/{await PseudonymAsync(sam, "owner-of-acme")}/role", new { role = "auditor" })).Must(HttpStatusCode.NoContent);
        (await olga.PostAsync(path, new { role = "annotator" })).Must(HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task Role_ChangedToOneThatHasNoTokens_EndsThem()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var sam = await JoinAsync(node, olga, "sam", "projectManager");
        using var program = node.Browse();
        var token = await sam.TokenAsync("acme", "read", "work");
        (await program.SendAsync(HttpMethod.Get, $"{Lab}/work", with: Browser.Bearer(token))).Must(HttpStatusCode.OK);

        (await olga.PostAsync($"{Lab}/people/{await PseudonymAsync(olga, "sam")}/role", new { role = "annotator" })).Must(HttpStatusCode.NoContent);

        (await sam.GetAsync($"{Lab}/work")).Must(HttpStatusCode.OK);
        (await program.SendAsync(HttpMethod.Get, $"{Lab}/work", with: Browser.Bearer(token))).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task LastOwner_RemovedOrGivenAnotherRole_Stays()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var person = $"{Lab}/people/{await PseudonymAsync(olga, "owner-of-acme")}";

        (await olga.PostAsync($"{person}/role", new { role = "projectManager" })).Must(HttpStatusCode.Conflict).Code.ShouldBe("last-owner");
        (await olga.SendAsync(HttpMethod.Delete, person)).Must(HttpStatusCode.Conflict).Code.ShouldBe("last-owner");
        (await olga.PostAsync($"{person}/role", new { role = "owner" })).Must(HttpStatusCode.NoContent);
        (await olga.GetAsync($"{Lab}/people")).Must(HttpStatusCode.OK);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Removed_WithWorkInHand_IsOutAndTheWorkGoesOn(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        var work = await LabWithWork.MakeAsync(node, "acme");
        var (owner, tasks) = (work.Owner, $"{Lab}/projects/{work.Project}/tasks");
        using var rita = await JoinAsync(node, owner, "rita", "owner");
        (await owner.PostAsync($"{tasks}/{work.Ids["slot"]}/release")).Must(HttpStatusCode.NoContent);
        (await rita.SendAsync(HttpMethod.Put, $"{Lab}/projects/{work.Project}/guidelines/1/acknowledgement")).Must(HttpStatusCode.NoContent);
        (await rita.PostAsync($"{tasks}/next")).Must(HttpStatusCode.OK);
        (await owner.PostAsync($"{tasks}/next")).Must(HttpStatusCode.NoContent);
        using var program = node.Browse();
        var token = await rita.TokenAsync("acme", "read");
        var person = $"{Lab}/people/{await PseudonymAsync(owner, "rita")}";

        (await owner.SendAsync(HttpMethod.Delete, person)).Must(HttpStatusCode.NoContent);

        (await rita.GetAsync($"{Lab}/people")).Must(HttpStatusCode.Unauthorized);
        (await program.SendAsync(HttpMethod.Get, $"{Lab}/people", with: Browser.Bearer(token))).Must(HttpStatusCode.Unauthorized);
        (await owner.PostAsync($"{tasks}/next")).Must(HttpStatusCode.OK);
        (await owner.GetAsync($"{Lab}/people")).Json.AsArray().Single(one => (string)one!["name"]! == "rita")!["left"].ShouldNotBeNull();
        (await owner.SendAsync(HttpMethod.Delete, person)).Must(HttpStatusCode.NotFound);
    }

    /// <summary>Somebody with a role; an owner is made one by an owner.</summary>
    private static async Task<Browser> JoinAsync(RunningNode node, Browser owner, string name, string role)
    {
        var person = node.Browse();
        (await person.EnrolAsync(await owner.InviteAsync("acme", role == "owner" ? "reviewer" : role), name, node.Clock)).Must(HttpStatusCode.NoContent);
        if (role == "owner")
            (await owner.PostAsync($"{Lab}/people/{await PseudonymAsync(owner, name)}/role", new { role })).Must(HttpStatusCode.NoContent);
        return person;
    }

    private static async Task<string> PseudonymAsync(Browser person, string name) =>
        (string)(await person.GetAsync($"{Lab}/people")).Json.AsArray().Single(one => (string)one!["name"]! == name)!["pseudonym"]!;
}
