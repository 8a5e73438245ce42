using System.Text;
using System.Text.Json;
using Cofferdam.Storage;
using Cofferdam.Vault.Contract;
using Cofferdam.Work.Access;

namespace Cofferdam.Work.Tests.Searches;

public sealed class SearchTests
{
    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Search_FindsItemsAndLeavesAReceiptOfEachRun(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await ImportAsync(host, project, 700);

        var search = await DoneAsync(host, project, await AskAsync(host, project, "NEEDLE"));

        (search.GetProperty("state").GetString(), search.GetProperty("scanned").GetInt32(), search.GetProperty("found").GetInt32()).ShouldBe(("done", 700, 7));
        search.GetProperty("items").GetArrayLength().ShouldBe(7);
        search.GetProperty("items")[0].GetProperty("excerpt").GetString().ShouldBe("hay needle 0 hay");
        var lab = (await host.AddPersonAsync("acme", "auditor", Role.ProjectManager)).Lab;
        var receipts = await host.Vault.ReceiptsAsync(new ReceiptQuery(lab, Acts: [Act.Open], Limit: 1_000));
        receipts.Where(receipt => receipt.Purpose is Purpose.Search && receipt.Principal == Principal.Service)
            .SelectMany(receipt => receipt.Records).Count(record => record.Kind is RecordKind.Item).ShouldBe(700);
        receipts.ShouldContain(receipt => receipt.Purpose == Purpose.Search && receipt.Principal.Kind == PrincipalKind.Person);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Search_CutOffByAStop_GoesOnWhereItWas(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await ImportAsync(host, project, 300);
        var id = await AskAsync(host, project, "needle");
        await DoneAsync(host, project, id);
        await using (var connection = await host.Store.OpenAsync())
        {
            // As a kill after the 150th item leaves it.
            await using var back = connection.Command(
                "UPDATE search SET state = 0, scanned = 150, found = 2, after = (SELECT max(id) FROM (SELECT id FROM item ORDER BY id LIMIT 150) f) WHERE id = @id", ("@id", Guid.Parse(id)));
            if (database == "postgres")
                back.CommandText = back.CommandText.Replace("max(id)", "id", StringComparison.Ordinal).Replace(" f)", " f ORDER BY id DESC LIMIT 1)", StringComparison.Ordinal);
            await back.ExecuteNonQueryAsync();
        }

        await host.RestartAsync();

        var search = await DoneAsync(host, project, id);
        (search.GetProperty("scanned").GetInt32(), search.GetProperty("found").GetInt32()).ShouldBe((300, 3));
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Search_DeletedOrExpired_LeavesNothing(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await ImportAsync(host, project, 100);
        var (one, two) = (await AskAsync(host, project, "needle"), await AskAsync(host, project, "hay"));
        await DoneAsync(host, project, one);
        await DoneAsync(host, project, two);

        await host.AskAsync("staff", HttpMethod.Delete, $"/projects/{project}/searches/{one}");
        host.Time.Advance(TimeSpan.FromHours(25));
        await host.RestartAsync();

        await WaitAsync(async () => await RecordsAsync(host, project) == 0);
        (await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/searches")).GetArrayLength().ShouldBe(0);
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Search_OfASuspendedProject_IsRefused(string database)
    {
        await using var host = await LabHost.StartAsync(database);
        var project = await host.CreateProjectAsync();
        await ImportAsync(host, project, 10);
        var staff = await host.AddPersonAsync("acme", "boss", Role.Owner);
        await host.Vault.SuspendAsync(new SuspendRequest(staff.Lab, new Scope(ScopeKind.Project, Guid.Parse(project)), ReasonClass.SecurityIncident, staff.Principal));

        (await host.RefusedAsync("staff", HttpMethod.Post, $"/projects/{project}/searches", new { text = "needle" })).ShouldBe((423, "suspended"));
    }

    private static Task<JsonElement> ImportAsync(LabHost host, string project, int rows) => host.ImportAsync(
        project, Encoding.UTF8.GetBytes(string.Join('\n', Enumerable.Range(0, rows).Select(i => $$"""{"text":"hay {{(i % 100 == 0 ? "needle" : "straw")}} {{i}} hay"}"""))));

    private static async Task<string> AskAsync(LabHost host, string project, string text) =>
        (await host.AskAsync("staff", HttpMethod.Post, $"/projects/{project}/searches", new { text })).GetProperty("id").GetString()!;

    private static async Task<JsonElement> DoneAsync(LabHost host, string project, string search)
    {
        JsonElement view = default;
        await WaitAsync(async () =>
        {
            view = await host.AskAsync("staff", HttpMethod.Get, $"/projects/{project}/searches/{search}");
            return view.GetProperty("state").GetString() != "scanning";
        });
        return view;
    }

    private static async Task WaitAsync(Func<Task<bool>> done)
    {
        using var limit = new CancellationTokenSource(TimeSpan.FromMinutes(1));
        while (!await done())
        {
            limit.Token.ThrowIfCancellationRequested();
            await Task.Yield();
        }
    }

    private static async Task<int> RecordsAsync(LabHost host, string project)
    {
        var lab = (await host.AddPersonAsync("acme", "counter", Role.ProjectManager)).Lab;
        var count = 0;
        await foreach (var _ in host.Vault.ListAsync(lab, new ProjectId(Guid.Parse(project)), RecordKind.Search, DateTimeOffset.UnixEpoch))
            count++;
        return count;
    }
}
