namespace Cofferdam.Work.Tests.Forms;

public sealed class FormEndpointTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Preview_OfAFormBeingEdited_ShowsARealItemAsAnExpertWouldGetIt(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var preview = $"/projects/{project}/form/preview";
        object Form(params string[] options) => new { questions = Questions(options) };
        (await host.RefusedAsync("staff", HttpMethod.Post, preview, Form("x", "y"))).ShouldBe((409, "no-items"));
        await host.PrepareAsync(project);
        var item = await host.ImportItemAsync(project, """{"v":1,"external":"e1","text":"T","prelabels":{"harm":"x"},"fields":{"secret":"s"}}""");

        var task = await host.AskAsync("staff", HttpMethod.Post, preview, Form("x", "y"));

        (task.GetProperty("item").GetGuid(), task.GetProperty("text").GetString()).ShouldBe((item, "T"));
        task.GetProperty("prelabels").GetProperty("harm").GetRawText().ShouldBe("""{"values":["x"]}""");
        // The sections of the questions asked here, not of the form that is saved.
        task.GetProperty("sections").EnumerateArray().Select(section => section.GetProperty("key").GetString()).ShouldBe(["general", "never"]);
        task.GetRawText().ShouldNotContain("secret");
        (await host.AskAsync("staff", HttpMethod.Post, preview, Form("y", "z"))).GetProperty("prelabels").EnumerateObject().ShouldBeEmpty();
        (await host.RefusedAsync("staff", HttpMethod.Post, preview, Form("x"))).ShouldBe((400, "invalid"));
        (await host.RefusedAsync("staff", HttpMethod.Post, preview, new { questions = Questions(["x", "y"]), item = Guid.NewGuid() })).Status.ShouldBe(404);
        var receipts = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/disclosures")).GetProperty("rows").EnumerateArray();
        receipts.Single(row => row.GetProperty("sequence").GetInt64() == task.GetProperty("receipt").GetInt64()).GetProperty("purpose").GetString().ShouldBe("manage");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Forms_OfAProject_AreListedWithThoseInUse(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync();
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/form", new { questions = Questions(["x", "y"]) }, "\"1\"");

        var forms = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/forms");

        forms.EnumerateArray().Select(form => (form.GetProperty("version").GetInt32(), form.GetProperty("inUse").GetBoolean())).ShouldBe([(1, true), (2, false)]);
        var second = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/forms/2")).GetProperty("questions")[0];
        second.EnumerateObject().Select(part => part.Name).ShouldBe(["key", "type", "title", "required", "options"]);
        (await host.RefusedAsync("ada", HttpMethod.Get, $"/projects/{project}/forms/2")).Status.ShouldBe(404);
        (await host.RefusedAsync("ada", HttpMethod.Get, $"/projects/{project}/forms")).Status.ShouldBe(403);
    }

    private static object[] Questions(string[] options) =>
        [new { key = "harm", type = "choice", title = "Harm?", required = true, options = options.Select(value => new { value, label = value.ToUpperInvariant() }) }];
}
