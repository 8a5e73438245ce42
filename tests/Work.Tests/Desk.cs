using System.Text;
using System.Text.Json;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests;

/// <summary>What lab staff do before experts can work, in one call each.</summary>
internal static class Desk
{
    public static object Form { get; } = new
    {
        questions = new object[]
        {
            new { key = "preference", type = "pairwise", title = "Which is better?", points = 5, tie = true, required = true },
            new { key = "rationale", type = "text", title = "Why?", required = false, maxLength = 100 },
        },
    };

    public static object Answers(int choice, string text = "because") => new { preference = new { choice }, rationale = new { text } };

    extension(LabHost host)
    {
        public async Task<string> CreateProjectAsync(string staff = "staff", string name = "Canary project")
        {
            var project = await host.AskAsync(staff, HttpMethod.Post, "/projects", new { name, description = "d" });
            return project.GetProperty("id").GetString()!;
        }

        /// <summary>Form, guidelines with one section for all and one for a question that the form lacks.</summary>
        public async Task PrepareAsync(string project, string staff = "staff")
        {
            await host.AskAsync(staff, HttpMethod.Put, $"/projects/{project}/form", Form, "\"0\"");
            var sections = new object[]
            {
                new { key = "general", title = "General", body = "Be fair. Größe ≠ Güte.", questions = Array.Empty<string>() },
                new { key = "pairs", title = "Pairs", body = "Compare.", questions = new[] { "preference" } },
                new { key = "never", title = "Never", body = "For another form.", questions = new[] { "harm" } },
            };
            await host.AskAsync(staff, HttpMethod.Put, $"/projects/{project}/guidelines/draft", new { sections }, "\"0\"");
            await host.AskAsync(staff, HttpMethod.Post, $"/projects/{project}/guidelines/versions", null, "\"1\"");
        }

        public async Task<JsonElement> ImportAsync(string project, byte[] content, object? request = null, string staff = "staff")
        {
            var import = await host.AskAsync(staff, HttpMethod.Post, $"/projects/{project}/imports", request ?? new { fileName = "items.jsonl", badRows = "keep" });
            var id = import.GetProperty("id").GetString();
            using var response = await host.SendAsync(staff, HttpMethod.Put, $"/projects/{project}/imports/{id}/content", new ByteArrayContent(content));
            if ((int)response.StatusCode == 500) throw new InvalidOperationException(await response.Content.ReadAsStringAsync());
            return await host.AskAsync(staff, HttpMethod.Get, $"/projects/{project}/imports/{id}");
        }

        public Task<JsonElement> ImportRowsAsync(string project, int rows, string staff = "staff") => host.ImportAsync(
            project,
            Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, rows).Select(i => $$"""{"prompt":"p{{i}}","response_1":"a{{i}}","response_2":"b{{i}}"}"""))),
            staff: staff);

        /// <summary>Imports one item and seals this in its place: a kind of item, whatever files of it look like.</summary>
        public async Task<Guid> ImportItemAsync(string project, string item)
        {
            await host.ImportRowsAsync(project, 1);
            var rows = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows");
            var id = rows[rows.GetArrayLength() - 1].GetProperty("id").GetGuid();
            await host.Vault.SealAsync(new SealRequest(
                host.LabOf("staff"), new ProjectId(Guid.Parse(project)), Principal.Service, [new SealItem(RecordKind.Item, new RecordId(id), Encoding.UTF8.GetBytes(item))]));
            return id;
        }

        public Task<JsonElement> OpenBatchAsync(string project, int overlap = 1, int leaseSeconds = 60, int held = 3, string staff = "staff") =>
            host.AskAsync(staff, HttpMethod.Post, $"/projects/{project}/batches", new { name = "batch", overlap, leaseSeconds, held });

        /// <summary>A project with open slots, an annotator <c>ada</c> and a reviewer <c>rev</c>.</summary>
        public async Task<string> CreateReadyProjectAsync(int items = 3, int overlap = 1)
        {
            var project = await host.CreateProjectAsync();
            await host.PrepareAsync(project);
            await host.ImportRowsAsync(project, items);
            await host.OpenBatchAsync(project, overlap);
            await host.AddPersonAsync("acme", "ada", Role.Annotator);
            await host.AddPersonAsync("acme", "rev", Role.Reviewer);
            await host.AcknowledgeAsync(project, "ada");
            await host.AcknowledgeAsync(project, "rev");
            return project;
        }

        /// <summary>Says that somebody has read the guidelines, where a batch goes by them.</summary>
        public async Task AcknowledgeAsync(string project, string person, int version = 1)
        {
            using var _ = await host.SendAsync(person, HttpMethod.Put, $"/projects/{project}/guidelines/{version}/acknowledgement");
        }

        /// <summary>Status of asking for a next task; one that is handed out goes back unless it is kept.</summary>
        public async Task<int> NextStatusAsync(string project, string person = "ada", bool keep = false)
        {
            using var response = await host.SendAsync(person, HttpMethod.Post, $"/projects/{project}/tasks/next");
            if ((int)response.StatusCode == 200 && !keep)
            {
                var slot = JsonDocument.Parse(await response.Content.ReadAsStringAsync()).RootElement.GetProperty("slot").GetString();
                await host.AskAsync(person, HttpMethod.Post, $"/projects/{project}/tasks/{slot}/release");
            }

            return (int)response.StatusCode;
        }

        public async Task<JsonElement> NextAsync(string project, string person = "ada")
        {
            await host.AcknowledgeAsync(project, person);
            return await host.AskAsync(person, HttpMethod.Post, $"/projects/{project}/tasks/next");
        }

        public Task<JsonElement> SubmitAsync(string project, JsonElement task, string person = "ada", int choice = -1, Guid? submission = null) =>
            host.AskAsync(person, HttpMethod.Post, $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/submit",
                new { submission = submission ?? Guid.NewGuid(), answers = Answers(choice), seconds = 12.5 });
    }
}
