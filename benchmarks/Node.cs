using System.Diagnostics;
using System.Text.Json;

namespace Cofferdam.Bench;

/// <summary>A lab node in a process of its own, started for one measurement and gone with its data afterwards.</summary>
internal sealed class Node : IAsyncDisposable
{
    private readonly Process process;

    private Node(Process process, string folder, Uri address, string ownerToken)
    {
        this.process = process;
        Folder = folder;
        Address = address;
        OwnerToken = ownerToken;
    }

    public string Folder { get; }

    public Uri Address { get; }

    public string OwnerToken { get; }

    public static async Task<Node> StartAsync(string store)
    {
        var folder = Directory.CreateTempSubdirectory("cofferdam-bench-").FullName;
        var start = new ProcessStartInfo(Environment.ProcessPath!) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        start.ArgumentList.Add("host");
        start.ArgumentList.Add(folder);
        start.ArgumentList.Add(store);
        var started = Process.Start(start)!;
        var line = await started.StandardOutput.ReadLineAsync()
            ?? throw new InvalidOperationException("the node ended before it served");
        var ready = JsonSerializer.Deserialize<Ready>(line)!;
        return new Node(started, folder, new Uri(ready.Address), ready.OwnerToken);
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
    public Load Connect(Seed seed) => new([.. seed.Cookies.Select(cookie => new Connection(Address.Port, cookie))]);

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
        Directory.Delete(Folder, recursive: true);
    }

    private async Task TellAsync(string command)
    {
        await process.StandardInput.WriteLineAsync(command);
        if (await process.StandardOutput.ReadLineAsync() != Host.Done)
            throw new InvalidOperationException($"the node ended before it was done: {command}");
    }

    internal sealed record Ready(string Address, string OwnerToken);
}
