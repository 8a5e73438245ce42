using System.Diagnostics;
using Cofferdam.Vault;
using Cofferdam.VaultHost;

namespace Cofferdam.Bench;

/// <summary>The vault in a process of its own: the listener that <c>cofferdam-vault</c> runs, with limits too high to be met.</summary>
internal sealed class ServedVault : IAsyncDisposable
{
    private readonly Process process;

    private ServedVault(Process process, string socket)
    {
        this.process = process;
        Socket = socket;
    }

    /// <summary>For <c>NodeOptions.VaultSocket</c>.</summary>
    public string Socket { get; }

    /// <summary>Processor time that the vault has used.</summary>
    public TimeSpan ProcessorTime
    {
        get
        {
            process.Refresh();
            return process.TotalProcessorTime;
        }
    }

    /// <param name="folder">For data, keys and socket; exists, and is its owner's alone.</param>
    public static async Task<ServedVault> StartAsync(string folder, string store)
    {
        var start = new ProcessStartInfo(Environment.ProcessPath!, ["vault", folder, store]) { UseShellExecute = false, RedirectStandardInput = true, RedirectStandardOutput = true };
        var started = Process.Start(start)!;
        var socket = await started.StandardOutput.ReadLineAsync() ?? throw new InvalidOperationException("the vault ended before it served");
        return new ServedVault(started, socket);
    }

    /// <summary>What the process does: it serves until its standard input ends.</summary>
    /// <param name="args">Folder and store.</param>
    public static async Task<int> RunAsync(string[] args)
    {
        if (!OperatingSystem.IsLinux())
            throw new PlatformNotSupportedException("A vault of its own process runs on Linux.");
        var socket = Path.Combine(args[0], "run", "vault.sock");
        await using var node = await VaultNode.OpenAsync(new VaultOptions
        {
            Store = args[1],
            DataFolder = Path.Combine(args[0], "vault-data"),
            KeyFolder = Path.Combine(args[0], "vault-keys"),
            Policy = Host.Unbounded,
        });
        await using var listener = VaultListener.Start(node, new ListenerOptions { Socket = socket }, Console.Error.WriteLine);
        await Console.Out.WriteLineAsync(socket);
        await Console.In.ReadToEndAsync();
        return 0;
    }

    public async ValueTask DisposeAsync()
    {
        process.StandardInput.Close();
        await process.WaitForExitAsync();
        process.Dispose();
    }
}
