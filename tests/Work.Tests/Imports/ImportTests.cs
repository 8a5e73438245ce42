using System.Net;
using System.Text;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Tests.Imports;

public sealed class ImportTests
{
    private const string Good = """{"prompt":"p","response_1":"x","response_2":"y"}""";

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_KeepBadRows_ReportsEachWithLineAndReason(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();

        var import = await host.ImportAsync(project, Encoding.UTF8.GetBytes($"{Good}\nnonsense\n\n{Good}\n{{\"prompt\":\"p\"}}\n"));

        import.GetProperty("state").GetString().ShouldBe("done");
        (import.GetProperty("rows").GetInt32(), import.GetProperty("imported").GetInt32(), import.GetProperty("bad").GetInt32()).ShouldBe((4, 2, 2));
        import.GetProperty("fileName").GetString().ShouldBe("items.jsonl");
        import.GetProperty("badRows").EnumerateArray().Select(row => (row.GetProperty("line").GetInt32(), row.GetProperty("reason").GetString()))
            .ShouldBe([(2, "it is not valid JSON"), (5, "it lacks two responses, a list of them, a text or an image")]);
        (await CountAsync(host, project)).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_RefuseBadRows_KeepsNothing(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var rows = string.Join('\n', Enumerable.Repeat(Good, 600)) + "\nbad\n" + string.Join('\n', Enumerable.Repeat(Good, 600));

        var import = await host.ImportAsync(project, Encoding.UTF8.GetBytes(rows), new { fileName = "f", badRows = "refuse" });

        import.GetProperty("state").GetString().ShouldBe("refused");
        import.GetProperty("badRows")[0].GetProperty("line").GetInt32().ShouldBe(601);
        (await CountAsync(host, project)).ShouldBe(0);
        (await RecordsAsync(host, project)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_SameExternalIdAgain_IsABadRow(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var rows = string.Join('\n', new[] { 1, 2, 1 }.Select(id => $$"""{"id":{{id}},"prompt":"p","response_1":"x","response_2":"y"}"""));

        (await host.ImportAsync(project, Encoding.UTF8.GetBytes(rows))).GetProperty("imported").GetInt32().ShouldBe(2);
        var again = await host.ImportAsync(project, Encoding.UTF8.GetBytes(rows + "\n"));

        (again.GetProperty("imported").GetInt32(), again.GetProperty("bad").GetInt32()).ShouldBe((0, 3));
        again.GetProperty("badRows")[0].GetProperty("reason").GetString().ShouldBe("a row with this id was already imported");
        (await RecordsAsync(host, project)).ShouldBe(2);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_WiderText_FailsWithASentence(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();

        var import = await host.ImportAsync(project, Encoding.Unicode.GetBytes(Good));

        import.GetProperty("state").GetString().ShouldBe("failed");
        (await CountAsync(host, project)).ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_HugeRow_IsPassedOverAndTheRestKept(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var content = new byte[100 << 20];
        content.AsSpan().Fill((byte)'x');
        content[^1] = (byte)'\n';

        var import = await host.ImportAsync(project, [.. content, .. Encoding.UTF8.GetBytes(Good)]);

        import.GetProperty("state").GetString().ShouldBe("done");
        import.GetProperty("imported").GetInt32().ShouldBe(1);
        import.GetProperty("badRows")[0].GetProperty("reason").GetString().ShouldBe("it is longer than 16 MiB");
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Import_LineBreaks_NothingIsKept(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var import = await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/imports", new { fileName = "f", badRows = "keep" });
        var path = $"/projects/{project}/imports/{import.GetProperty("id").GetString()}";

        async Task<bool> SomeAreKept() => (await host.AskAsync("staff", HttpMethod.Get, path)).GetProperty("imported").GetInt32() > 0;
        await Should.ThrowAsync<Exception>(() => host.SendAsync("staff", HttpMethod.Put, path + "/content", new BrokenContent(Good, SomeAreKept)));
        await WaitAsync(async () => (await host.AskAsync("staff", HttpMethod.Get, path)).GetProperty("state").GetString() != "receiving");
        (await host.AskAsync("staff", HttpMethod.Get, path)).GetProperty("state").GetString().ShouldBe("interrupted");

        (await CountAsync(host, project)).ShouldBe(0);
        (await RecordsAsync(host, project)).ShouldBe(0);
        (await host.RefusedAsync("staff", HttpMethod.Put, path + "/content", new ByteArrayContent(Encoding.UTF8.GetBytes(Good)))).ShouldBe((409, "import-used"));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Start_ImportLeftReceiving_IsInterruptedAndSwept(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        var kept = await host.ImportRowsAsync(project, 300);
        var left = await host.ImportRowsAsync(project, 301);
        await using (var connection = await host.Store.OpenAsync())
        {
            // As a kill in the middle leaves it: some rows known, some records not even that.
            await using var receiving = Storage.Commands.Command(
                connection, "UPDATE import SET state = 1 WHERE id = @id", ("@id", left.GetProperty("id").GetGuid()));
            await receiving.ExecuteNonQueryAsync();
            await using var lost = Storage.Commands.Command(
                connection, "DELETE FROM item WHERE import = @id AND id IN (SELECT id FROM item WHERE import = @id LIMIT 50)", ("@id", left.GetProperty("id").GetGuid()));
            await lost.ExecuteNonQueryAsync();
        }

        // Only what was sealed before a start is swept by it.
        host.Time.Advance(TimeSpan.FromMinutes(1));
        await host.RestartAsync();

        var state = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/imports/{left.GetProperty("id").GetString()}");
        state.GetProperty("state").GetString().ShouldBe("interrupted");
        (await CountAsync(host, project)).ShouldBe(kept.GetProperty("imported").GetInt32());
        // What nothing refers to is removed while the node works already.
        await WaitAsync(async () => await RecordsAsync(host, project) == 300);
    }

    private static async Task<int> CountAsync(LabHost host, string project) =>
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/items?limit=1000")).GetProperty("rows").GetArrayLength();

    private static async Task<int> RecordsAsync(LabHost host, string project)
    {
        var lab = (await host.AddPersonAsync("acme", "counter", Access.Role.ProjectManager)).Lab;
        var count = 0;
        await foreach (var _ in host.Vault.ListAsync(lab, new ProjectId(Guid.Parse(project)), RecordKind.Item, DateTimeOffset.UnixEpoch))
            count++;
        return count;
    }

    // The server notices a broken line when it does, and sweeps when it gets to it.
    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await done())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    /// <summary>A body that breaks off as soon as the server has kept some of it.</summary>
    private sealed class BrokenContent(string row, Func<Task<bool>> someAreKept) : HttpContent
    {
        protected override async Task SerializeToStreamAsync(Stream stream, TransportContext? context)
        {
            var rows = Encoding.UTF8.GetBytes(string.Concat(Enumerable.Repeat(row + "\n", 256)));
            while (!await someAreKept())
            {
                await stream.WriteAsync(rows);
                await stream.FlushAsync();
            }

            throw new IOException("The line is broken.");
        }

        protected override bool TryComputeLength(out long length)
        {
            length = 1_000_000_000;
            return true;
        }
    }
}
