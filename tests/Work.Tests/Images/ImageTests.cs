using System.Buffers.Text;
using System.Text;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Images;

public sealed class ImageTests
{
    private static readonly byte[] Png = [0x89, (byte)'P', (byte)'N', (byte)'G', 0x0D, 0x0A, 0x1A, 0x0A];

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Image_OfATask_IsServedToItsHolderAloneWithAReceipt(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await host.PrepareAsync(project);
        var import = await BeginAsync(host, project);
        // More than one run of parts.
        byte[] content = [.. Png, .. Enumerable.Range(0, 5_000_000).Select(i => (byte)i)];
        (await SendAsync(host, project, import, "größe 1.png", content)).ShouldBe(201);

        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/imports/{import}/done");
        await host.OpenBatchAsync(project);
        var holder = await host.AddPersonAsync("acme", "ada", Role.Annotator);
        await host.AddPersonAsync("acme", "bob", Role.Annotator);
        var item = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items")).GetProperty("rows")[0].GetProperty("id").GetString();
        var sealedItem = (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items/{item}")).GetProperty("content");

        sealedItem.GetProperty("image").GetProperty("name").GetString().ShouldBe("größe 1.png");
        sealedItem.GetProperty("image").GetProperty("bytes").GetInt64().ShouldBe(content.Length);
        using var served = await host.SendAsync("staff", HttpMethod.Get, $"/projects/{project}/items/{item}/image");
        (await served.Content.ReadAsByteArrayAsync()).ShouldBe(content);
        served.Content.Headers.ContentType!.MediaType.ShouldBe("image/png");
        served.Headers.CacheControl!.NoStore.ShouldBeTrue();
        served.Headers.GetValues("X-Content-Type-Options").ShouldBe(["nosniff"]);
        served.Headers.GetValues("Content-Security-Policy").ShouldBe(["sandbox; default-src 'none'"]);
        (await host.Vault.ReceiptsAsync(new ReceiptQuery(holder.Lab, Acts: [Act.Open]))).SelectMany(receipt => receipt.Records)
            .Where(record => record.Kind is RecordKind.Image).Sum(record => record.Bytes).ShouldBeGreaterThanOrEqualTo(content.Length);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Image_OfASlot_IsNotForOthers(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateReadyProjectAsync(items: 1);
        var task = await host.NextAsync(project);

        // An item without an image, and somebody else's task, look the same.
        (await host.RefusedAsync("ada", HttpMethod.Get, $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/image")).ShouldBe((404, "not-found"));
        (await host.RefusedAsync("rev", HttpMethod.Get, $"/projects/{project}/tasks/{task.GetProperty("slot").GetString()}/image")).ShouldBe((404, "not-found"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Image_OfJudgedWork_IsForWhoJudgesItAlone(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var rating = new { questions = new[] { new { key = "quality", type = "rating", title = "How good?", points = 5, from = 1, required = true } } };
        await host.AskAsync("staff", HttpMethod.Put, $"/projects/{project}/form", rating, "\"0\"");
        var import = await BeginAsync(host, project);
        (await SendAsync(host, project, import, "a.png", Png)).ShouldBe(201);
        await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/imports/{import}/done");
        var batch = (await host.OpenBatchAsync(project)).GetProperty("id").GetString();
        await host.AddPersonAsync("acme", "ada", Role.Annotator);
        foreach (var reviewer in (string[])["rev", "rev2", "rev3"])
            await host.AddPersonAsync("acme", reviewer, Role.Reviewer);
        var answer = new { submission = Guid.NewGuid(), answers = new { quality = new { rating = 4 } } };
        var slot = (await host.NextAsync(project)).GetProperty("slot").GetString();
        await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/submit", answer);

        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/next");
        (await ImageAsync("rev", $"reviews/{slot}")).ShouldBe(200);
        await host.AskAsync("rev", HttpMethod.Post, $"/projects/{project}/reviews/{slot}", new { decision = "return", reason = "blurred" });
        var appeal = (await host.AskAsync("ada", HttpMethod.Post, $"/projects/{project}/tasks/{slot}/appeal", new { words = "w" })).GetProperty("id").GetString();
        (await ImageAsync("rev2", $"appeals/{appeal}")).ShouldBe(200);
        (await ImageAsync("ada", $"appeals/{appeal}")).ShouldBe(403);
        await host.AskAsync("rev2", HttpMethod.Post, $"/projects/{project}/appeals/{appeal}/decision", new { uphold = true, reason = "sharp enough" });

        var acceptance = (await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/batches/{batch}/acceptances", new { count = 1 })).GetProperty("id").GetString();
        (await ImageAsync("rev3", $"acceptances/{acceptance}/slots/{slot}")).ShouldBe(404);
        // Who has decided on the answer before does not judge it.
        await host.AskAsync("rev3", HttpMethod.Post, $"/projects/{project}/acceptances/{acceptance}/next");
        (await ImageAsync("rev3", $"acceptances/{acceptance}/slots/{slot}")).ShouldBe(200);
        (await ImageAsync("rev2", $"acceptances/{acceptance}/slots/{slot}")).ShouldBe(404);
        // It is accepted, so nobody has to decide on it.
        (await ImageAsync("staff", $"escalations/{slot}")).ShouldBe(404);

        async Task<int> ImageAsync(string person, string of)
        {
            using var response = await host.SendAsync(person, HttpMethod.Get, $"/projects/{project}/{of}/image");
            return (int)response.StatusCode;
        }
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_RowsThatNameImages_FindThemByName(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var import = await BeginAsync(host, project);
        (await SendAsync(host, project, import, "a.png", Png)).ShouldBe(201);
        (await SendAsync(host, project, import, "a.png", Png)).ShouldBe(409);
        (await SendAsync(host, project, import, "x.svg", "<svg/>"u8.ToArray())).ShouldBe(422);

        var done = await host.AskAsync(
            "staff", HttpMethod.Put, $"/projects/{project}/imports/{import}/content",
            new ByteArrayContent("{\"image\":\"dir/a.png\",\"text\":\"t\"}\n{\"image\":\"b.png\"}\n"u8.ToArray()));

        done.GetProperty("imported").GetInt32().ShouldBe(1);
        done.GetProperty("badRows")[0].GetProperty("reason").GetString().ShouldBe("its image was not sent");
        await host.AskAsync("staff", HttpMethod.Delete, $"/projects/{project}/imports/{import}");
        (await CountAsync(host, project)).ShouldBe(0);
    }

    private static async Task<string> BeginAsync(LabHost host, string project) =>
        (await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/imports", new { fileName = "images" })).GetProperty("id").GetString()!;

    private static async Task<int> SendAsync(LabHost host, string project, string import, string name, byte[] content)
    {
        using var body = new ByteArrayContent(content);
        body.Headers.TryAddWithoutValidation("X-File-Name", Base64Url.EncodeToString(Encoding.UTF8.GetBytes(name)));
        using var response = await host.SendAsync("staff", HttpMethod.Post, $"/projects/{project}/imports/{import}/images", body);
        return (int)response.StatusCode;
    }

    private static async Task<int> CountAsync(LabHost host, string project)
    {
        var lab = (await host.AddPersonAsync("acme", "counter", Role.ProjectManager)).Lab;
        var count = 0;
        await foreach (var _ in host.Vault.ListAsync(lab, new ProjectId(Guid.Parse(project)), RecordKind.Image, DateTimeOffset.UnixEpoch))
            count++;
        return count;
    }
}
