using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Forms;

/// <summary>Tasks of every kind, from the sealed item to the sealed answer, over HTTP.</summary>
public sealed class KindsOfTaskTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    private static readonly object Form = new
    {
        questions = new object[]
        {
            new { key = "order", type = "ranking", title = "Best first", required = true },
            new { key = "kind", type = "choice", title = "What is it?", required = true, options = new[] { new { value = "x", label = "X" }, new { value = "y", label = "Y" } } },
            new { key = "marks", type = "spans", title = "Who?", required = true, labels = new[] { new { value = "PER", label = "Person", key = "p" } } },
            new { key = "why", type = "text", title = "Why?", required = true, showIf = new { question = "kind", @is = new[] { "y" } } },
        },
    };

    [Theory, MemberData(nameof(Databases))]
    public async Task Task_OfAnyKind_IsShownCheckedAndReviewed(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, """
            {"v":1,"responses":["r0","r1","r2"],"text":"Ada 😀 met Bo","prelabels":{"kind":{"values":["y"]},"marks":[{"start":0,"end":3,"label":"PER"}],"order":[2,1,3]},"fields":{}}
            """);

        var task = await host.NextAsync(project);

        var shown = task.GetProperty("responses").EnumerateArray().Select(one => one.GetString()!).ToList();
        shown.Order().ShouldBe(["r0", "r1", "r2"]);
        task.TryGetProperty("prompt", out _).ShouldBeFalse();
        var prelabels = task.GetProperty("prelabels");
        prelabels.GetProperty("order").GetProperty("ranks").EnumerateArray().Select(rank => rank.GetInt32())
            .ShouldBe(shown.Select(one => one switch { "r0" => 2, "r1" => 1, _ => 3 }));
        prelabels.GetProperty("marks").GetRawText().ShouldBe("""{"spans":[{"start":0,"end":3,"label":"PER"}]}""");

        var slot = task.GetProperty("slot").GetString();
        var ranks = shown.Select(one => one[1] - '0' + 1).ToArray();
        object Answers(int end) => new
        {
            order = new { ranks },
            kind = new { values = new[] { "x" } },
            marks = new { spans = new[] { new { start = 0, end = 3, label = "PER" }, new { start = 10, end, label = "PER" } } },
        };
        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", new { submission = Guid.NewGuid(), answers = Answers(13) }))
            .ShouldBe((422, "answer-invalid"));
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", new { submission = Guid.NewGuid(), answers = Answers(12) });

        var review = await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next");
        review.GetProperty("responses").EnumerateArray().Select(one => one.GetString()).ShouldBe(shown);
        var answers = review.GetProperty("answers");
        answers.GetProperty("order").GetProperty("ranks").EnumerateArray().Select(rank => rank.GetInt32()).ShouldBe(ranks);
        answers.EnumerateObject().Select(answer => answer.Value.GetProperty("prelabel").GetString()).ShouldBe(["changed", "changed", "changed"]);
        review.GetProperty("prelabels").GetRawText().ShouldBe(prelabels.GetRawText());
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "escalate", reason = "Not for me" });
        var escalated = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/escalations/{slot}/open");
        escalated.GetProperty("prelabels").GetRawText().ShouldBe(prelabels.GetRawText());
        (await SealedAsync(host, project, slot!)).GetProperty("order").GetProperty("ranks").GetRawText().ShouldBe("[1,2,3]");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Submit_AfterARestart_IsCheckedAgainstTheItemUnderAReceipt(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await ReadyAsync(host, """{"v":1,"text":"Ada","fields":{}}""");
        var task = await host.NextAsync(project);
        task.TryGetProperty("prelabels", out _).ShouldBeFalse();
        var submit = $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/submit";
        object Body(int end) => new
        {
            submission = Guid.NewGuid(),
            answers = new { kind = new { values = new[] { "x" } }, marks = new { spans = new[] { new { start = 0, end, label = "PER" } } } },
        };
        (await host.RefusedAsync("ada", HttpMethod.Post, submit, Body(4))).ShouldBe((422, "answer-invalid"));
        var before = await ValidationsAsync(host, project);

        await host.RestartAsync();
        (await host.RefusedAsync("ada", HttpMethod.Post, submit, Body(4))).ShouldBe((422, "answer-invalid"));
        // There are no responses to rank: that question is not asked.
        await host.AskAsync("ada", HttpMethod.Post, submit, Body(3));

        before.ShouldBe(0);
        (await ValidationsAsync(host, project)).ShouldBe(2);
    }

    private static async Task<string> ReadyAsync(LabHost host, string item)
    {
        var project = await host.CreateProjectAsync();
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/form", Form, "\"0\"");
        await host.ImportItemAsync(project, item);
        await host.OpenBatchAsync(project);
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AddPersonAsync("acme", "rev", Role.Reviewer);
        return project;
    }

    private static async Task<int> ValidationsAsync(LabHost host, string project)
    {
        var rows = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/disclosures")).GetProperty("rows").EnumerateArray();
        return rows.Count(row => row.GetProperty("purpose").GetString() == "validate"
            && row.GetProperty("records").EnumerateArray().Any(record => record.GetProperty("kind").GetString() == "item"));
    }

    private static async Task<JsonElement> SealedAsync(LabHost host, string project, string slot)
    {
        await using var connection = await host.Store.OpenAsync();
        await using var command = connection.Command("SELECT s.answer, p.lab FROM slot s JOIN project p ON p.id = s.project WHERE s.id = @id", ("@id", Guid.Parse(slot)));
        await using var reader = await command.ExecuteReaderAsync();
        await reader.ReadAsync();
        var opened = (OpenOutcome.Opened)await host.Vault.OpenAsync(new OpenRequest(
            new LabId(reader.Id(1)), new ProjectId(Guid.Parse(project)), Principal.Service, Act.Open, Purpose.Deliver, [new(RecordKind.Answer, new RecordId(reader.Id(0)))]));
        return JsonDocument.Parse(opened.Records[0].Plaintext).RootElement.GetProperty("answers").Clone();
    }
}
