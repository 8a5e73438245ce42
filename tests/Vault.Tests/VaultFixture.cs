using System.Data.Common;
using System.Text;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Microsoft.Data.Sqlite;
using Npgsql;

[assembly: Xunit.CollectionBehavior(DisableTestParallelization = true)] // Unseals are counted per process.

namespace Cofferdam.Vault.Tests;

/// <summary>A vault with one lab and one project on a store of its own, that can be closed, edited and opened again.</summary>
internal sealed class VaultFixture : IAsyncDisposable
{
    private readonly TestStore store;

    private VaultFixture(TestStore store) => this.store = store;

    public VaultDoor Vault { get; private set; } = null!;

    public LabId Lab { get; } = new(Guid.CreateVersion7());

    public ProjectId Project { get; } = ProjectId.New();

    public Principal Expert { get; } = Principal.Person(Guid.NewGuid());

    public VaultOptions Options => Configure(new()
    {
        Store = store.Store,
        DataFolder = Path.Combine(store.Folder, "data"),
        KeyFolder = Path.Combine(store.Folder, "keys"),
        Limits = Limits,
        Time = Time,
    });

    public Func<VaultOptions, VaultOptions> Configure { get; set; } = options => options;

    public static CallerProcess Caller { get; } = new("test", null, "host");

    public VaultLimits Limits { get; set; } = new();

    public TimeProvider Time { get; init; } = TimeProvider.System;

    public static async Task<VaultFixture> CreateAsync(string database, VaultLimits? limits = null, Func<VaultOptions, VaultOptions>? configure = null)
    {
        var fixture = new VaultFixture(await TestStore.CreateAsync(database)) { Limits = limits ?? new(), Configure = configure ?? (options => options) };
        await fixture.ReopenAsync();
        await fixture.Vault.CreateLabAsync(fixture.Lab, "lab");
        await fixture.Vault.CreateProjectAsync(fixture.Lab, fixture.Project);
        return fixture;
    }

    public async Task ReopenAsync()
    {
        if (Vault is not null)
            await Vault.DisposeAsync();
        Vault = await VaultNode.OpenWithinAsync(Options, Caller);
    }

    public async Task<RecordRef> SealAsync(string text, RecordKind kind = RecordKind.Item, ProjectId? project = null)
    {
        var id = RecordId.New();
        var outcome = await Vault.SealAsync(new SealRequest(Lab, project ?? Project, Expert, [new SealItem(kind, id, Encoding.UTF8.GetBytes(text), 0)]));
        outcome.ShouldBeOfType<SealOutcome.Sealed>();
        return new RecordRef(kind, id);
    }

    public ValueTask<OpenOutcome> OpenAsync(params RecordRef[] records) => OpenAsync(Expert, records);

    public ValueTask<OpenOutcome> OpenAsync(Principal principal, params RecordRef[] records) =>
        Vault.OpenAsync(new OpenRequest(Lab, Project, principal, Act.Open, Purpose.Task, records));

    public async Task<ReceiptEntry> ReceiptAsync(long sequence) => (await Vault.ReceiptAsync(Lab, sequence)).ShouldNotBeNull();

    /// <summary>Edits the vault's store behind its back.</summary>
    public async Task<int> EditAsync(string sql, params (string Name, object Value)[] parameters)
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

        return await command.ExecuteNonQueryAsync();
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
        await Vault.DisposeAsync();
        await store.DisposeAsync();
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
