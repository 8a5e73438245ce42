using System.Text.Json;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.AskedQuestions;

public sealed class AskedQuestionTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Question_AnsweredAndPublished_IsReadByItsAskerAndIsPartOfTheNextVersion(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        await host.AddPersonAsync("acme", "ben", Role.Annotator);
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        var asked = await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/questions", new { text = "What if both\nare wrong?" });
        (await host.RefusedAsync("ben", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/questions", new { text = "?" })).Status.ShouldBe(404);
        var answer = $"/projects/{project}/questions/{asked.GetProperty("id").GetString()}/answer";
        (await host.RefusedAsync("ada", HttpMethod.Post, answer, new { text = "No." })).Status.ShouldBe(403);
        (await host.RefusedAsync("staff", HttpMethod.Post, answer, new { text = "Tie.", publish = true, section = "no-such" })).ShouldBe((400, "invalid"));

        await host.AskAsync("staff", HttpMethod.Post, answer, new { text = "Choose the tie.", publish = true });

        (await host.RefusedAsync("staff", HttpMethod.Post, answer, new { text = "Again." })).ShouldBe((409, "answered"));
        foreach (var person in (string[])["ada", "staff"])
        {
            var seen = (await host.AskAsync(person, HttpMethod.Get, $"/projects/{project}/questions"))[0];
            (seen.GetProperty("text").GetString(), seen.GetProperty("answer").GetString(), seen.GetProperty("published").GetBoolean())
                .ShouldBe(("What if both\nare wrong?", "Choose the tie.", true));
        }

        (await KindsAsync("staff")).ShouldContain("questionAsked");
        (await KindsAsync("ada")).ShouldBe(["questionAnswered"]);
        (await host.AskAsync("ben", HttpMethod.Get, $"/projects/{project}/questions")).GetArrayLength().ShouldBe(0);
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/guidelines/versions", null, "\"2\"");
        var sections = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/versions/2")).GetProperty("sections").EnumerateArray().ToList();
        sections.Select(section => section.GetProperty("key").GetString()).ShouldBe(["general", "pairs", "never", "questions"]);
        sections[^1].GetProperty("body").GetString().ShouldBe("> What if both\n> are wrong?\n\nChoose the tie.");

        async Task<List<string?>> KindsAsync(string person) =>
            [.. (await host.AskAsync(person, HttpMethod.Get, "/notices")).GetProperty("rows").EnumerateArray().Select(row => row.GetProperty("kind").GetString())];
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Answer_IntoASectionThatExists_IsAddedAtItsEnd(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        var ids = new List<string?>();
        foreach (var text in (string[])["One?", "Two?"])
            ids.Add((await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/questions", new { text })).GetProperty("id").GetString());

        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/questions/{ids[0]}/answer", new { text = "Yes.", publish = true, section = "pairs" });
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/questions/{ids[1]}/answer", new { text = "Not published." });

        var draft = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/guidelines/draft");
        draft.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("body").GetString())
            .ShouldBe(["Be fair. Größe ≠ Güte.", "Compare.\n\n> One?\n\nYes.", "For another form."]);
        var newest = (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/questions"))[0];
        (newest.GetProperty("answer").GetString(), newest.GetProperty("published").GetBoolean()).ShouldBe(("Not published.", false));
        var older = await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/questions?before={newest.GetProperty("id").GetString()}");
        older.GetArrayLength().ShouldBe(1);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Ask_MoreThanTenOnOneTask_IsRefused(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        for (var i = 0; i < 10; i++)
            await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/questions", new { text = $"{i}?" });

        (await host.RefusedAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/questions", new { text = "?" })).ShouldBe((409, "asked-enough"));
        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/questions")).GetArrayLength().ShouldBe(10);
        (await host.AskAsync("ada", HttpMethod.Get, $"/projects/{project}/questions"))[0].GetProperty("answer").ValueKind.ShouldBe(JsonValueKind.Null);
    }
}
