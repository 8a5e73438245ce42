using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>The vault in a process of its own, asked over its Unix socket.</summary>
/// <remarks>
/// Fails closed: while the vault is not there every call throws <see cref="VaultUnavailableException"/> at once. After its
/// restart the next call says hello to it, and receipts name this server as a new process. Where the vault goes away
/// between a request and its answer, what was to be sealed may be sealed and its receipt written; nothing was handed out.
/// </remarks>
public sealed partial class VaultClient : IVault, IAsyncDisposable
{
    // A stopped vault takes connections, and never answers them.
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(10);

    // What people wait for never waits behind what is long, and a suspension behind neither. Together no more than the
    // vault takes of one process at once.
    private readonly ReconnectingLane quick;
    private readonly ReconnectingLane bulk;
    private readonly ReconnectingLane urgent;
    private VaultIdentity? identity;

    private VaultClient(string socket, Hello hello)
    {
        quick = new ReconnectingLane(socket, hello, Patience, atOnce: 160);
        bulk = new ReconnectingLane(socket, hello, Patience, atOnce: 64);
        urgent = new ReconnectingLane(socket, hello, Patience, atOnce: 32);
    }

    /// <summary>As of the last hello: it changes when the vault was started anew.</summary>
    public VaultIdentity Identity => Volatile.Read(ref identity)!;

    /// <summary>Connects to the vault that listens on a socket.</summary>
    /// <param name="socket">Path, at most 107 bytes.</param>
    /// <exception cref="VaultUnavailableException">No vault is there, or it does not let this process in.</exception>
    public static async Task<VaultClient> ConnectAsync(string socket, CallerProcess caller, CancellationToken cancellation = default)
    {
        var client = new VaultClient(socket, new Hello(Hello.CurrentProtocol, Guid.NewGuid(), caller));
        try
        {
            await client.LaneAsync(client.quick, cancellation);
            return client;
        }
        catch
        {
            await client.DisposeAsync();
            throw;
        }
    }

    /// <summary>Closes the connections; the vault writes receipts of this process's stop.</summary>
    public async ValueTask DisposeAsync()
    {
        await quick.DisposeAsync();
        await bulk.DisposeAsync();
        await urgent.DisposeAsync();
    }

    private async ValueTask<ClientLane> LaneAsync(ReconnectingLane lane, CancellationToken cancellation)
    {
        var current = await lane.CurrentAsync(cancellation);
        if (!ReferenceEquals(Identity, current.Identity))
            Volatile.Write(ref identity, current.Identity);
        return current;
    }

    private async Task<Answer> AskAsync<TCall>(
        ReconnectingLane lane, Verb verb, TCall call, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellation)
    {
        await lane.TurnAsync(cancellation);
        try
        {
            var current = await LaneAsync(lane, cancellation);
            return await current.AskAsync(verb, WireJson.Write(call), attachments, cancellation);
        }
        finally
        {
            lane.EndTurn();
        }
    }

    private async Task<TAnswer> AskAsync<TCall, TAnswer>(ReconnectingLane lane, Verb verb, TCall call, CancellationToken cancellation) =>
        Read<TAnswer>(await AskAsync(lane, verb, call, [], cancellation));

    private Task<Answer> TellAsync<TCall>(ReconnectingLane lane, Verb verb, TCall call, CancellationToken cancellation) =>
        AskAsync(lane, verb, call, [], cancellation);

    private async Task<ReadOnlyMemory<byte>?> FileAsync<TCall>(Verb verb, TCall call, CancellationToken cancellation) =>
        await AskAsync(bulk, verb, call, [], cancellation) is { Attachments: [var file] } ? file : default(ReadOnlyMemory<byte>?);

    private static TAnswer Read<TAnswer>(Answer answer) => Agreed(() => WireJson.Read<TAnswer>(answer.Header));

    private static T Agreed<T>(Func<T> read)
    {
        try
        {
            return read();
        }
        catch (WireException e)
        {
            throw new VaultUnavailableException(VaultTrouble.Connection, "The vault's answer cannot be read: start vault and server of the same release.", e);
        }
    }
}
