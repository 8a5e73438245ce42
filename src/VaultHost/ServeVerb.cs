using System.Runtime.InteropServices;
using Cofferdam.Vault;

namespace Cofferdam.VaultHost;

/// <summary><c>serve</c>.</summary>
internal static class ServeVerb
{
    public static async Task<int> RunAsync(HostOptions options)
    {
        if (!OperatingSystem.IsLinux())
            throw new VaultStartException("A vault of its own process runs on Linux, whose kernel says who is at the other end of a socket.");
        if (options.Socket is null)
            throw new VaultStartException("On which socket? Give --socket PATH.");
        var listen = new ListenerOptions { Socket = options.Socket };
        if (options.AllowedUsers.Count > 0)
            listen = listen with { AllowedUsers = [.. options.AllowedUsers.Select(UserOf)] };

        var stop = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        using var terminated = PosixSignalRegistration.Create(PosixSignal.SIGTERM, Stop);
        using var interrupted = PosixSignalRegistration.Create(PosixSignal.SIGINT, Stop);

        await using var vault = await VaultNode.OpenAsync(options.Vault);
        await using (VaultListener.Start(vault, listen, Say))
        {
            await Console.Out.WriteLineAsync($"Cofferdam vault at {options.Socket}");
            await stop.Task;
            await Console.Out.WriteLineAsync("Stopping: finishing what is under way.");
        }

        return 0;

        void Stop(PosixSignalContext signal)
        {
            signal.Cancel = true;
            stop.TrySetResult();
        }
    }

    private static uint UserOf(string name) => PeerCredentials.FindUser(name)
        ?? throw new VaultStartException($"There is no user '{name}' in /etc/passwd. Give --allow-user its number.");

    private static void Say(string line) => Console.Error.WriteLine($"{DateTimeOffset.UtcNow:yyyy-MM-ddTHH:mm:ssZ} {line}");
}
