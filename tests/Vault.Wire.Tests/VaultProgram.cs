using System.Diagnostics;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>The vault's executable as people run it, on a store of its own.</summary>
internal sealed class VaultProgram : IAsyncDisposable
{
    private readonly TestStore store;
    private Process? process;

    private VaultProgram(TestStore store) => this.store = store;

    public static CallerProcess Caller { get; } = new("test", null, "host");

    public string Socket => Path.Combine(store.Folder, "run", "vault.sock");

    public int Id => process!.Id;

    public static async Task<VaultProgram> StartAsync(string database)
    {
        Assert.SkipUnless(OperatingSystem.IsLinux(), "A vault of its own process runs on Linux.");
        var program = new VaultProgram(await TestStore.CreateAsync(database));
        await program.StartAsync();
        return program;
    }

    public async Task StartAsync()
    {
        var start = new ProcessStartInfo(Executable(),
        [
            "serve", "--socket", Socket, "--data", Path.Combine(store.Folder, "data"), "--keys", Path.Combine(store.Folder, "keys"), "--store", store.Store,
        ])
        { UseShellExecute = false, RedirectStandardOutput = true, RedirectStandardError = true };
        process = Process.Start(start)!;
        if (await process.StandardOutput.ReadLineAsync() is null)
            throw new InvalidOperationException("The vault ended: " + await process.StandardError.ReadToEndAsync());
    }

    public async Task KillAsync()
    {
        process!.Kill();
        await process.WaitForExitAsync();
    }

    /// <summary>SIGTERM.</summary>
    /// <returns>Exit code.</returns>
    public async Task<int> StopAsync()
    {
        using var kill = Process.Start("kill", ["-TERM", $"{Id}"]);
        await kill.WaitForExitAsync();
        await process!.WaitForExitAsync();
        return process.ExitCode;
    }

    /// <summary>Files of managed code that the process has loaded.</summary>
    public IReadOnlyList<string> Assemblies() =>
    [
        .. File.ReadLines($"/proc/{Id}/maps").Select(line => line[(line.IndexOf('/', StringComparison.Ordinal) is var at and >= 0 ? at : line.Length)..])
            .Where(path => path.EndsWith(".dll", StringComparison.Ordinal)).Distinct(),
    ];

    public async ValueTask DisposeAsync()
    {
        if (!process!.HasExited)
            await KillAsync();
        process.Dispose();
        await store.DisposeAsync();
    }

    // In a checkout each program is built in a folder of its own.
    private static string Executable() => Path.Combine(
        AppContext.BaseDirectory.Replace(Path.Combine("tests", "Vault.Wire.Tests"), Path.Combine("src", "VaultHost"), StringComparison.Ordinal), "cofferdam-vault");
}
