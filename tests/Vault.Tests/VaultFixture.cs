using System.Data.Common;
using System.Text;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Microsoft.Data.Sqlite;
using Npgsql;
using Xunit;

[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)] // Unseals are counted per process.

namespace Cofferdam.Vault.Tests;

/// <summary>A vault with one lab and one project on a store of its own, that can be closed, edited and opened again.</summary>
internal sealed class VaultFixture : IAsyncDisposable
{
    private const string OverTheSocket = " over the socket";
    private readonly TestStore store;
    private readonly bool served;
    private IAsyncDisposable? open;
    private string? keyFolder;

    // In memory, where a test is about order and not about the disk.
    private readonly string? dataFolder;

    private VaultFixture(TestStore store, bool served, bool inMemory = false)
    {
        this.store = store;
        this.served = served;
        if (inMemory && Directory.Exists("/dev/shm"))
            dataFolder = Directory.CreateDirectory(Path.Combine("/dev/shm", "cofferdam-test-" + Guid.NewGuid().ToString("N"))).FullName;
    }

    /// <summary>The databases, each in one process with the vault and with its socket between.</summary>
    public static TheoryData<string> Shapes { get; } = [.. TestStore.Databases.SelectMany(row => new[] { row.Data, row.Data + OverTheSocket })];

    public IVault Vault { get; private set; } = null!;

    /// <summary>The vault's own side, where it is in this process.</summary>
    public VaultDoor Door => (VaultDoor)Vault;

    public LabId Lab { get; private init; } = new(Guid.CreateVersion7());

    public ProjectId Project { get; private init; } = ProjectId.New();

    public Principal Expert { get; private init; } = Principal.Person(Guid.NewGuid());

    public VaultOptions Options => Configure(new()
    {
        Store = store.Store,
        DataFolder = Path.Combine(dataFolder ?? store.Folder, "data"),
        KeyFolder = keyFolder ?? Path.Combine(store.Folder, "keys"),
        Policy = Policy,
        Time = Time,
        Custodians = Custodians,
        AcceptVersions = AcceptVersions,
    });

    public Func<VaultOptions, VaultOptions> Configure { get; set; } = options => options;

    public static CallerProcess Caller { get; } = new("test", null, "host");

    public Policy Policy { get; set; } = Policy.Default;

    public IReadOnlyList<CustodianChoice> Custodians { get; private set; } = [];

    public bool AcceptVersions { get; set; }

    public TimeProvider Time { get; init; } = TimeProvider.System;

    /// <summary>A policy that nobody comes up against.</summary>
    public static Policy Unbounded { get; } = Policy.Default with
    {
        PersonPerHour = Policy.MostLimit,
        EngagementPerHour = Policy.MostLimit,
        ProcessPerHour = Policy.MostLimit,
        HostPerHour = Policy.MostLimit,
        RereadsPerMinute = int.MaxValue,
    };

    public static async Task<VaultFixture> CreateAsync(
        string database, Policy? policy = null, TimeProvider? time = null, Func<VaultOptions, VaultOptions>? configure = null, bool inMemory = false)
    {
        var behindASocket = database.EndsWith(OverTheSocket, StringComparison.Ordinal);
        var fixture = new VaultFixture(await TestStore.CreateAsync(database.Replace(OverTheSocket, "", StringComparison.Ordinal)), behindASocket, inMemory)
        {
            Policy = policy ?? Policy.Default,
            Time = time ?? TimeProvider.System,
            Configure = configure ?? (options => options),
        };
        await fixture.ReopenAsync();
        await fixture.Vault.CreateLabAsync(fixture.Lab, "lab");
        await fixture.Vault.CreateProjectAsync(fixture.Lab, fixture.Project);
        return fixture;
    }

    /// <summary>Closes the vault and opens it again, from now on with other custodians.</summary>
    public Task ReopenAsync(CustodianChoice custodian)
    {
        Custodians = [custodian];
        return ReopenAsync();
    }

    /// <summary>Key files that are sealed with a passphrase.</summary>
    public CustodianChoice WithPassphrase(string passphrase)
    {
        var file = Path.Combine(store.Folder, "passphrase");
        File.WriteAllText(file, passphrase);
        if (!OperatingSystem.IsWindows())
            File.SetUnixFileMode(file, UnixFileMode.UserRead | UnixFileMode.UserWrite);
        return CustodianChoice.Parse($"file:passphrase-file={file}");
    }

    /// <summary>Another, empty store, for the same lab and with the same key files.</summary>
    public async Task<VaultFixture> ElsewhereAsync() => new(await TestStore.CreateAsync(store.Store == "sqlite" ? "sqlite" : "postgres"), served)
    {
        Lab = Lab,
        Project = Project,
        Expert = Expert,
        keyFolder = Options.KeyFolder,
        Policy = Policy,
        Configure = Configure,
    };

    public async Task ReopenAsync()
    {
        await CloseAsync();
        if (served)
        {
            if (!OperatingSystem.IsLinux())
            {
                Assert.Skip("A vault of its own process runs on Linux.");
                return;
            }

            var behind = await ServedVault.OpenAsync(Options, Caller);
            (Vault, open) = (behind.Client, behind);
        }
        else
        {
            var door = await VaultNode.OpenWithinAsync(Options, Caller);
            (Vault, open) = (door, door);
        }
    }

    /// <summary>Stops server and vault in good order.</summary>
    public async Task CloseAsync()
    {
        if (open is not null)
            await open.DisposeAsync();
    }

    public async Task<RecordRef> SealAsync(string text, RecordKind kind = RecordKind.Item, ProjectId? project = null)
    {
        var id = RecordId.New();
        var outcome = await Vault.SealAsync(new SealRequest(Lab, project ?? Project, Expert, [new SealItem(kind, id, Encoding.UTF8.GetBytes(text), 0)]));
        outcome.ShouldBeOfType<SealOutcome.Sealed>();
        return new RecordRef(kind, id);
    }

    /// <summary>Seals the next version of a record, whatever its head is.</summary>
    public async Task SealAsync(RecordRef record, string text) =>
        (await Vault.SealAsync(new SealRequest(Lab, Project, Expert, [new SealItem(record.Kind, record.Id, Encoding.UTF8.GetBytes(text))]))).ShouldBeOfType<SealOutcome.Sealed>();

    public ValueTask<OpenOutcome> OpenAsync(params RecordRef[] records) => OpenAsync(Expert, records);

    public ValueTask<OpenOutcome> OpenAsync(Principal principal, params RecordRef[] records) =>
        Vault.OpenAsync(new OpenRequest(Lab, Project, principal, Act.Open, Purpose.Task, records));

    public async Task<ReceiptEntry> ReceiptAsync(long sequence) => (await Vault.ReceiptAsync(Lab, sequence)).ShouldNotBeNull();

    /// <summary>Proposes an act that takes two people, as the expert.</summary>
    public async Task<Proposal> ProposeAsync(LabId lab, ProposalKind kind, Guid? subject) =>
        (await Vault.ProposeAsync(lab, kind, subject, Expert)).ShouldBeOfType<ProposalOutcome.Accepted>().Proposal;

    /// <summary>Has two people shred something, and waits until the vault has done it and its root keys are gone.</summary>
    public async Task<Proposal> ShredAsync(ProposalKind kind, Guid? subject, Principal second, ManualClock clock)
    {
        var proposal = await ProposeAsync(Lab, kind, subject);
        (await Vault.ApproveAsync(Lab, proposal.Id, second)).ShouldBeOfType<ProposalOutcome.Accepted>();
        clock.Advance(TimeSpan.FromHours(24));
        Door.Node.Clock.Wake();
        while (true)
        {
            var done = await ProposalAsync(proposal.Id, ProposalState.Done);
            if (done.GoneAt is not null)
                return done;
            await Task.Yield();
        }
    }

    /// <summary>Asks for a record until it opens.</summary>
    public async Task UntilOpenedAsync(RecordRef record)
    {
        while (true)
        {
            try
            {
                if (await OpenAsync(record) is OpenOutcome.Opened)
                    return;
            }
            catch (VaultUnavailableException)
            {
                // Not yet.
            }

            await Task.Yield();
        }
    }

    /// <summary>Asks for a record until the vault says what is wrong.</summary>
    public async Task<VaultTrouble> UntilTroubleAsync(RecordRef record)
    {
        while (true)
        {
            try
            {
                await OpenAsync(record);
            }
            catch (VaultUnavailableException e)
            {
                return e.Trouble;
            }

            await Task.Yield();
        }
    }

    public async Task<LedgerFinding> VerifyAsync()
    {
        var head = await Vault.HeadAsync(Lab);
        return await LedgerVerification.VerifyAsync(
            Vault.LedgerAsync(Lab).Select(r => new LedgerEntry(r.Leaf, r.What, r.Who, r.Salt)), head.Size, head.Root);
    }

    /// <summary>A record's bytes in the store.</summary>
    public async Task<byte[]> SealedAsync(RecordRef record) =>
        (byte[])(await ScalarAsync("SELECT sealed FROM record WHERE id = @id", ("@id", record.Id.Value)))!;

    public async Task<long> CountAsync(string sql) => Convert.ToInt64(await ScalarAsync(sql));

    /// <summary>A proposal, once the vault has brought it into a state by itself.</summary>
    public async Task<Proposal> ProposalAsync(Guid id, ProposalState state)
    {
        while (true)
        {
            var proposal = (await Vault.ProposalsAsync(Lab)).Single(p => p.Id == id);
            if (proposal.State == state)
                return proposal;
            await Task.Yield();
        }
    }

    /// <summary>A vault process of its own beside this test's, on the same store.</summary>
    public VaultProcessUnderTest StartProcess(RecordRef record) => VaultProcessUnderTest.Start(Options, Lab, Project, record);

    /// <summary>Edits the vault's store behind its back.</summary>
    public Task<int> EditAsync(string sql, params (string Name, object Value)[] parameters) => CommandAsync(sql, parameters, command => command.ExecuteNonQueryAsync());

    private Task<object?> ScalarAsync(string sql, params (string Name, object Value)[] parameters) =>
        CommandAsync(sql, parameters, command => command.ExecuteScalarAsync());

    private async Task<T> CommandAsync<T>(string sql, (string Name, object Value)[] parameters, Func<DbCommand, Task<T>> run)
    {
        await using DbConnection connection = store.Store == "sqlite"
            ? new SqliteConnection($"Data Source={Path.Combine(Options.DataFolder, "vault.db")};Pooling=False")
            : new NpgsqlConnection(Npgsql(store.Store));
        await connection.OpenAsync();
        await using var command = connection.CreateCommand();
        command.CommandText = sql;
        foreach (var (name, value) in parameters)
        {
            var parameter = command.CreateParameter();
            parameter.ParameterName = name;
            parameter.Value = value is Guid id && store.Store == "sqlite" ? id.ToByteArray(bigEndian: true) : value;
            command.Parameters.Add(parameter);
        }

        return await run(command);
    }

    /// <summary>From now on every insert into a table fails, as on a full disk.</summary>
    public Task BreakAsync(string table) => EditAsync(store.Store == "sqlite"
        ? $"CREATE TRIGGER broken BEFORE INSERT ON {table} BEGIN SELECT RAISE(ABORT, 'disk full'); END"
        : $"""
           CREATE FUNCTION broken() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'disk full'; END $$;
           CREATE TRIGGER broken BEFORE INSERT ON {table} FOR EACH ROW EXECUTE FUNCTION broken()
           """);

    public Task MendAsync(string table) => EditAsync(store.Store == "sqlite" ? "DROP TRIGGER broken" : $"DROP TRIGGER broken ON {table}; DROP FUNCTION broken()");

    public async ValueTask DisposeAsync()
    {
        await CloseAsync();
        await store.DisposeAsync();
        if (dataFolder is not null)
            Directory.Delete(dataFolder, recursive: true);
    }

    private static string Npgsql(string uri)
    {
        var parsed = new Uri(uri);
        return new NpgsqlConnectionStringBuilder
        {
            Host = parsed.Host,
            Port = parsed.Port,
            Username = parsed.UserInfo,
            Database = parsed.AbsolutePath.Trim('/'),
            SearchPath = "vault",
            Pooling = false,
        }.ConnectionString;
    }
}
