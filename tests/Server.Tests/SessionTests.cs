using System.Net;
using Cofferdam.TestKit;
using Xunit;

namespace Cofferdam.Server.Tests;

public sealed class SessionTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Sessions_OfOnePerson_AreListedAndEndedByThatPersonAlone(string database)
    {
        await using var node = await RunningNode.StartAsync(database);
        using var olga = await node.OwnerAsync("acme");
        using var elsewhere = node.Browse();
        node.Clock.Advance(TimeSpan.FromMinutes(1));
        (await elsewhere.SignInAsync("owner-of-acme", Browser.Password, olga.Code(node.Clock))).Must(HttpStatusCode.NoContent);

        var sessions = (await olga.GetAsync("/api/sessions")).Must(HttpStatusCode.OK).Json.AsArray();
        sessions.Select(one => (string)one!["kind"]!).ShouldBe(["password", "password"]);
        sessions.Select(one => (bool)one!["current"]!).ShouldBe([false, true]);
        var other = (string)sessions[0]!["id"]!;

        using var boris = await node.OwnerAsync("borealis");
        (await boris.SendAsync(HttpMethod.Delete, $"/api/sessions/{other}")).Must(HttpStatusCode.NotFound);
        (await elsewhere.GetAsync("/api/session")).Must(HttpStatusCode.OK);
        (await olga.SendAsync(HttpMethod.Delete, $"/api/sessions/{other}")).Must(HttpStatusCode.NoContent);
        (await elsewhere.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
        (await olga.GetAsync("/api/sessions")).Json.AsArray().Count.ShouldBe(1);
    }

    [Fact]
    public async Task Sessions_OfAMember_AreEndedByAnOwner()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        using var key = new SoftwareAuthenticator();
        using var anna = node.Browse();
        (await anna.EnrolAsync(await olga.InviteAsync("acme", "annotator"), "anna", key)).Must(HttpStatusCode.NoContent);
        ((string)(await anna.GetAsync("/api/sessions")).Json[0]!["kind"]!).ShouldBe("passkey");
        var person = (string)(await olga.GetAsync("/api/labs/acme/people")).Json.AsArray().Last()!["pseudonym"]!;

        (await anna.SendAsync(HttpMethod.Delete, $"/api/labs/acme/people/{person}/sessions")).Must(HttpStatusCode.Forbidden);
        (await olga.SendAsync(HttpMethod.Delete, $"/api/labs/acme/people/{person}/sessions")).Must(HttpStatusCode.NoContent);

        (await anna.GetAsync("/api/session")).Must(HttpStatusCode.Unauthorized);
        (await anna.SignInAsync(key)).Must(HttpStatusCode.NoContent);
    }
}
