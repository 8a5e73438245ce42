using System.Diagnostics;
using System.Text.Json;

namespace Cofferdam.Bench;

/// <summary>A lab's or a vendor's node in a process of its own, started for one measurement and gone with its data afterwards.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Process process;
    private readonly ServedVault? vault;

    private Node(Process process, ServedVault? vault, string folder, Uri address, string ownerToken)
    {
        this.process = process;
        this.vault = vault;
        Folder = folder;
        Address = address;
        OwnerToken = ownerToken;
    }

    public string Folder { get; }

    public Uri Address { get; }

    public string OwnerToken { get; }

    /// <param name="ownProcess">With its vault in a process of its own.</param>
    /// <param name="receiptsOnly">With no log published.</param>
    /// <param name="verb">Of this program, that serves the node.</param>
    public static async Task<Node> StartAsync(string store, bool ownProcess = false, bool receiptsOnly = false, string verb = "host")
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-bench-").FullName;
        var apart = ownProcess ? await ServedVault.StartAsync(folder, store) : null;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add(verb);
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(store);
        if (receiptsOnly)
            start.ArgumentList.Add(Host.ReceiptsOnly);
        if (apart is not null)
            start.ArgumentList.Add(apart.Socket);
        var started = Process.Start(start)!;
        var line = await started.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("the node ended before it served");
        var ready = JsonSerializer.Deserialize<Ready>(line)!;
        return new Node(started, apart, folder, new Uri(ready.Address), ready.OwnerToken);
    }

    /// <summary>A node for one measurement, on a fresh database.</summary>
    /// <param name="store"><c>sqlite</c>, or <c>postgres</c>: the server that <c>./bench</c> started.</param>
    public static async Task<Node> StartFreshAsync(string store, string database) => await StartAsync(await FreshStoreAsync(store, database));

    /// <summary>The address of a database that is made for one measurement; <c>sqlite</c> stays as it is.</summary>
    public static async Task<string> FreshStoreAsync(string store, string database)
    {
        if (store != "postgres")
            return store;
        var server = new Uri(Environment.GetEnvironmentVariable("COFFERDAM_BENCH_POSTGRES") ?? throw new InvalidOperationException("./bench starts the PostgreSQL for --store postgres"));
        var address = new Npgsql.NpgsqlConnectionStringBuilder { Host = server.Host, Port = server.Port, Username = server.UserInfo, Database = "postgres", Pooling = false };
        await using var connection = new Npgsql.NpgsqlConnection(address.ConnectionString);
        await connection.OpenAsync();
        await using var create = new Npgsql.NpgsqlCommand($"CREATE DATABASE {database}", connection);
        await create.ExecuteNonQueryAsync();
        return new Uri(server, database).ToString();
    }

    /// <summary>Most memory that the node's process has had, in MiB.</summary>
    public double PeakMemoryMb
    {
        get
        {
            process.Refresh();
            return Math.Round(process.PeakWorkingSet64 / 1024.0 / 1024.0, 1);
        }
    }

    /// <summary>Processor time that the node has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <summary>Has the node keep a copy of every item in clear, for the baseline.</summary>
    public Task KeepInClearAsync() => TellAsync(Host.KeepInClear);

    /// <summary>Has the node give every open slot of a project an accepted answer.</summary>
    public Task AnswerAllAsync(Guid project) => TellAsync($"{Host.AnswerAll}{project}");

    /// <summary>Memory that the node holds now, in bytes, as the kernel counts it.</summary>
    public long MemoryBytes()
    {
        process.Refresh();
        return process.WorkingSet64;
    }

    /// <summary>64 people, say, each signed in as somebody else.</summary>
    public Load Connect(Seed seed) => Connect(seed.Cookies);

    /// <inheritdoc cref="Connect(Seed)"/>
    public Load Connect(IEnumerable<string> cookies) => new([.. cookies.Select(cookie => new Connection(Address.Port, cookie))]);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        if (vault is not null)
            await vault.DisposeAsync();
        Directory.Delete(Folder, recursive: true);
    }

    /// <summary>Has the node do something of its benchmark's.</summary>
    /// <param name="command">One line.</param>
    /// <returns>The line that it answers with.</returns>
    public async Task<string> AskAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        return await process.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException($"the node ended before it was done: {command}");
    }

    private async Task TellAsync(string command)
    {
        if (await AskAsync(command) is not Host.Done)
            throw new InvalidOperationException($"the node answered something else: {command}");
    }

    internal sealed record Ready(string Address, string OwnerToken);
}
