using System.Text;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>The executable, started for real.</summary>
public sealed class ProgramTests
{
    private static readonly LabId Lab = new(Guid.CreateVersion7());
    private static readonly ProjectId Project = ProjectId.New();

    // A driver's own needs, by name. Whatever else turns up is a change of what the keys lie beside.
    private static readonly string[] Sqlite = ["Microsoft.Data.Sqlite", "SQLitePCLRaw.core", "SQLitePCLRaw.provider.e_sqlite3", "SQLitePCLRaw.batteries_v2"];
    private static readonly string[] Postgres = ["Npgsql", "Microsoft.Extensions.Logging.Abstractions", "Microsoft.Extensions.DependencyInjection.Abstractions"];
    private static readonly string[] Ours =
    [
        "cofferdam-vault", "Cofferdam.Vault", "Cofferdam.Vault.Contract", "Cofferdam.Vault.Wire", "Cofferdam.Sealing", "Cofferdam.Ledger", "Cofferdam.Durable",
    ];

    public static TheoryData<string> Databases => TestStore.Databases;

    [Theory, MemberData(nameof(Databases))]
    public async Task Serve_AfterWork_HasLoadedOursTheFrameworkAndTheDriverAlone(string database)
    {
        await using var program = await VaultProgram.StartAsync(database);
        await using var client = await VaultClient.ConnectAsync(program.Socket, VaultProgram.Caller);
        var item = await SealAsync(client, "text");
        (await OpenAsync(client, item)).ShouldBeOfType<OpenOutcome.Opened>();
        await client.SuspendAsync(new SuspendRequest(Lab, new Scope(ScopeKind.Lab, Lab.Value), ReasonClass.Other, Principal.Service));
        await foreach (var _ in client.LedgerAsync(Lab))
        {
        }

        var loaded = program.Assemblies();

        var framework = Path.GetDirectoryName(typeof(object).Assembly.Location)!;
        loaded.ShouldContain(path => Path.GetDirectoryName(path) == framework, "or the list is read wrongly");
        var others = loaded.Where(path => Path.GetDirectoryName(path) != framework).Select(path => Path.GetFileNameWithoutExtension(path)!);
        others.Except([.. Ours, .. database == "sqlite" ? Sqlite : Postgres]).ShouldBeEmpty();
    }

    [Theory, MemberData(nameof(Databases))]
    public async Task Calls_VaultKilledAndStartedAgain_FailAtOnceThenGoOnAsANewProcess(string database)
    {
        await using var program = await VaultProgram.StartAsync(database);
        await using var client = await VaultClient.ConnectAsync(program.Socket, VaultProgram.Caller);
        var before = client.Identity;
        before.OwnProcess.ShouldBeTrue();
        before.Process.ShouldNotBe(before.Vault);
        var item = await SealAsync(client, "text");

        await program.KillAsync();

        (await Should.ThrowAsync<VaultUnavailableException>(async () => await OpenAsync(client, item))).Trouble.ShouldBe(VaultTrouble.Connection);
        await program.StartAsync();
        var opened = (await OpenAsync(client, item)).ShouldBeOfType<OpenOutcome.Opened>();
        Encoding.UTF8.GetString(opened.Records[0].Plaintext.Span).ShouldBe("text");
        client.Identity.Vault.ShouldNotBe(before.Vault);
        client.Identity.Process.ShouldNotBe(before.Process);
        (await client.ReceiptAsync(Lab, opened.Receipt)).ShouldNotBeNull().Process.ShouldBe(client.Identity.Process);
    }

    [Fact]
    public async Task Serve_Terminated_SaysThatItsServersStoppedAndRemovesTheSocket()
    {
        await using var program = await VaultProgram.StartAsync("sqlite");
        await using var client = await VaultClient.ConnectAsync(program.Socket, VaultProgram.Caller);
        await SealAsync(client, "text");

        (await program.StopAsync()).ShouldBe(0);

        File.Exists(program.Socket).ShouldBeFalse();
        await program.StartAsync();
        var acts = (await client.ReceiptsAsync(new ReceiptQuery(Lab))).Select(receipt => receipt.Act);
        acts.ShouldBe([Act.Start, Act.Stop, Act.Seal, Act.CreateKey, Act.CreateKey]);
    }

    private static async Task<RecordRef> SealAsync(VaultClient client, string text)
    {
        await client.CreateLabAsync(Lab, "lab");
        await client.CreateProjectAsync(Lab, Project);
        var item = new RecordRef(RecordKind.Item, RecordId.New());
        (await client.SealAsync(new SealRequest(Lab, Project, Principal.Service, [new SealItem(item.Kind, item.Id, Encoding.UTF8.GetBytes(text), 0)]))).ShouldBeOfType<SealOutcome.Sealed>();
        return item;
    }

    private static ValueTask<OpenOutcome> OpenAsync(VaultClient client, RecordRef item) =>
        client.OpenAsync(new OpenRequest(Lab, Project, Principal.Service, Act.Open, Purpose.Task, [item]));
}
