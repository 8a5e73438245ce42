using System.Text;
using Cofferdam.ApiClient;
using Cofferdam.Package;
using Cofferdam.Server;
using Cofferdam.TestKit;
using Microsoft.AspNetCore.Builder;

namespace Cofferdam.Delivery.Tests;

/// <summary>A node over HTTP with an owner, two annotators and a reviewer at the lab "acme".</summary>
internal sealed class WorkingLab : IAsyncDisposable
{
    public const string Prefers = "preference";

    private static readonly Question[] Form =
    [
        new(Prefers, "pairwise", "Which is better?", Required: true, Points: 5, Tie: true),
        new("why", "text", "Why?", Required: false, MaxLength: 4000),
    ];

    private readonly TestStore store;
    private readonly List<NodeClient> clients = [];
    private WebApplication app;

    private WorkingLab(TestStore store, WebApplication app)
    {
        this.store = store;
        this.app = app;
    }

    public WebApplication App => app;

    public string DataFolder => Path.Combine(store.Folder, "data");

    public string Folder => store.Folder;

    public LabClient Owner { get; private set; } = null!;

    public List<LabClient> Annotators { get; } = [];

    private LabClient Reviewer { get; set; } = null!;

    /// <summary>A lab with an owner and nobody else: what is answered is written by <see cref="SealedWork"/>.</summary>
    public static async Task<WorkingLab> StartAloneAsync(string database = "sqlite")
    {
        var place = await TestStore.CreateAsync(database);
        var lab = new WorkingLab(place, await BuildAsync(place));
        var links = await LabNode.OwnerLinksAsync(lab.app);
        lab.Owner = await lab.EnrolAsync(links["acme"], "owner", "acme");
        return lab;
    }

    public static async Task<WorkingLab> StartAsync(string database = "sqlite")
    {
        var lab = await StartAloneAsync(database);
        lab.Reviewer = await lab.EnrolAsync((await lab.Owner.InviteAsync("reviewer")).OrThrow().Link!, "reviewer", "acme");
        for (var i = 1; i <= 2; i++)
            lab.Annotators.Add(await lab.EnrolAsync((await lab.Owner.InviteAsync("annotator")).OrThrow().Link!, $"annotator-{i}", "acme"));
        return lab;
    }

    /// <summary>Ends the node and starts it again on the same data. People stay signed in.</summary>
    /// <param name="between">While nothing runs.</param>
    public async Task RestartAsync(Func<Task>? between = null)
    {
        var address = app.Urls.First();
        await app.StopAsync();
        await app.DisposeAsync();
        if (between is not null)
            await between();
        app = await BuildAsync(store, address);
    }

    public async Task<LabClient> OtherOwnerAsync() => await EnrolAsync((await LabNode.OwnerLinksAsync(app))["borealis"], "other-owner", "borealis");

    /// <summary>A project whose items are opened with two slots each.</summary>
    public async Task<ProjectClient> ProjectAsync(params string[] rows)
    {
        var made = (await Owner.CreateProjectAsync("Name of the project", "What it is for")).OrThrow();
        ProjectId = made.Id;
        var project = Owner.Project(made.Id);
        var draft = await project.DraftGuidelinesAsync();
        var saved = await project.DraftGuidelinesAsync([new GuidelineSection("s", "How", "Be fair.", [])], draft.ETag ?? "\"0\"");
        (await project.PublishGuidelinesAsync(saved.ETag!)).OrThrow();
        (await project.ChangeFormAsync(Form, (await project.FormAsync()).ETag ?? "\"0\"")).OrThrow();
        var import = (await project.StartImportAsync(new ImportBody("items.jsonl", new Dictionary<string, string>(), "refuse"))).OrThrow();
        using var content = new MemoryStream(Encoding.UTF8.GetBytes(string.Join('\n', rows)));
        (await project.SendImportAsync(import.Id, content)).OrThrow().State.ShouldBe("done");
        (await project.OpenBatchAsync(new BatchBody("First", Overlap: 2, LeaseSeconds: 900, Held: 3))).OrThrow();
        return project;
    }

    public Guid ProjectId { get; private set; }

    /// <summary>Both annotators answer everything, and the reviewer accepts it.</summary>
    /// <param name="choose">From prompt and number of the annotator (0 or 1) to the response wanted and the strength; null for a tie.</param>
    public async Task AnswerAsync(Func<string, int, (string Response, int Strength)?> choose)
    {
        for (var person = 0; person < Annotators.Count; person++)
        {
            var work = Annotators[person].Work(ProjectId);
            (await work.AcknowledgeGuidelinesAsync(1)).OrThrow();
            while ((await work.NextAsync()).OrThrow() is { } task)
            {
                var choice = choose(task.Prompt.ToString(), person) is not { } wanted ? 0
                    : task.Left.ToString().Contains(wanted.Response, StringComparison.Ordinal) ? -wanted.Strength : wanted.Strength;
                var answers = new Dictionary<string, QuestionAnswer> { [Prefers] = new(Choice: choice), ["why"] = new(Text: $"words of person {person}") };
                (await work.SubmitAsync(task.Slot, new SubmitBody(Guid.CreateVersion7(), answers, 12))).OrThrow();
            }
        }

        var reviews = Reviewer.Work(ProjectId);
        while ((await reviews.NextReviewAsync()).OrThrow() is { } task)
            (await reviews.ReviewAsync(task.Slot, new ReviewBody("accept"))).OrThrow();
    }

    /// <summary>Waits until a delivery is no longer being made.</summary>
    public static async Task<ApiClient.Delivery> EndOfAsync(ProjectClient project, Guid delivery)
    {
        using var patience = new CancellationTokenSource(TimeSpan.FromSeconds(60));
        while (true)
        {
            var seen = (await project.DeliveryAsync(delivery, patience.Token)).OrThrow();
            if (seen.State != "making")
                return seen;
            await Task.Delay(20, patience.Token);
        }
    }

    public static Task<ApiClient.Delivery> DeliverAsync(ProjectClient project, string? recipient = null) =>
        DeliverAsync(project, new DeliveryBody("trl-preference", recipient));

    public static async Task<ApiClient.Delivery> DeliverAsync(ProjectClient project, DeliveryBody body) =>
        await EndOfAsync(project, (await project.DeliverAsync(body)).OrThrow().Id);

    /// <summary>Downloads a package, checks it and unpacks it.</summary>
    public async Task<(PackageManifest Manifest, string Folder)> FetchAsync(ProjectClient project, Guid delivery)
    {
        var path = Path.Combine(Folder, $"{delivery:N}.tar");
        (await project.DownloadAsync(delivery, path)).OrThrow();
        var key = Convert.FromBase64String((await Owner.DeliveryKeyAsync()).OrThrow().Key);
        var report = await PackageVerifier.UnpackAsync(path, Path.Combine(Folder, $"{delivery:N}"), key);
        report.IsSound.ShouldBeTrue(string.Join("; ", report.Checks.Where(check => !check.Passed)));
        return (report.Manifest!, Path.Combine(Folder, $"{delivery:N}"));
    }

    public async ValueTask DisposeAsync()
    {
        foreach (var client in clients)
            client.Dispose();
        await app.StopAsync();
        await app.DisposeAsync();
        await store.DisposeAsync();
    }

    private static async Task<WebApplication> BuildAsync(TestStore store, string address = "http://127.0.0.1:0")
    {
        var node = await LabNode.BuildAsync(new NodeOptions
        {
            DataFolder = Path.Combine(store.Folder, "data"),
            KeyFolder = Path.Combine(store.Folder, "keys"),
            Store = store.Store,
            Urls = [address],
            Labs = ["acme", "borealis"],
        });
        await node.StartAsync();
        return node;
    }

    private async Task<LabClient> EnrolAsync(string link, string name, string slug)
    {
        var node = new NodeClient(new Uri(NodeHost.OriginOf(app)));
        clients.Add(node);
        (await node.EnrolPasskeyAsync(NodeClient.TokenOf(link), name)).OrThrow().Dispose();
        return node.Lab(slug);
    }
}
