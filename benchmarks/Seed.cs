using System.IO.Pipelines;
using System.Text;
using System.Text.Json;
using Cofferdam.ApiClient;

namespace Cofferdam.Bench;

/// <summary>A project with so many open slots, made as people make one: enrolment, guidelines, form, import, batch.</summary>
/// <param name="Route">Of the project, as in <c>/api/labs/lab/projects/…</c>.</param>
/// <param name="Cookies">Session cookies of the annotators, as sent.</param>
/// <param name="Owner">The owner's.</param>
internal sealed record Seed(Guid Project, string Route, IReadOnlyList<string> Cookies, string Owner)
{
    private const int ItemBytes = 1024;
    private const string Password = "bench: long enough, and used nowhere else";

    /// <param name="ownerToken">The owner's enrolment token.</param>
    /// <param name="people">Annotators to enrol.</param>
    /// <param name="slots">One slot per item.</param>
    public static async Task<Seed> MakeAsync(Uri node, string ownerToken, int people, int slots, Action<string> progress)
    {
        using var owner = new NodeClient(node);
        (await owner.EnrolAsync(ownerToken, "owner", Password, DateTimeOffset.UtcNow)).OrThrow();
        var lab = owner.Lab("lab");
        var project = (await lab.CreateProjectAsync("Benchmark", "Made by the benchmark.")).OrThrow();
        var studio = lab.Project(project.Id);

        var draft = await studio.DraftGuidelinesAsync();
        draft = await studio.DraftGuidelinesAsync([new GuidelineSection("all", "What is better", Words(ItemBytes), [])], draft.ETag ?? "\"0\"");
        draft.OrThrow();
        (await studio.PublishGuidelinesAsync(draft.ETag ?? "\"1\"")).OrThrow();
        var form = await studio.FormAsync();
        (await studio.ChangeFormAsync([new Question("preference", "pairwise", "Which response is better?", Required: true, Points: 5, Tie: true)], form.ETag ?? "\"0\"")).OrThrow();

        progress($"importing {slots:N0} items of 1 KiB");
        var import = (await studio.StartImportAsync(new ImportBody("items.jsonl", new Dictionary<string, string>(StringComparer.Ordinal), "keep"))).OrThrow();
        var pipe = new Pipe();
        var writing = WriteItemsAsync(pipe.Writer, slots, progress);
        var done = (await studio.SendImportAsync(import.Id, pipe.Reader.AsStream())).OrThrow();
        await writing;
        if (done.Imported != slots)
            throw new InvalidOperationException($"{done.Imported} of {slots} items were imported");

        progress("opening a batch");
        (await studio.OpenBatchAsync(new BatchBody("All", 1, LeaseSeconds: 3600, Held: slots))).OrThrow();

        progress($"enrolling {people} annotators");
        var cookies = new List<string>(people);
        for (var i = 0; i < people; i++)
        {
            var invitation = (await lab.InviteAsync("annotator")).OrThrow();
            using var person = new NodeClient(node);
            (await person.EnrolAsync(NodeClient.TokenOf(invitation.Link!), $"annotator-{i}", Password, DateTimeOffset.UtcNow)).OrThrow();
            (await person.Lab("lab").Work(project.Id).AcknowledgeGuidelinesAsync(1)).OrThrow();
            cookies.Add(person.Cookies);
        }

        return new Seed(project.Id, $"/api/labs/lab/projects/{project.Id}", cookies, owner.Cookies);
    }

    private static async Task WriteItemsAsync(PipeWriter to, int count, Action<string> progress)
    {
        // The sealed item is about as long as its row.
        var text = Words(ItemBytes - 100);
        var (prompt, a, b) = (text[..200], text[200..560], text[560..]);
        for (var i = 0; i < count; i++)
        {
            await to.WriteAsync(Encoding.UTF8.GetBytes($$"""{"id":"{{i}}","prompt":"{{prompt}}","response_1":"{{a}}","response_2":"{{b}}"}""" + "\n"));
            if (i % 100_000 == 99_999)
                progress($"{i + 1:N0} rows sent");
        }

        await to.CompleteAsync();
    }

    private static string Words(int bytes)
    {
        string[] words = ["the", "answer", "that", "a", "careful", "reader", "would", "prefer", "says", "why", "and", "stops"];
        var text = new StringBuilder(bytes);
        for (var i = 0; text.Length < bytes; i++)
            text.Append(words[(i * 7) % words.Length]).Append(' ');
        return JsonEncodedText.Encode(text.ToString(0, bytes)).ToString();
    }
}
