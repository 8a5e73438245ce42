using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Acceptances;

public sealed class AcceptanceTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Draw_WhileWorkIsOpen_IsRefused(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 2);
        await host.SubmitAsync(project, await host.NextAsync(project));

        (await host.RefusedAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { percent = 50 })).ShouldBe((409, "batch-not-done"));
        (await host.RefusedAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { percent = 50, count = 1 })).ShouldBe((400, "invalid"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_AnAnswerThatOneCorrectedAfterAnEscalation_GoesToSomebodyElse(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 1);
        await host.AddPersonAsync("acme", "staff2", Role.ProjectManager);
        await host.SubmitAsync(project, await host.NextAsync(project));
        var slot = (await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString();
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "escalate", reason = "Not for me" });
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/escalations/{slot}", new { decision = "correct", reason = "So", answers = Desk.Answers(2) });
        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 1 });
        var path = $"/projects/{project}/acceptances/{drawn.GetProperty("id").GetString()}";

        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/next")).ShouldBe((409, "not-yours-to-judge"));
        (await host.AskAsync("staff2", HttpMethod.Post, $"{path}/next")).GetProperty("slot").GetString().ShouldBe(slot);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Next_AnAnswerThatOneAcceptedInTheFirstOfTwoReviews_GoesToSomebodyElse(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 1);
        await host.AddPersonAsync("acme", "rev2", Role.Reviewer);
        await host.ExecuteAsync("UPDATE batch SET second_review_percent = 100");
        await host.RestartAsync();
        await host.SubmitAsync(project, await host.NextAsync(project));
        foreach (var reviewer in (string[])["rev", "rev2"])
        {
            var slot = (await host.AskAsync(reviewer, HttpMethod.Post, $"/projects/{project}/reviews/next")).GetProperty("slot").GetString();
            await host.AskAsync(reviewer, HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "accept" });
        }

        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 1 });
        foreach (var reviewer in (string[])["rev", "rev2"])
            (await host.RefusedAsync(reviewer, HttpMethod.Post, $"/projects/{project}/acceptances/{drawn.GetProperty("id").GetString()}/next")).ShouldBe((409, "not-yours-to-judge"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Partly_AnAnswerWithADefect_GoesBackWithTheJudgesWords(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 4);
        await host.AddPersonAsync("acme", "rev2", Role.Reviewer);
        await host.AcceptAllAsync(project);

        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { percent = 50 });
        (drawn.GetProperty("sample").GetInt32(), drawn.GetProperty("population").GetInt32()).ShouldBe((2, 4));
        var path = $"/projects/{project}/acceptances/{drawn.GetProperty("id").GetString()}";
        (await host.RefusedAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 1 })).ShouldBe((409, "acceptance-open"));

        // Who gave or accepted an answer does not judge it.
        (await host.RefusedAsync("rev", HttpMethod.Post, $"{path}/next")).ShouldBe((409, "not-yours-to-judge"));
        var first = await host.AskAsync("staff", HttpMethod.Post, $"{path}/next");
        first.GetProperty("answers").GetProperty("preference").GetProperty("choice").GetInt32().ShouldBe(-1);
        first.TryGetProperty("annotator", out _).ShouldBeFalse();
        // The same one again until it is judged.
        (await host.AskAsync("staff", HttpMethod.Post, $"{path}/next")).GetProperty("slot").GetString().ShouldBe(first.GetProperty("slot").GetString());
        var bad = first.GetProperty("slot").GetString();
        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/slots/{bad}", new { verdict = "defect" })).ShouldBe((400, "invalid"));
        await host.AskAsync("staff", HttpMethod.Post, $"{path}/slots/{bad}", new { verdict = "defect", reason = "Canary: the tie was overlooked", evidence = new { section = "pairs" } });
        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/decision", new { decision = "partly", reason = "r" })).ShouldBe((409, "not-judged"));
        var second = await host.AskAsync("staff", HttpMethod.Post, $"{path}/next");
        await host.AskAsync("staff", HttpMethod.Post, $"{path}/slots/{second.GetProperty("slot").GetString()}", new { verdict = "fit" });

        var decided = await host.AskAsync("staff", HttpMethod.Post, $"{path}/decision", new { decision = "partly", reason = "One in two" });
        decided.GetProperty("state").GetString().ShouldBe("partly");
        decided.GetProperty("settled").GetBoolean().ShouldBeTrue();
        var rate = decided.GetProperty("rate");
        (rate.GetProperty("value").GetDouble(), Math.Round(rate.GetProperty("low").GetDouble(), 4), Math.Round(rate.GetProperty("high").GetDouble(), 4)).ShouldBe((0.5, 0.0945, 0.9055));

        var back = await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks");
        back.EnumerateArray().Select(task => task.GetProperty("slot").GetString()).ShouldBe([bad]);
        (await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{bad}/open")).GetProperty("reason").GetString().ShouldBe("Canary: the tie was overlooked");
        var detail = await host.AskAsync("staff", HttpMethod.Get, path);
        detail.GetProperty("reason").GetString().ShouldBe("One in two");
        detail.GetProperty("found")[0].GetProperty("reason").GetString().ShouldBe("Canary: the tie was overlooked");
        detail.GetProperty("found")[0].GetProperty("evidence").GetProperty("section").GetString().ShouldBe("pairs");
        // What came back can be appealed against; who decided on the batch does not decide that.
        var appeal = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{bad}/appeal", new { words = "It was no tie" });
        var opened = await host.AskAsync("rev2", HttpMethod.Get, $"/projects/{project}/appeals/{appeal.GetProperty("id").GetString()}");
        opened.GetProperty("evidence").GetProperty("section").GetString().ShouldBe("pairs");
        (await host.RefusedAsync("staff", HttpMethod.Post, $"/projects/{project}/appeals/{appeal.GetProperty("id").GetString()}/decision", new { uphold = true, reason = "r" }))
            .ShouldBe((403, "own-work"));
        var receipts = await host.ReceiptsAsync(project, "acceptance");
        receipts.Count(receipt => receipt.Records.Any(record => record.Kind is RecordKind.Item)).ShouldBe(3);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Reject_Everything_ComesBackAndIsJudgedAnewOnceRedone(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 3);
        await host.AcceptAllAsync(project);
        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 2 });
        var path = $"/projects/{project}/acceptances/{drawn.GetProperty("id").GetString()}";

        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/decision", new { decision = "accept" })).ShouldBe((409, "not-judged"));
        (await host.AskAsync("staff", HttpMethod.Post, $"{path}/decision", new { decision = "reject", reason = "Not by these guidelines" })).GetProperty("state").GetString().ShouldBe("rejected");
        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/decision", new { decision = "reject", reason = "again" })).ShouldBe((409, "decided"));
        (await host.RefusedAsync("staff", HttpMethod.Post, $"{path}/next")).ShouldBe((409, "decided"));

        var back = (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks")).EnumerateArray().ToList();
        back.Count.ShouldBe(3);
        foreach (var task in back)
            await host.SubmitAsync(project, task, choice: 2);
        await host.ReviewAllAsync(project);
        var again = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { percent = 100 });
        (again.GetProperty("number").GetInt32(), again.GetProperty("population").GetInt32()).ShouldBe((2, 3));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Decide_ASampleThatWasExchanged_DecidesNothing(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 3);
        await host.AcceptAllAsync(project);
        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 1 });
        await host.ExecuteAsync(
            "UPDATE acceptance_sample SET slot = (SELECT s.id FROM slot s WHERE s.state = 3 AND s.id <> acceptance_sample.slot ORDER BY s.id LIMIT 1)");

        (await host.RefusedAsync("staff", HttpMethod.Post, $"/projects/{project}/acceptances/{drawn.GetProperty("id").GetString()}/decision", new { decision = "reject", reason = "r" }))
            .ShouldBe((500, "not-as-drawn"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Start_AfterAStopInTheMiddleOfGivingBack_GivesTheRestBackAndKeepsItsWords(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 3);
        await host.AcceptAllAsync(project);
        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 1 });
        var path = $"/projects/{project}/acceptances/{drawn.GetProperty("id").GetString()}";
        await host.AskAsync("staff", HttpMethod.Post, $"{path}/decision", new { decision = "reject", reason = "All of it" });
        // As if the process had died after the first.
        await host.ExecuteAsync("UPDATE acceptance SET settled = FALSE");
        await host.ExecuteAsync("UPDATE slot SET state = 3, reason = NULL WHERE id <> (SELECT s.id FROM slot s ORDER BY s.id LIMIT 1)");

        await host.RestartAsync();

        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(30));
        while (!(await host.AskAsync("staff", HttpMethod.Get, path)).GetProperty("acceptance").GetProperty("settled").GetBoolean())
            await Task.Delay(20, patience.Token);
        var back = (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks")).EnumerateArray().ToList();
        back.Count.ShouldBe(3);
        foreach (var task in back)
            (await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/open")).GetProperty("reason").GetString().ShouldBe("All of it");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Acceptance_OfAnotherLab_IsNotThere(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 1);
        await host.AcceptAllAsync(project);
        var drawn = await host.AskAsync("staff", HttpMethod.Post, await host.DrawPathAsync(project), new { count = 1 });
        var id = drawn.GetProperty("id").GetString();
        var foreign = await host.CreateProjectAsync("stranger");
        (await host.RefusedAsync("stranger", HttpMethod.Get, $"/projects/{project}/acceptances/{id}")).ShouldBe((404, "not-found"));
        (await host.RefusedAsync("stranger", HttpMethod.Post, $"/projects/{foreign}/acceptances/{id}/next")).ShouldBe((404, "not-found"));
        (await host.RefusedAsync("stranger", HttpMethod.Post, $"/projects/{foreign}/acceptances/{id}/decision", new { decision = "reject", reason = "r" })).ShouldBe((404, "not-found"));
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/acceptances/{id}/next")).Status.ShouldBe(403);
    }
}
