using System.Text;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests;

/// <summary>The main job over HTTP, and what must hold around it.</summary>
public sealed class SpineTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Spine_ImportToReview_EveryDisclosureHasItsReceipt(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2, overlap: 1);

        var task = await host.NextAsync(project);
        task.GetProperty("prompt").GetString().ShouldBe("p0");
        new[] { task.GetProperty("left").GetString(), task.GetProperty("right").GetString() }.ShouldBe(["a0", "b0"], ignoreOrder: true);
        task.GetProperty("sections").EnumerateArray().Select(s => s.GetProperty("key").GetString()).ShouldBe(["general", "pairs"]);
        task.GetProperty("sections")[0].TryGetProperty("v", out _).ShouldBeFalse();
        task.GetProperty("sections")[0].GetProperty("body").GetString().ShouldBe("Be fair. Größe ≠ Güte.");
        task.GetProperty("draft").ValueKind.ShouldBe(JsonValueKind.Null);
        (await host.SubmitAsync(project, task)).GetProperty("state").GetString().ShouldBe("submitted");

        var review = await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next");
        review.GetProperty("answers").GetProperty("preference").GetProperty("choice").GetInt32().ShouldBe(-1);
        var slot = review.GetProperty("slot").GetString();
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "accept" });

        var slots = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/progress")).GetProperty("slots");
        (slots.GetProperty("open").GetInt32(), slots.GetProperty("accepted").GetInt32()).ShouldBe((1, 1));
        var rows = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/disclosures")).GetProperty("rows").EnumerateArray().ToList();
        var shown = rows.Single(row => row.GetProperty("sequence").GetInt64() == task.GetProperty("receipt").GetInt64());
        shown.GetProperty("person").GetProperty("name").GetString().ShouldBe("ada");
        shown.GetProperty("purpose").GetString().ShouldBe("task");
        shown.GetProperty("records").EnumerateArray().Select(r => r.GetProperty("kind").GetString()).ShouldBe(["item", "guidelineSection", "guidelineSection"]);
        rows.Count(row => row.GetProperty("purpose").GetString() == "review").ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_WhateverTheSide_IsSealedInTermsOfAAndB(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 8);
        var ada = await host.AddPersonAsync("acme", "ada", Role.Annotator);

        for (var i = 0; i < 8; i++)
        {
            var task = await host.NextAsync(project);
            await host.SubmitAsync(project, task, choice: -2);
            await using var connection = await host.Store.OpenAsync();
            await using var command = connection.Command("SELECT answer FROM slot WHERE id = @id", ("@id", task.GetProperty("slot").GetGuid()));
            await using var reader = await command.ExecuteReaderAsync();
            await reader.ReadAsync();
            var opened = (OpenOutcome.Opened)await host.Vault.OpenAsync(new OpenRequest(
                ada.Lab, new ProjectId(Guid.Parse(project)), Principal.Service, Act.Open, Purpose.Deliver, [new(RecordKind.Answer, new RecordId(reader.Id(0)))]));
            var answer = JsonDocument.Parse(opened.Records[0].Plaintext).RootElement;
            var preference = answer.GetProperty("answers").GetProperty("preference");

            preference.GetProperty("shown").GetString().ShouldBe("left");
            preference.GetProperty("strength").GetInt32().ShouldBe(2);
            preference.GetProperty("preference").GetString().ShouldBe(task.GetProperty("left").GetString()![..1]);
            answer.GetProperty("flipped").GetBoolean().ShouldBe(task.GetProperty("left").GetString()![0] == 'b');
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Return_WithReason_ComesBackWithTheAnswerAndTheWords(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", new { submission = Guid.NewGuid(), answers = Desk.Answers(2, "first"), seconds = 1 });
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next");
        (await host.RefusedAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "return" })).Status.ShouldBe(400);
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "return", reason = "look again" });

        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/open");

        task.GetProperty("state").GetString().ShouldBe("returned");
        task.GetProperty("reason").GetString().ShouldBe("look again");
        task.GetProperty("draft").GetProperty("version").GetInt64().ShouldBe(0);
        task.GetProperty("draft").GetProperty("answers").GetProperty("preference").GetProperty("choice").GetInt32().ShouldBe(2);
        task.GetProperty("draft").GetProperty("answers").GetProperty("rationale").GetProperty("text").GetString().ShouldBe("first");
        var mine = await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks");
        mine[0].GetProperty("state").GetString().ShouldBe("returned");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Draft_TwoWindows_TheSecondIsToldAndNothingIsOverwritten(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        var draft = $"/projects/{project}/tasks/{slot}/draft";

        (await host.RefusedAsync("ada", HttpMethod.Put, draft, new { answers = new { } })).ShouldBe((428, "if-match-missing"));
        var first = await host.AskAsync("ada", HttpMethod.Put, draft, new { answers = Desk.Answers(1, "one") }, "\"0\"");
        (await host.RefusedAsync("ada", HttpMethod.Put, draft, new { answers = Desk.Answers(1, "two") }, "\"0\"")).ShouldBe((412, "draft-conflict"));
        var version = first.GetProperty("version").GetInt64();
        await host.AskAsync("ada", HttpMethod.Put, draft, new { answers = Desk.Answers(1, "three") }, $"\"{version}\"");
        (await host.RefusedAsync("ada", HttpMethod.Put, draft, new { answers = Desk.Answers(1, "four") }, $"\"{version}\"")).ShouldBe((412, "draft-conflict"));

        var task = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/open");
        task.GetProperty("draft").GetProperty("answers").GetProperty("rationale").GetProperty("text").GetString().ShouldBe("three");
        (await host.RefusedAsync("rev", HttpMethod.Put, draft, new { answers = new { } }, "\"0\"")).Status.ShouldBe(404);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Draft_LapsedTask_IsNotShownToTheNextPerson(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 1);
        await host.AddPersonAsync("acme", "ben", Role.Annotator);
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/tasks/{slot}/draft", new { answers = Desk.Answers(1) }, "\"0\"");
        host.Time.Advance(TimeSpan.FromSeconds(61));
        await host.ExpireAsync();

        var task = await host.NextAsync(project, "ben");

        task.GetProperty("slot").GetString().ShouldBe(slot);
        task.GetProperty("draft").ValueKind.ShouldBe(JsonValueKind.Null);
        var lost = await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit",
            new { submission = Guid.NewGuid(), answers = Desk.Answers(1), seconds = 1 });
        lost.ShouldBe((409, "lease-lost"));
        // What ada typed is still there to be saved again.
        await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/tasks/{slot}/draft", new { answers = Desk.Answers(2) }, "\"1\"");
    }

    [Theory]
    [InlineData("""{"preference":{"choice":1},"rationale":{"text":"\ud800"}}""")]
    [InlineData("""{"preference":{"choice":1},"rationale":{"text":"\udc00\ud800"}}""")]
    [InlineData("""{"preference":{"choice":1},"\ud800":{"text":"x"}}""")]
    public async Task Answer_WithHalfACharacter_IsSaidToBeInvalid(string answers)
    {
        await using var host = await LabHost.StartAsync("sqlite");
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        HttpContent Body(string text) => new StringContent(text, Encoding.UTF8, "application/json");

        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", Body($$"""{"submission":"{{Guid.NewGuid()}}","answers":{{answers}} }""")))
            .ShouldBe((422, "answer-invalid"));
        (await host.RefusedAsync("ada", HttpMethod.Put, $"/projects/{project}/tasks/{slot}/draft", Body("{\"answers\":" + answers + "}"), "\"0\""))
            .ShouldBe((422, "answer-invalid"));
        // Texts that are read at once are refused as JSON that is none.
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/report", Body("""{"text":"\ud800"}"""))).Status.ShouldBe(400);
        var whole = Body($$$"""{"submission":"{{{Guid.NewGuid()}}}","answers":{"preference":{"choice":1},"rationale":{"text":"\ud83d\ude00"}} }""");
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", whole);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Report_MoreThanTenOnOneTask_IsRefused(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        var other = (await host.NextAsync(project)).GetProperty("slot").GetString();
        for (var i = 0; i < 10; i++)
            await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/report", new { text = $"Wrong {i}" });

        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/report", new { text = "Wrong" })).ShouldBe((409, "reported-enough"));
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{other}/report", new { text = "Wrong" });
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reports_OfItemsAndSkips_AreReadByStaffNewestFirstUnderAReceipt(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 3);
        var (first, second) = (await host.NextAsync(project), await host.NextAsync(project));
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{first.GetProperty("slot").GetString()}/report", new { text = "cut off" });
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{second.GetProperty("slot").GetString()}/skip", new { reason = "not my trade" });
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{first.GetProperty("slot").GetString()}/skip", new { });

        var page = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/reports?limit=1");
        var older = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/reports?before={page.GetProperty("next").GetString()}");

        var rows = page.GetProperty("rows").EnumerateArray().Concat(older.GetProperty("rows").EnumerateArray()).ToList();
        rows.Select(row => (row.GetProperty("text").GetString(), row.GetProperty("skipped").GetBoolean(), row.GetProperty("item").GetString(), row.GetProperty("name").GetString()))
            .ShouldBe([("not my trade", true, second.GetProperty("item").GetString(), "ada"), ("cut off", false, first.GetProperty("item").GetString(), "ada")]);
        older.GetProperty("next").ValueKind.ShouldBe(JsonValueKind.Null);
        var receipts = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/disclosures")).GetProperty("rows").EnumerateArray();
        receipts.Count(row => row.GetProperty("records").EnumerateArray().Any(record => record.GetProperty("kind").GetString() == "reason")).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Suspension_OfThePerson_StopsTasksAndSubmitsButKeepsDrafts(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var ada = await host.AddPersonAsync("acme", "ada", Role.Annotator);
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        var suspension = await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "person", id = ada.Pseudonym, reason = "securityIncident" });

        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((423, "suspended"));
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/open")).ShouldBe((423, "suspended"));
        await host.AskAsync("ada", HttpMethod.Put, $"/projects/{project}/tasks/{slot}/draft", new { answers = Desk.Answers(1) }, "\"0\"");
        var submit = new { submission = Guid.NewGuid(), answers = Desk.Answers(1), seconds = 1 };
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", submit)).ShouldBe((423, "suspended"));
        var work = await host.AskAsync("ada", HttpMethod.Get, "/work");
        work.GetProperty("projects")[0].GetProperty("suspended").GetString().ShouldBe("securityIncident");
        // The slot that was leased for the refused task is open again.
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/progress")).GetProperty("slots").GetProperty("leased").GetInt32().ShouldBe(1);

        await host.AskAsync("staff", HttpMethod.Delete, $"/suspensions/{suspension.GetProperty("suspension").GetString()}");
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", submit);
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", submit);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_NothingLeftOrTooManyHeld_SaysWhich(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 4);
        for (var i = 0; i < 3; i++)
            await host.NextAsync(project);
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/next")).ShouldBe((409, "held-too-many"));
        await host.NextAsync(project, "rev");
        using var none = await host.SendAsync("rev", HttpMethod.Post, $"/projects/{project}/tasks/next");
        ((int)none.StatusCode).ShouldBe(204);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_AnswerThatDoesNotFitTheForm_NamesTheQuestion(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();

        foreach (var answers in new object[] { new { }, Desk.Answers(3), Desk.Answers(1, new string('x', 101)), new { preference = new { choice = 1 }, other = new { text = "" } }, 7 })
        {
            (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", new { submission = Guid.NewGuid(), answers, seconds = 1 }))
                .ShouldBe((422, "answer-invalid"));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Edits_ByTwoPeople_TheLaterIsToldToReload(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        var edits = new (string Path, object Body)[]
        {
            ($"/projects/{project}", new { name = "New", description = "" }),
            ($"/projects/{project}/form", Desk.Form),
            ($"/projects/{project}/guidelines/draft", new { sections = Array.Empty<object>() }),
        };
        foreach (var (path, body) in edits)
        {
            using var read = await host.SendAsync("staff", HttpMethod.Get, path);
            var tag = read.Headers.ETag!.Tag;
            (await host.RefusedAsync("staff", HttpMethod.Put, path, body)).Status.ShouldBe(428);
            await host.AskAsync("staff", HttpMethod.Put, path, body, tag);
            (await host.RefusedAsync("staff", HttpMethod.Put, path, body, tag)).ShouldBe((412, "changed"));
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task EveryRoute_AnotherLabsIds_AreNotFound(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2);
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        var import = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/imports"))[0].GetProperty("id").GetString();
        var item = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows")[0].GetProperty("id").GetString();
        var suspension = (await host.AskAsync("staff", HttpMethod.Post, "/suspensions", new { scope = "project", id = project, reason = "other" })).GetProperty("suspension").GetString();
        var theirs = await host.CreateProjectAsync("stranger");

        // Their project with this one's parts, and this one's project itself.
        foreach (var (method, path, body, ifMatch) in Routes(slot!, import!, item!))
        {
            (await host.RefusedAsync("stranger", method, $"/projects/{project}{path}", body, ifMatch)).Status.ShouldBe(404, $"{method} {path}");
        }

        foreach (var (method, path, body, ifMatch) in Routes(slot!, import!, item!).Where(route => route.Path.Contains(slot!, StringComparison.Ordinal)
            || route.Path.Contains(import!, StringComparison.Ordinal) || route.Path.Contains(item!, StringComparison.Ordinal)))
            (await host.RefusedAsync("stranger", method, $"/projects/{theirs}{path}", body, ifMatch)).Status.ShouldBe(404, $"{method} {path} in another project");
        (await host.RefusedAsync("stranger", HttpMethod.Delete, $"/suspensions/{suspension}")).Status.ShouldBe(404);
        (await host.RefusedAsync("stranger", HttpMethod.Post, "/suspensions", new { scope = "project", id = project, reason = "other" })).Status.ShouldBe(404);
    }

    private static IEnumerable<(HttpMethod Method, string Path, object? Body, string? IfMatch)> Routes(string slot, string import, string item) =>
    [
        (HttpMethod.Get, "", null, null),
        (HttpMethod.Put, "", new { name = "x", description = "" }, "\"1\""),
        (HttpMethod.Get, "/guidelines/draft", null, null),
        (HttpMethod.Put, "/guidelines/draft", new { sections = Array.Empty<object>() }, "\"1\""),
        (HttpMethod.Post, "/guidelines/versions", null, "\"1\""),
        (HttpMethod.Get, "/guidelines/versions", null, null),
        (HttpMethod.Get, "/guidelines/versions/1", null, null),
        (HttpMethod.Get, "/form", null, null),
        (HttpMethod.Put, "/form", Desk.Form, "\"1\""),
        (HttpMethod.Get, "/forms/1", null, null),
        (HttpMethod.Get, "/forms", null, null),
        (HttpMethod.Post, "/form/preview", Desk.Form, null),
        (HttpMethod.Get, "/guidelines/versions/1/changes", null, null),
        (HttpMethod.Get, "/guidelines/draft/preview?as=expert", null, null),
        (HttpMethod.Post, "/guidelines/1/read", null, null),
        (HttpMethod.Put, "/guidelines/1/acknowledgement", null, null),
        (HttpMethod.Get, "/warnings", null, null),
        (HttpMethod.Put, "/warning-choice", new { accept = true }, null),
        (HttpMethod.Get, "/questions", null, null),
        (HttpMethod.Post, $"/questions/{slot}/answer", new { text = "x" }, null),
        (HttpMethod.Post, $"/tasks/{slot}/questions", new { text = "x" }, null),
        (HttpMethod.Post, "/imports", new { fileName = "x", badRows = "keep" }, null),
        (HttpMethod.Get, "/imports", null, null),
        (HttpMethod.Get, $"/imports/{import}", null, null),
        (HttpMethod.Get, $"/imports/{import}/bad-rows", null, null),
        (HttpMethod.Put, $"/imports/{import}/content", new ByteArrayContent([]), null),
        (HttpMethod.Get, "/items", null, null),
        (HttpMethod.Get, $"/items/{item}", null, null),
        (HttpMethod.Get, "/batches", null, null),
        (HttpMethod.Post, "/batches", new { name = "x", overlap = 1, leaseSeconds = 60, held = 1 }, null),
        (HttpMethod.Put, $"/batches/{slot}", new { priority = 1 }, "\"1\""),
        (HttpMethod.Post, $"/batches/{slot}/pause", new { reason = "other" }, null),
        (HttpMethod.Post, $"/batches/{slot}/resume", null, null),
        (HttpMethod.Post, $"/batches/{slot}/close", null, null),
        (HttpMethod.Post, $"/batches/{slot}/cancel", null, null),
        (HttpMethod.Post, $"/batches/{slot}/move", new { guidelineVersion = 0 }, null),
        (HttpMethod.Post, $"/items/{item}/gold", new { answers = Desk.Answers(1) }, null),
        (HttpMethod.Get, "/operations", null, null),
        (HttpMethod.Post, "/operations", new { kind = "release", person = slot }, null),
        (HttpMethod.Post, "/operations/preview", new { kind = "release", person = slot }, null),
        (HttpMethod.Post, $"/operations/{slot}/undo", null, null),
        (HttpMethod.Get, "/escalations", null, null),
        (HttpMethod.Post, $"/escalations/{slot}", new { decision = "accept" }, null),
        (HttpMethod.Post, $"/escalations/{slot}/open", null, null),
        (HttpMethod.Get, "/progress", null, null),
        (HttpMethod.Get, "/reports", null, null),
        (HttpMethod.Get, "/disclosures", null, null),
        (HttpMethod.Post, "/tasks/next", null, null),
        (HttpMethod.Get, "/tasks", null, null),
        (HttpMethod.Post, $"/tasks/{slot}/open", null, null),
        (HttpMethod.Put, $"/tasks/{slot}/lease", null, null),
        (HttpMethod.Put, $"/tasks/{slot}/draft", new { answers = new { } }, "\"0\""),
        (HttpMethod.Post, $"/tasks/{slot}/submit", new { submission = Guid.NewGuid(), answers = Desk.Answers(1), seconds = 1 }, null),
        (HttpMethod.Post, $"/tasks/{slot}/skip", new { }, null),
        (HttpMethod.Post, $"/tasks/{slot}/release", null, null),
        (HttpMethod.Post, $"/tasks/{slot}/report", new { text = "x" }, null),
        (HttpMethod.Post, "/reviews/next", null, null),
        (HttpMethod.Post, $"/reviews/{slot}", new { decision = "accept" }, null),
    ];
}
