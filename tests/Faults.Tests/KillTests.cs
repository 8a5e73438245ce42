using Cofferdam.ApiClient;
using Cofferdam.Ledger;
using Microsoft.Data.Sqlite;
using Shouldly;
using Xunit;

namespace Cofferdam.Faults.Tests;

/// <summary>
/// kill -9 at random instants while files come in, answers are submitted and deliveries are made, each time compared
/// with what the other side had been told.
/// </summary>
public sealed class KillTests
{
    private const int Kills = 50;
    private const string Password = "faults: long enough, used nowhere else";

    [Fact]
    public async Task Kill_AtFiftyRandomInstants_LosesNothingAcknowledgedAndLeavesNoHalfRow()
    {
        await using var node = new NodeProcess();
        await node.StartAsync();
        using var owner = new NodeClient(node.Address);
        (await owner.EnrolAsync(await node.OwnerToken, "owner", Password, DateTimeOffset.UtcNow)).OrThrow();
        var lab = owner.Lab("lab");

        var id = (await lab.CreateProjectAsync("Faults", "Killed fifty times.")).OrThrow().Id;
        var project = lab.Project(id);
        var importer = new Importer(project);
        await DescribeAsync(project);
        await ImportAsync(project, importer.Rows(4_000), importer);
        (await project.OpenBatchAsync(new BatchBody("all", 1, LeaseSeconds: 3600, Held: 1000))).OrThrow();

        var annotators = new List<Annotator>();
        for (var i = 0; i < 4; i++)
            annotators.Add(await AnnotatorAsync(node, lab, id, $"annotator-{i}"));
        using var reviewer = await EnrolAsync(node, lab, "reviewer", "reviewer");
        await AcceptSomeAsync(annotators, reviewer.Lab("lab").Work(id));
        var accepted = (await project.ProgressAsync()).OrThrow().Slots.Accepted;

        var taker = new Taker(project, node.DataFolder + "-packages");
        Directory.CreateDirectory(node.DataFolder + "-packages");
        var heads = new List<LedgerHead>();
        var random = new Random();
        for (var kill = 0; kill < Kills; kill++)
        {
            await WorkAndKillAsync(node, [.. annotators.Select<Annotator, Func<Func<bool>, Task>>(a => a.WorkAsync), importer.WorkAsync, taker.WorkAsync], random);
            await node.StartAsync();

            var progress = (await project.ProgressAsync()).OrThrow();
            foreach (var annotator in annotators)
            {
                var person = progress.People.Single(p => p.Pseudonym == annotator.Pseudonym);
                (person.Submitted + person.Accepted).ShouldBeInRange(annotator.Acknowledged.Count, annotator.Possible, $"answers after kill {kill}");
            }

            progress.Slots.Accepted.ShouldBe(accepted);
            await CheckImportsAsync(project, importer, progress.Items);
            await CheckLastDeliveryAsync(project, taker);
            heads.Add((await lab.LedgerAsync()).OrThrow());
        }

        await CheckAnswersAsync(annotators, reviewer.Lab("lab").Work(id));
        await CheckLedgerAsync(lab, heads, annotators);
        await node.KillAsync();
        CheckFiles(node.DataFolder);
        importer.Acknowledged.Count.ShouldBeGreaterThan(1);
        taker.Fetched.ShouldNotBeEmpty();
        foreach (var annotator in annotators)
            annotator.Node.Dispose();
    }

    /// <summary>Lets everybody work, kills the node after a random number of acknowledgements and a random moment more.</summary>
    private static async Task WorkAndKillAsync(NodeProcess node, IReadOnlyList<Func<Func<bool>, Task>> everybody, Random random)
    {
        using var enough = new SemaphoreSlim(0);
        var work = everybody.Select(person => Task.Run(() => UntilTheLineBreaksAsync(person, () => enough.Release() >= 0))).ToList();
        for (var acknowledgements = random.Next(25); acknowledgements > 0; acknowledgements--)
            await enough.WaitAsync(TestContext.Current.CancellationToken);
        // What is random here is the test itself: at which instant, between any two steps, the power goes.
        await Task.Delay(TimeSpan.FromMilliseconds(random.NextDouble() * 60));
        await node.KillAsync();
        await Task.WhenAll(work);
    }

    private static async Task UntilTheLineBreaksAsync(Func<Func<bool>, Task> work, Func<bool> acknowledged)
    {
        try
        {
            await work(acknowledged);
        }
        catch (Exception exception) when (exception is HttpRequestException or IOException)
        {
            // Killed.
        }
    }

    private static async Task CheckImportsAsync(ProjectClient project, Importer importer, long items)
    {
        var imports = (await project.ImportsAsync()).OrThrow();
        imports.ShouldAllBe(import => import.State == "done" || import.State == "interrupted" || import.State == "waiting");
        foreach (var (id, imported) in importer.Acknowledged)
        {
            var import = imports.Single(i => i.Id == id);
            import.State.ShouldBe("done");
            import.Imported.ShouldBe(imported);
        }

        imports.Where(import => import.State == "done").Sum(import => import.Imported).ShouldBe(items, "items of cut-off files");
    }

    private static async Task CheckLastDeliveryAsync(ProjectClient project, Taker taker)
    {
        foreach (var (id, package) in taker.Fetched.TakeLast(1))
        {
            (await project.DeliveryAsync(id)).OrThrow().State.ShouldBe("done");
            (await taker.FetchAsync(id)).ShouldBe(package);
        }
    }

    /// <summary>The reviewer is shown the very words that each annotator was told are kept.</summary>
    private static async Task CheckAnswersAsync(List<Annotator> annotators, WorkClient reviews)
    {
        var told = annotators.SelectMany(annotator => annotator.Acknowledged).ToDictionary();
        var seen = 0;
        while ((await reviews.NextReviewAsync()).OrThrow() is { } review)
        {
            if (told.TryGetValue(review.Slot, out var words))
                review.Answers["rationale"].Text.ShouldBe(words);
            (await reviews.ReviewAsync(review.Slot, new ReviewBody("accept"))).OrThrow();
            seen++;
        }

        seen.ShouldBeGreaterThan(0);
    }

    /// <summary>The ledger verifies as a whole, began as every head seen on the way says, and holds every receipt told.</summary>
    private static async Task CheckLedgerAsync(LabClient lab, List<LedgerHead> heads, List<Annotator> annotators)
    {
        var told = annotators.SelectMany(annotator => annotator.Receipts).ToDictionary();
        var expected = heads.ToLookup(head => head.Size, head => head.Root);
        var tree = new CompactRange();
        await foreach (var receipt in lab.ReceiptsAsync())
        {
            var (leaf, what, who, salt) = (Bytes(receipt.Leaf), Bytes(receipt.What), Bytes(receipt.Who), Bytes(receipt.Salt));
            receipt.Sequence.ShouldBe(tree.Size);
            Receipt.Verify(leaf, what, who, salt).ShouldBeTrue($"receipt {receipt.Sequence}");
            if (told.Remove(receipt.Sequence, out var item))
                Receipt.Parse(what, who).Records.ShouldContain(record => record.Id == item);
            tree.Append(MerkleTree.HashLeaf(leaf));
            foreach (var root in expected[tree.Size])
                Convert.ToBase64String(tree.Root()).ShouldBe(root, $"ledger of {tree.Size} receipts");
        }

        told.ShouldBeEmpty("a receipt that came with a task is not in the ledger");

        static byte[] Bytes(string base64) => Convert.FromBase64String(base64);
    }

    private static void CheckFiles(string folder)
    {
        foreach (var file in Directory.GetFiles(folder, "*.db"))
        {
            using var connection = new SqliteConnection($"Data Source={file};Pooling=False");
            connection.Open();
            using var command = connection.CreateCommand();
            command.CommandText = "PRAGMA integrity_check";
            command.ExecuteScalar().ShouldBe("ok", file);
        }
    }

    private static async Task DescribeAsync(ProjectClient project)
    {
        var draft = await project.DraftGuidelinesAsync();
        var saved = await project.DraftGuidelinesAsync([new GuidelineSection("all", "Which is right", "Prefer the right sum.", [])], draft.ETag ?? "\"0\"");
        saved.OrThrow();
        (await project.PublishGuidelinesAsync(saved.ETag!)).OrThrow();
        var form = await project.FormAsync();
        (await project.ChangeFormAsync(
            [
                new Question("preference", "pairwise", "Which response is better?", Required: true, Points: 5, Tie: true),
                new Question("rationale", "text", "Why?", Required: false, MaxLength: 4000),
            ],
            form.ETag ?? "\"0\"")).OrThrow();
    }

    private static async Task ImportAsync(ProjectClient project, byte[] rows, Importer importer)
    {
        var import = (await project.StartImportAsync(new ImportBody("first.jsonl", new Dictionary<string, string>(StringComparer.Ordinal), "refuse"))).OrThrow();
        var done = (await project.SendImportAsync(import.Id, new MemoryStream(rows))).OrThrow();
        done.State.ShouldBe("done");
        importer.Acknowledged[import.Id] = done.Imported;
    }

    private static async Task<Annotator> AnnotatorAsync(NodeProcess node, LabClient lab, Guid project, string name)
    {
        var client = await EnrolAsync(node, lab, "annotator", name);
        var session = (await client.SessionAsync()).OrThrow();
        return new Annotator(client, client.Lab("lab").Work(project), session.Labs.Single().Pseudonym);
    }

    private static async Task<NodeClient> EnrolAsync(NodeProcess node, LabClient lab, string role, string name)
    {
        var invitation = (await lab.InviteAsync(role)).OrThrow();
        var client = new NodeClient(node.Address);
        (await client.EnrolAsync(NodeClient.TokenOf(invitation.Link!), name, Password, DateTimeOffset.UtcNow)).OrThrow();
        return client;
    }

    /// <summary>A few accepted answers, so that deliveries have something in them.</summary>
    private static async Task AcceptSomeAsync(List<Annotator> annotators, WorkClient reviews)
    {
        await Task.WhenAll(annotators.Select(annotator => annotator.WorkAsync(() => annotator.Acknowledged.Count < 10)));
        for (var i = 0; i < 20; i++)
        {
            if ((await reviews.NextReviewAsync()).OrThrow() is { } review)
                (await reviews.ReviewAsync(review.Slot, new ReviewBody("accept"))).OrThrow();
        }
    }
}
