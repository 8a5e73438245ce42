using System.Text.Json;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Batches;

/// <summary>Running the work over HTTP: what staff set, and what people then are given and told.</summary>
public sealed class RunningTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Batch_ChangedPausedMovedClosed_SaysSoAndLeasesGoByIt(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 6);
        var batch = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/batches"))[0];
        var path = $"/projects/{project}/batches/{batch.GetProperty("id").GetString()}";
        (batch.GetProperty("priority").GetInt32(), batch.GetProperty("reviewPercent").GetInt32(), batch.GetProperty("rework").GetString()).ShouldBe((5, 100, "same"));

        (await host.RefusedAsync("staff", HttpMethod.Put, path, new { priority = 9 })).Status.ShouldBe(428);
        (await host.RefusedAsync("staff", HttpMethod.Put, path, new { priority = 12 }, "\"1\"")).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("staff", HttpMethod.Put, path, new { nonsense = 1 }, "\"1\"")).ShouldBe((400, "invalid"));
        // What times a batch's slots is no 64-bit number would stop every lease that asks for room.
        (await host.RefusedAsync("staff", HttpMethod.Put, path, new { price = long.MaxValue }, "\"1\"")).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("staff", HttpMethod.Put, path, new { price = 1, priceCap = long.MaxValue }, "\"1\"")).ShouldBe((400, "invalid"));
        var changed = await host.AskAsync("staff", HttpMethod.Put, path, new { priority = 9, price = 250, priceCap = 500, currency = "EUR" }, "\"1\"");
        (changed.GetProperty("priority").GetInt32(), changed.GetProperty("held").GetInt32(), changed.GetProperty("revision").GetInt64()).ShouldBe((9, 3, 2));
        (await host.RefusedAsync("staff", HttpMethod.Put, path, new { priority = 1 }, "\"1\"")).ShouldBe((412, "changed"));

        var task = await host.NextAsync(project);
        var paused = await host.AskAsync("staff", HttpMethod.Post, path + "/pause", new { reason = "qualityQuestion", words = "look at item 4" });
        paused.GetProperty("state").GetString().ShouldBe("paused");
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((409, "paused"));
        await host.SubmitAsync(project, task);
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/batches"))[0].GetProperty("pauseWords").GetString().ShouldBe("look at item 4");
        (await host.RefusedAsync("staff", HttpMethod.Post, path + "/pause", new { reason = "other" })).ShouldBe((409, "batch-state"));
        await host.AskAsync("staff", HttpMethod.Post, path + "/resume");
        // The price cap leaves room for one more.
        await host.NextAsync(project);
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((409, "price-cap"));
        await host.AskAsync("staff", HttpMethod.Put, path, new { priceCap = (long?)null }, "\"4\"");
        (await host.NextAsync(project)).GetProperty("rounds").GetInt32().ShouldBe(0);
        await host.AskAsync("staff", HttpMethod.Post, path + "/close");
        (await host.NextStatusAsync(project)).ShouldBe(204);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_GuidelinesMovedOn_TellsWhichToReadUntilTheyAre(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 4);
        var batch = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/batches"))[0].GetProperty("id").GetString();
        var taken = await host.NextAsync(project);
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/guidelines/versions", null, "\"1\"");
        // Publishing changes nothing for an open batch.
        (await host.NextAsync(project)).GetProperty("guidelineVersion").GetInt32().ShouldBe(1);

        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches/{batch}/move", new { guidelineVersion = 2 });
        using (var refused = await host.SendAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next"))
        {
            ((int)refused.StatusCode).ShouldBe(409);
            var problem = JsonDocument.Parse(await refused.Content.ReadAsStringAsync()).RootElement;
            (problem.GetProperty("code").GetString(), problem.GetProperty("version").GetInt32()).ShouldBe(("guidelines-unread", 2));
        }

        await host.AcknowledgeAsync(project, "ada", version: 2);
        (await host.NextAsync(project)).GetProperty("guidelineVersion").GetInt32().ShouldBe(2);
        var kept = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{taken.GetProperty("slot").GetString()}/open");
        kept.GetProperty("guidelineVersion").GetInt32().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_SkillsAndLanguages_OnlyWhoHasThemAll(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        await host.ImportRowsAsync(project, 3);
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches",
            new { name = "b", requires = new { skills = new[] { "medicine" }, languages = new[] { "de" } } });
        var ada = await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AcknowledgeAsync(project, "ada");
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((409, "not-qualified"));
        // Nor do they get to read how that work is done.
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/guidelines/1/read")).Status.ShouldBe(404);
        (await host.RefusedAsync("ada", HttpMethod.Get, $"/projects/{project}/forms/1")).Status.ShouldBe(404);

        (await host.RefusedAsync("staff", HttpMethod.Put, $"/people/{ada.Pseudonym}/skills", new { skills = new[] { "No Code" } })).ShouldBe((400, "invalid"));
        await host.AskAsync("staff", HttpMethod.Put, $"/people/{ada.Pseudonym}/skills", new { skills = new[] { "medicine" }, languages = Array.Empty<string>() });
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((409, "not-qualified"));
        await host.AskAsync("staff", HttpMethod.Put, $"/people/{ada.Pseudonym}/skills", new { skills = new[] { "medicine", "law" }, languages = new[] { "de" } });
        await host.AcknowledgeAsync(project, "ada");
        (await host.NextStatusAsync(project)).ShouldBe(200);
        (await host.AskAsync("staff", HttpMethod.Get, $"/people/{ada.Pseudonym}/skills")).GetProperty("skills").GetArrayLength().ShouldBe(2);
        (await host.RefusedAsync("stranger", HttpMethod.Get, $"/people/{ada.Pseudonym}/skills")).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Gold_InTraining_TellsAndIsNeverDeliveredOrCounted(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        await host.ImportRowsAsync(project, 12);
        var items = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("id").GetString()!).ToList();
        foreach (var item in items.Take(6))
            await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/items/{item}/gold", new { answers = Desk.Answers(-2), explanation = "a is right" });
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches", new { name = "b", held = 50, goldPercent = 50, goldFeedback = "training", reviewPercent = 0 });
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AcknowledgeAsync(project, "ada");

        var told = new List<(bool Correct, bool AOnTheLeft)>();
        while (await host.NextStatusAsync(project, keep: true) is 200)
        {
            var held = (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks"))[0].GetProperty("slot").GetString();
            var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{held}/open");
            var submitted = await host.SubmitAsync(project, task);
            submitted.GetProperty("state").GetString().ShouldBe("submitted");
            if (!submitted.TryGetProperty("gold", out var gold))
                continue;
            var left = task.GetProperty("left").GetString()![0] == 'a';
            told.Add((gold.GetProperty("correct").GetBoolean(), left));
            gold.GetProperty("explanation").GetString().ShouldBe("a is right");
            gold.GetProperty("expected").GetProperty("preference").GetProperty("choice").GetInt32().ShouldBe(left ? -2 : 2);
        }

        // Everybody answers "left is better", which is right where response a is on the left.
        told.Count.ShouldBeGreaterThan(0);
        told.ShouldAllBe(one => one.Correct == one.AOnTheLeft);
        var slots = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/progress")).GetProperty("slots");
        // Six ordinary items; without review they are accepted as they are.
        (slots.GetProperty("accepted").GetInt32(), slots.GetProperty("submitted").GetInt32(), slots.GetProperty("open").GetInt32()).ShouldBe((6, 0, 0));
        (await host.RefusedAsync("staff", HttpMethod.Post, $"/projects/{project}/items/{items[^1]}/gold", new { answers = Desk.Answers(1) })).ShouldBe((409, "item-in-work"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Operation_PreviewedDoneAndUndone_SaysWhatItTouches(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 4);
        var ada = await host.AddPersonAsync("acme", "ada2", Role.Annotator);
        var first = await host.NextAsync(project, "ada2");
        await host.NextAsync(project, "ada2");
        await host.AskAsync("ada2", HttpMethod.Put, $"/projects/{project}/tasks/{first.GetProperty("slot").GetString()}/draft", new { answers = Desk.Answers(1) }, "\"0\"");
        var request = new { kind = "release", person = ada.Pseudonym };

        var preview = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/operations/preview", request);
        (preview.GetProperty("slots").GetInt64(), preview.GetProperty("people").GetInt64(), preview.GetProperty("drafts").GetInt64()).ShouldBe((2, 1, 1));
        preview.GetProperty("id").ValueKind.ShouldBe(JsonValueKind.Null);
        var done = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/operations", request);
        done.GetProperty("slots").GetInt64().ShouldBe(2);
        (await host.AskAsync("ada2", HttpMethod.Get, $"/projects/{project}/tasks")).GetArrayLength().ShouldBe(0);
        var undo = $"/projects/{project}/operations/{done.GetProperty("id").GetString()}/undo";
        (await host.AskAsync("staff", HttpMethod.Post, undo)).GetProperty("slots").GetInt64().ShouldBe(2);
        (await host.AskAsync("ada2", HttpMethod.Get, $"/projects/{project}/tasks")).GetArrayLength().ShouldBe(2);
        (await host.RefusedAsync("staff", HttpMethod.Post, undo)).ShouldBe((409, "undone"));
        (await host.RefusedAsync("staff", HttpMethod.Post, $"/projects/{project}/operations", new { kind = "return", person = ada.Pseudonym })).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("stranger", HttpMethod.Post, $"/projects/{project}/operations", request)).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Review_CorrectedEscalatedAndDecided_KeepsBothAnswersAndTellsWhy(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2);
        foreach (var choice in (int[])[-1, 2])
            await host.SubmitAsync(project, await host.NextAsync(project), choice: choice);

        var first = (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString();
        (await host.RefusedAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{first}", new { decision = "correct", reason = "r" })).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{first}", new { decision = "correct", reason = "r", answers = Desk.Answers(9) }))
            .ShouldBe((422, "answer-invalid"));
        var correction = new { decision = "correct", reason = "the other way round", answers = Desk.Answers(2, "checked") };
        for (var sent = 0; sent < 2; sent++)
            (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{first}", correction)).GetProperty("state").GetString().ShouldBe("accepted");

        var second = (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString();
        var doubt = new { decision = "escalate", reason = "cannot tell", evidence = new { section = "pairs", quote = "Compare." } };
        (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{second}", doubt)).GetProperty("state").GetString().ShouldBe("escalated");
        var rows = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/escalations");
        rows[0].GetProperty("slot").GetString().ShouldBe(second);
        var opened = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/escalations/{second}/open");
        opened.GetProperty("answers").GetProperty("preference").GetProperty("choice").GetInt32().ShouldBe(2);
        var past = opened.GetProperty("reviews")[0];
        (past.GetProperty("decision").GetString(), past.GetProperty("reason").GetString(), past.GetProperty("evidence").GetProperty("quote").GetString()).ShouldBe(("escalate", "cannot tell", "Compare."));
        (await host.RefusedAsync("rev", HttpMethod.Post, $"/projects/{project}/escalations/{second}", new { decision = "accept" })).Status.ShouldBe(403);
        (await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/escalations/{second}", new { decision = "return", reason = "say why" })).GetProperty("state").GetString().ShouldBe("returned");
        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{second}/open");
        (task.GetProperty("reason").GetString(), task.GetProperty("rounds").GetInt32()).ShouldBe(("say why", 1));
    }
}
