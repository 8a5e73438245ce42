using System.Diagnostics;
using System.Net;
using System.Net.Sockets;

namespace Cofferdam.Cli.Demo;

/// <summary>A program that the demo started, as a process of its own; what it says goes into a file.</summary>
internal sealed class DemoProgram : IAsyncDisposable
{
    private static readonly TimeSpan StartPatience = TimeSpan.FromSeconds(60);
    private static readonly TimeSpan StopPatience = TimeSpan.FromSeconds(30);

    private readonly Process process;
    private readonly StreamWriter words;

    private DemoProgram(Process process, StreamWriter words, string awaited)
    {
        this.process = process;
        this.words = words;
        Awaited = awaited;
    }

    /// <summary>The line that said that it had started.</summary>
    public string Awaited { get; }

    /// <param name="folder">Of the run: what it says goes into <c>log/</c>, what it lays aside into <c>tmp/</c>.</param>
    /// <param name="started">True of the line that says that it has started.</param>
    /// <exception cref="CliException">It does not start.</exception>
    public static async Task<DemoProgram> StartAsync(
        NodeProgram program, IReadOnlyList<string> arguments, string folder, Func<string, bool> started, CancellationToken cancellation)
    {
        var start = program.Start(arguments);
        start.RedirectStandardOutput = true;
        start.RedirectStandardError = true;
        start.Environment["TMPDIR"] = Path.Combine(folder, "tmp");

        var file = Path.Combine(folder, "log", $"{program.Name}.log");
        var words = new StreamWriter(file) { AutoFlush = true };
        var awaited = new TaskCompletionSource<string>(TaskCreationOptions.RunContinuationsAsynchronously);
        var process = new Process { StartInfo = start, EnableRaisingEvents = true };
        process.OutputDataReceived += (_, line) => Heard(line.Data);
        process.ErrorDataReceived += (_, line) => Heard(line.Data);
        process.Exited += (_, _) => awaited.TrySetException(new CliException(
            ExitCode.Unreachable, "program-stopped", $"{program.Name} stopped at its start", $"its last words are in {file}"));
        process.Start();
        process.BeginOutputReadLine();
        process.BeginErrorReadLine();
        try
        {
            return new DemoProgram(process, words, await awaited.Task.WaitAsync(StartPatience, cancellation));
        }
        catch
        {
            process.Kill();
            process.Dispose();
            throw;
        }

        void Heard(string? line)
        {
            if (line is null)
                return;
            lock (words)
                words.WriteLine(line);
            if (started(line))
                awaited.TrySetResult(line);
        }
    }

    /// <summary>Asks it to end in good order and waits until it has.</summary>
    public async Task StopAsync(CancellationToken cancellation)
    {
        if (process.HasExited)
            return;
        if (OperatingSystem.IsWindows())
        {
            process.Kill();
        }
        else
        {
            using var signal = Process.Start("kill", ["-TERM", process.Id.ToString()]);
            await signal.WaitForExitAsync(cancellation);
        }

        await process.WaitForExitAsync(cancellation).WaitAsync(StopPatience, cancellation);
    }

    public async ValueTask DisposeAsync()
    {
        if (!process.HasExited)
        {
            process.Kill();
            await process.WaitForExitAsync();
        }

        process.Dispose();
        await words.DisposeAsync();
    }

    public static int FreePort()
    {
        using var listener = new TcpListener(IPAddress.Loopback, 0);
        listener.Start();
        return ((IPEndPoint)listener.LocalEndpoint).Port;
    }
}
