using System.Net;
using System.Text;
using System.Text.Json.Nodes;
using Cofferdam.Server.Access;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using Xunit;

namespace Cofferdam.Server.Tests;

/// <summary>Every endpoint of a lab, and what it tells those whom it does not serve.</summary>
public sealed class AccessTests
{
    [Fact]
    public async Task EveryEndpoint_AskedByAStranger_IsNotFoundAndRecorded_Cvat4738()
    {
        await using var node = await RunningNode.StartAsync();
        var mine = await LabWithWork.MakeAsync(node, "acme");
        var theirs = await LabWithWork.MakeAsync(node, "borealis");
        var document = await DocumentAsync(mine.Owner);
        var lab = await node.LabAsync("borealis");

        var names = new HashSet<Principal>();
        foreach (var call in Call.All(node))
            names.Add((await RefusedAsync(node, lab, mine.Owner, call, "borealis", theirs.Ids, document, HttpStatusCode.NotFound)).Principal);
        names.Single().Kind.ShouldBe(PrincipalKind.Person);
    }

    [Fact]
    public async Task EveryEndpoint_WithAnotherLabsIds_IsNotFoundAndRecorded_Cvat4738()
    {
        await using var node = await RunningNode.StartAsync();
        var mine = await LabWithWork.MakeAsync(node, "acme");
        var theirs = await LabWithWork.MakeAsync(node, "borealis");
        var document = await DocumentAsync(mine.Owner);
        var lab = await node.LabAsync("acme");

        var asked = 0;
        foreach (var call in Call.All(node).Where(call => call.Ids.Count > 0))
        {
            // Another lab's project, and then one's own project with another lab's things.
            await RefusedAsync(node, lab, mine.Owner, call, "acme", theirs.Ids, document, HttpStatusCode.NotFound);
            asked++;
            if (call.Ids.Contains("project") && call.Ids.Count > 1)
            {
                var mixed = new Dictionary<string, string>(theirs.Ids, StringComparer.Ordinal) { ["project"] = mine.Project };
                await RefusedAsync(node, lab, mine.Owner, call, "acme", mixed, document, HttpStatusCode.NotFound);
            }
        }

        asked.ShouldBeGreaterThan(20);
    }

    [Fact]
    public async Task EveryEndpoint_AskedBelowItsRole_IsForbiddenAndRecorded()
    {
        await using var node = await RunningNode.StartAsync();
        var mine = await LabWithWork.MakeAsync(node, "acme");
        var document = await DocumentAsync(mine.Owner);
        var lab = await node.LabAsync("acme");
        using var anna = node.Browse();
        (await anna.EnrolAsync(await mine.Owner.InviteAsync("acme", "annotator"), "anna", node.Clock)).Must(HttpStatusCode.NoContent);

        var closed = Call.All(node).Where(call => call.Policies.Any(policy => policy is Policies.Reviewer or Policies.Staff or Policies.Owner or Policies.Observer)).ToList();
        closed.Count.ShouldBeGreaterThan(20);
        foreach (var call in closed)
            await RefusedAsync(node, lab, anna, call, "acme", mine.Ids, document, HttpStatusCode.Forbidden);
    }

    [Fact]
    public async Task EveryEndpoint_SignedOut_IsUnauthorized()
    {
        await using var node = await RunningNode.StartAsync();
        using var nobody = node.Browse();
        var document = await DocumentAsync(nobody);
        var ids = Call.All(node).SelectMany(call => call.Ids).Distinct().ToDictionary(name => name, _ => Guid.NewGuid().ToString(), StringComparer.Ordinal);

        foreach (var call in Call.All(node))
            (await call.SendAsync(nobody, call.Path("acme", ids), document)).Must(HttpStatusCode.Unauthorized);
    }

    [Fact]
    public async Task UnknownLab_AskedBySomebodySignedIn_IsNotFoundAndRecordedAtTheNode()
    {
        await using var node = await RunningNode.StartAsync();
        using var olga = await node.OwnerAsync("acme");
        var before = (await node.RefusalsAsync(LabId.Node)).Count;

        (await olga.GetAsync("/api/labs/nowhere/people")).Must(HttpStatusCode.NotFound).Code.ShouldBe("not-found");

        (await node.RefusalsAsync(LabId.Node)).Count.ShouldBe(before + 1);
    }

    [Fact]
    public void Stranger_AtTwoLabs_HasTwoNames()
    {
        var account = Guid.CreateVersion7();
        var (one, other) = (new LabId(Guid.CreateVersion7()), new LabId(Guid.CreateVersion7()));
        Memberships.Stranger(one, account).ShouldBe(Memberships.Stranger(one, account));
        Memberships.Stranger(one, account).ShouldNotBe(Memberships.Stranger(other, account));
    }

    /// <returns>The receipt of the refusal.</returns>
    private static async Task<ReceiptEntry> RefusedAsync(
        RunningNode node, LabId lab, Browser person, Call call, string slug, IReadOnlyDictionary<string, string> ids, JsonNode document, HttpStatusCode status)
    {
        var before = await node.Vault.HeadAsync(lab);
        var answer = await call.SendAsync(person, call.Path(slug, ids), document);
        answer.Status.ShouldBe(status, $"{call.Method} {call.Pattern}: {answer.Text}");
        var receipt = (await node.RefusalsAsync(lab))[0];
        receipt.Sequence.ShouldBeGreaterThanOrEqualTo(before.Size, $"{call.Method} {call.Pattern} left no receipt");
        var what = Encoding.UTF8.GetString(receipt.What.Span);
        foreach (var name in call.Ids)
            what.ShouldContain(ids[name]);
        return receipt;
    }

    private static async Task<JsonNode> DocumentAsync(Browser person) => (await person.GetAsync("/openapi/v1.json")).Must(HttpStatusCode.OK).Json;
}
