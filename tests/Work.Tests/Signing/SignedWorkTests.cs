using System.Text.Json;
using Cofferdam.ApiClient;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;
using BrowserKey = Cofferdam.ApiClient.BrowserKey;

namespace Cofferdam.Work.Tests.Signing;

/// <summary>People who sign what they open: they are asked for it, what they sign is receipted as theirs, and nothing else opens.</summary>
public sealed class SignedWorkTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Tasks_OfWhoSigns_AreAskedForOnceAndThenCostOneRequestEach(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 5);
        var key = await host.EnrolAsync("ada");

        using var unsigned = await host.SendOnceAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        ((int)unsigned.StatusCode).ShouldBe(428);
        (await OpensAsync(host, "ada")).ShouldBeEmpty("nothing was asked of the vault without a signature");
        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        Challenge.Read(await unsigned.Content.ReadAsStringAsync())!.Opens!.Single().Assignment.ShouldBe(task.GetProperty("slot").GetGuid(), "the slot is kept");
        for (var i = 0; i < 3; i++)
        {
            await host.SubmitAsync(project, task);
            var before = host.Requests;
            task = await OpenOfferedAsync(host, project, key, task);
            (host.Requests - before).ShouldBe(1);
        }

        var opens = await OpensAsync(host, "ada");
        opens.Count.ShouldBe(4);
        var enrolled = (await host.Vault.EnrolledKeysAsync(host.LabOf("ada"))).Single();
        opens.ShouldAllBe(receipt => SignedReceipt.IsSignedBy(host.LabOf("ada"), receipt, enrolled));
    }

    [Fact]
    public async Task Proof_ReplayedOrOfAnother_OpensNothing()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateReadyProjectAsync(items: 5);
        var key = await host.EnrolAsync("ada");
        using var others = await host.EnrolAsync("staff");
        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        var (open, proof) = Offered(project, key, task);
        (await host.SendOnceAsync("ada", HttpMethod.Post, open, proof: proof)).IsSuccessStatusCode.ShouldBeTrue();
        var before = (await OpensAsync(host, "ada")).Count;

        ((int)(await host.SendOnceAsync("ada", HttpMethod.Post, open, proof: proof)).StatusCode).ShouldBe(428, "replayed");
        using var asked = await host.SendOnceAsync("ada", HttpMethod.Post, open);
        var challenge = Challenge.Read(await asked.Content.ReadAsStringAsync())!;
        var forged = (Challenge.ProofsHeader, others.Prove(challenge.Lab, challenge.Opens!.Single()));
        ((int)(await host.SendOnceAsync("ada", HttpMethod.Post, open, proof: forged)).StatusCode).ShouldBe(428, "somebody else's key");
        ((int)(await host.SendOnceAsync("ada", HttpMethod.Post, open, proof: (Challenge.ProofsHeader, "no proof, at.all.x"))).StatusCode).ShouldBe(428);

        (await OpensAsync(host, "ada")).Count.ShouldBe(before);
        var refused = await host.Vault.ReceiptsAsync(new ReceiptQuery(host.LabOf("ada"), Principal: host.PseudonymOf("ada"), Acts: [Act.Refuse]));
        refused.Select(receipt => receipt.Refusal).ShouldBe([RefusalReason.NotAttested, RefusalReason.NotAttested]);
    }

    [Fact]
    public async Task SlotsAhead_OfASessionThatEnded_GoToOthers()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateReadyProjectAsync(items: 2);
        await host.AddPersonAsync("acme", "bo", Role.Annotator);
        await host.AcknowledgeAsync(project, "bo");
        await host.EnrolAsync("ada");
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next");
        (await host.NextStatusAsync(project, "bo")).ShouldBe(204, "one is open and one is held for her");

        await host.EndSessionAsync("ada");

        (await host.NextStatusAsync(project, "bo")).ShouldBe(200);
        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks")).GetArrayLength().ShouldBe(1, "what she had opened stays hers");
    }

    [Fact]
    public async Task EveryPlaceOfWork_ForWhoSigns_WorksAndIsAttested()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateReadyProjectAsync(items: 3);
        foreach (var person in (string[])["ada", "rev", "staff"])
            await host.EnrolAsync(person);
        var at = $"/projects/{project}";
        await host.AskAsync("staff", HttpMethod.Put, at, new { name = "Canary", description = "d", warnings = new[] { new { key = "blood", label = "Blood" } } },
            (await host.SendAsync("staff", HttpMethod.Get, at)).Headers.ETag!.Tag);

        (await host.AskAsync("ada", HttpMethod.Get, $"{at}/warnings")).GetProperty("warnings").GetArrayLength().ShouldBe(1);
        (await host.AskAsync("ada", HttpMethod.Post, $"{at}/guidelines/1/read")).GetProperty("sections").GetArrayLength().ShouldBeGreaterThan(0);
        (await host.AskAsync("ada", HttpMethod.Get, $"{at}/forms/1")).GetProperty("questions").GetArrayLength().ShouldBe(2);
        var task = await host.AskAsync("ada", HttpMethod.Post, $"{at}/tasks/next");
        var slot = task.GetProperty("slot").GetString();
        await host.AskAsync("ada", HttpMethod.Post, $"{at}/tasks/{slot}/questions", new { text = "Which?" });
        (await host.AskAsync("ada", HttpMethod.Get, $"{at}/questions"))[0].GetProperty("text").GetString().ShouldBe("Which?");
        await host.SubmitAsync(project, task);
        (await host.AskAsync("rev", HttpMethod.Post, $"{at}/reviews/next")).GetProperty("slot").GetString().ShouldBe(slot);
        await host.AskAsync("rev", HttpMethod.Post, $"{at}/reviews/{slot}", new { decision = "return", reason = "Look again", evidence = new { section = "general", quote = "b0" } });
        (await host.AskAsync("ada", HttpMethod.Post, $"{at}/tasks/{slot}/open")).GetProperty("reason").GetString().ShouldBe("Look again");
        await host.AskAsync("ada", HttpMethod.Post, $"{at}/tasks/{slot}/appeal", new { words = "It was right" });
        var appeal = (await host.AskAsync("rev", HttpMethod.Get, $"{at}/appeals"))[0].GetProperty("id").GetString();
        (await host.AskAsync("ada", HttpMethod.Get, $"{at}/appeals/{appeal}")).GetProperty("id").GetString().ShouldBe(appeal);
        // A list makes do without names where the vault refuses; for who signs it is asked for again, and has them.
        (await host.AskAsync("staff", HttpMethod.Get, "/projects"))[0].GetProperty("name").GetString().ShouldBe("Canary");
        (await host.AskAsync("staff", HttpMethod.Get, $"{at}/batches"))[0].GetProperty("name").GetString().ShouldNotBeNull();

        foreach (var person in (string[])["ada", "rev", "staff"])
        {
            var opens = await OpensAsync(host, person);
            opens.ShouldNotBeEmpty(person);
            opens.Where(receipt => receipt.Proof is null).ShouldAllBe(receipt => receipt.Sequence < Enrolled(host, person), person);
        }
    }

    [Fact]
    public async Task Act_OfStaffWhoSign_IsSignedToo()
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var key = await host.EnrolAsync("staff");
        await host.AddPersonAsync("acme", "owner", Role.Owner);
        var made = await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "export", reason = "other" });
        var suspension = $"/suspensions/{made.GetProperty("suspension").GetString()}";

        (await host.RefusedAsync("owner", HttpMethod.Delete, suspension)).ShouldBe((428, "sign"));
        await host.AskAsync("staff", HttpMethod.Delete, suspension);

        (await host.Vault.ReceiptsAsync(new ReceiptQuery(host.LabOf("staff"), Acts: [Act.Resume]))).Single().Proof!.Key.ShouldBe(key.Id);
    }

    private static long Enrolled(LabHost host, string person) =>
        host.Vault.ReceiptsAsync(new ReceiptQuery(host.LabOf(person), Acts: [Act.Enrol])).GetAwaiter().GetResult().Max(receipt => receipt.Sequence);

    private static async Task<IReadOnlyList<ReceiptEntry>> OpensAsync(LabHost host, string person) =>
        await host.Vault.ReceiptsAsync(new ReceiptQuery(host.LabOf(person), Principal: host.PseudonymOf(person), Acts: [Act.Open], Limit: 1000));

    private static async Task<JsonElement> OpenOfferedAsync(LabHost host, string project, BrowserKey key, JsonElement task)
    {
        var (open, proof) = Offered(project, key, task);
        using var response = await host.SendOnceAsync("ada", HttpMethod.Post, open, proof: proof);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
        return JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.Clone();
    }

    private static (string Path, (string, string) Proof) Offered(string project, BrowserKey key, JsonElement task)
    {
        var next = task.GetProperty("next").Deserialize<NextTask>(LabHost.Json)!;
        return ($"/projects/{project}/tasks/{next.Slot}/open", (Challenge.ProofsHeader, key.Prove(next.Lab, next.Open)));
    }
}
