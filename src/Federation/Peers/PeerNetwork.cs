using System.Net;
using System.Net.Sockets;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Federation.Peers;

/// <summary>The address is beyond this machine, where a node in evaluation mode does not go unless told to.</summary>
internal sealed class BeyondThisMachineException() : Exception("A node in evaluation mode pairs only with nodes on the same machine.");

/// <summary>Connections to other nodes: straight there, no proxy, no redirect, no cookie, a bounded answer in bounded time.</summary>
internal sealed class PeerNetwork : IDisposable
{
    private static readonly TimeSpan ToConnect = TimeSpan.FromSeconds(5), ToAnswer = TimeSpan.FromSeconds(30);

    private readonly FederationOptions options;
    private readonly IVault vault;

    public PeerNetwork(FederationOptions options, IVault vault)
    {
        this.options = options;
        this.vault = vault;
        Client = new HttpClient(new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseProxy = false,
            UseCookies = false,
            AutomaticDecompression = DecompressionMethods.None,
            ConnectTimeout = ToConnect,
            // Names may come to mean another address.
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
            ConnectCallback = ConnectAsync,
        })
        {
            Timeout = ToAnswer,
            MaxResponseContentBufferSize = 4 * PeerRequests.MostBytes,
        };
    }

    public HttpClient Client { get; }

    /// <summary>Whether this node pairs with nodes of this machine alone.</summary>
    public bool StaysOnThisMachine => vault.Identity.EvaluationMode && !options.PairBeyondThisMachine;

    public void Dispose() => Client.Dispose();

    // Judged by the address that is connected to: a name may lead anywhere, and elsewhere the next time.
    private async ValueTask<Stream> ConnectAsync(SocketsHttpConnectionContext context, CancellationToken cancellation)
    {
        var addresses = await PeerAddress.ResolveAsync(context.DnsEndPoint.Host, cancellation);
        if (StaysOnThisMachine && !Array.TrueForAll(addresses, IPAddress.IsLoopback))
            throw new BeyondThisMachineException();
        var reachable = Array.FindAll(addresses, PeerAddress.LeadsToANode);
        SocketException? failure = null;
        foreach (var address in reachable)
        {
            var socket = new Socket(address.AddressFamily, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
            try
            {
                await socket.ConnectAsync(new IPEndPoint(address, context.DnsEndPoint.Port), cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            }
            catch (SocketException e)
            {
                failure = e;
                socket.Dispose();
            }
            catch
            {
                socket.Dispose();
                throw;
            }
        }

        throw failure ?? new SocketException((int)SocketError.HostUnreachable);
    }
}
