using System.Net.Sockets;
using System.Runtime.Versioning;
using Cofferdam.Vault;

namespace Cofferdam.VaultHost;

/// <summary>Lets server processes in through a Unix socket.</summary>
public sealed class VaultListener : IAsyncDisposable
{
    private readonly Socket listening;
    private readonly ListenerOptions options;
    private readonly Callers callers;
    private readonly Action<string> say;
    private readonly CancellationTokenSource stopping = new();
    private readonly HashSet<Task> connections = [];
    private readonly Task accepting;

    private VaultListener(Socket listening, VaultNode vault, ListenerOptions options, Action<string> say)
    {
        this.listening = listening;
        this.options = options;
        this.say = say;
        callers = new Callers(vault, options);
        accepting = AcceptAsync();
    }

    /// <summary>Listens from now on.</summary>
    /// <param name="say">Takes lines for the operator.</param>
    /// <exception cref="VaultStartException">It cannot listen there.</exception>
    [SupportedOSPlatform("linux")]
    public static VaultListener Start(VaultNode vault, ListenerOptions options, Action<string> say) =>
        new(SocketFile.Listen(options.Socket), vault, options, say);

    /// <summary>Takes no more requests, finishes those under way, and closes the doors. The vault stays open.</summary>
    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await accepting;
        // Unlinks the file, too.
        listening.Dispose();
        Task[] left;
        lock (connections)
            left = [.. connections];
        await Task.WhenAll(left);
        stopping.Dispose();
    }

    private async Task AcceptAsync()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Admit(await listening.AcceptAsync(stopping.Token));
            }
            catch (OperationCanceledException)
            {
                return;
            }
            catch (SocketException e)
            {
                say($"could not take a connection: {e.SocketErrorCode}");
            }
        }
    }

    private void Admit(Socket socket)
    {
        var peer = PeerCredentials.Of(socket);
        if (!options.AllowedUsers.Contains(peer.User))
        {
            say($"did not let in process {peer.Process} of user {peer.User}: --allow-user names who may come");
            socket.Dispose();
            return;
        }

        lock (connections)
        {
            if (connections.Count >= options.Connections)
            {
                say($"did not let in process {peer.Process}: {options.Connections} connections are open");
                socket.Dispose();
                return;
            }

            var connection = Task.Run(() => ServeAsync(socket, peer));
            connections.Add(connection);
            _ = connection.ContinueWith(Forget, CancellationToken.None, TaskContinuationOptions.None, TaskScheduler.Default);
        }
    }

    private async Task ServeAsync(Socket socket, PeerCredentials peer)
    {
        using var connection = new CallerConnection(socket, peer, callers, options, say);
        await connection.RunAsync(stopping.Token);
    }

    private void Forget(Task connection)
    {
        if (connection.Exception is { InnerException: { } failure })
            say($"a connection ended unexpectedly: {failure.GetType().FullName}{Environment.NewLine}{failure.StackTrace}");
        lock (connections)
            connections.Remove(connection);
    }
}
