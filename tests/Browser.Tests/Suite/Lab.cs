using System.Text;
using System.Text.Json;

namespace Cofferdam.Browser.Tests.Suite;

/// <summary>Somebody with an account at a lab.</summary>
/// <param name="Node">Signed in.</param>
public sealed record Insider(NodeClient Node, LabClient Lab, string Name, Guid Pseudonym);

/// <summary>A lab as its owner has set it up over the API, for walks that begin later than that.</summary>
public sealed class Lab
{
    private readonly Node node;
    private int people;

    private Lab(Node node, string slug, Insider owner)
    {
        this.node = node;
        Slug = slug;
        Owner = owner;
    }

    public string Slug { get; }

    public Insider Owner { get; }

    public static async Task<Lab> OpenAsync(Node node, string? owner)
    {
        var (slug, link) = node.FreshLab();
        return new Lab(node, slug, await EnrolAsync(node, link, owner ?? $"owner.{slug}"));
    }

    /// <param name="name">What the lab sees of the person; null: a name like any.</param>
    public async Task<Insider> EnrolAsync(string role, string? name = null)
    {
        var invitation = (await Owner.Lab.InviteAsync(role)).OrThrow();
        return await EnrolAsync(node, invitation.Link!, name ?? $"{role}-{++people}.{Slug}");
    }

    /// <summary>A project with guidelines, form, items and an open batch.</summary>
    /// <param name="items">Rows as JSONL; null: the first 12 of the sample.</param>
    public async Task<LabProject> ProjectAsync(
        IEnumerable<string>? items = null, IReadOnlyList<GuidelineSection>? guidelines = null, int overlap = 1, string name = "Everyday help")
    {
        guidelines ??=
        [
            new("goal", "What a good answer does", "It **helps** the person who asked.", []),
            new("rationale", "Writing the reason", "Name what tipped the balance.", ["rationale"]),
        ];
        return await ProjectAsync(new Plan(
            name,
            [
                new("preference", "pairwise", "Which answer would help the person more?", true, Points: 5, Tie: true),
                new("rationale", "text", "Why?", false, MaxLength: 4000),
            ],
            [.. items ?? (await File.ReadAllLinesAsync(Checkout.Sample("items.jsonl"))).Take(12)])
        { Description = "Which answer helps more?", Guidelines = guidelines, FileName = "pairs.jsonl", Batch = new BatchBody("First round", overlap, 900, Held: 3) });
    }

    /// <summary>A project of any kind.</summary>
    public async Task<LabProject> ProjectAsync(Plan plan)
    {
        var made = (await Owner.Lab.CreateProjectAsync(plan.Name, plan.Description)).OrThrow();
        var project = Owner.Lab.Project(made.Id);
        if (plan.Warnings is { } warnings)
            (await project.SendAsync(HttpMethod.Put, "", JsonSerializer.SerializeToElement(new { name = plan.Name, warnings }), Json.Anything, Json.Anything, "\"1\"")).OrThrow();
        var draft = await project.DraftGuidelinesAsync(plan.Guidelines, "\"0\"");
        draft.OrThrow();
        (await project.PublishGuidelinesAsync(draft.ETag!)).OrThrow();
        (await project.ChangeFormAsync(plan.Form, "\"0\"")).OrThrow();
        var work = new LabProject(Slug, made.Id, made.Code, project);
        if (plan.Rows.Count == 0)
            return work;

        var import = (await project.StartImportAsync(new ImportBody(plan.FileName, plan.Map, "refuse"))).OrThrow();
        (await project.SendImportAsync(import.Id, new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', plan.Rows))))).OrThrow().BadRows.ShouldBeEmpty();
        (await project.OpenBatchAsync(plan.Batch)).OrThrow();
        return work;
    }

    /// <summary>The sample project, as <c>./run</c> makes it.</summary>
    /// <param name="items">Rows that come before the sample's own.</param>
    public async Task<LabProject> SampleAsync(params string[] items)
    {
        using var file = JsonDocument.Parse(await File.ReadAllTextAsync(Checkout.Sample("project.json")));
        var sample = file.RootElement;
        var sections = sample.GetProperty("guidelines").EnumerateArray().Select(section => new GuidelineSection(
            section.GetProperty("key").GetString()!, section.GetProperty("title").GetString()!,
            File.ReadAllText(Checkout.Sample(section.GetProperty("file").GetString()!)),
            [.. section.GetProperty("questions").EnumerateArray().Select(question => question.GetString()!)])).ToList();
        var rows = await File.ReadAllLinesAsync(Checkout.Sample("items.jsonl"));
        return await ProjectAsync([.. items, .. rows], sections, overlap: 2, name: sample.GetProperty("name").GetString()!);
    }

    public static string Row(string id, string prompt, string a, string b) =>
        JsonSerializer.Serialize(new { id, prompt, response_1 = a, response_2 = b });

    private static async Task<Insider> EnrolAsync(Node node, string link, string name)
    {
        var client = new NodeClient(node.Address);
        (await client.EnrolPasskeyAsync(NodeClient.TokenOf(link), name)).OrThrow();
        var membership = (await client.SessionAsync()).OrThrow().Labs.Single();
        return new Insider(client, client.Lab(membership.Slug), name, membership.Pseudonym);
    }
}
