using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>A lane that is made anew, with a new hello, once the one before has ended.</summary>
/// <param name="patience">For the vault to take the connection and answer the hello.</param>
/// <param name="atOnce">Requests under way at once; more wait for their turn.</param>
internal sealed class ReconnectingLane(string path, Hello hello, TimeSpan patience, int atOnce) : IAsyncDisposable
{
    private readonly SemaphoreSlim turns = new(atOnce);
    private readonly Lock gate = new();
    private ClientLane? current;
    private Task<ClientLane>? attempt;
    private bool disposed;

    public Task TurnAsync(CancellationToken cancellation) => turns.WaitAsync(cancellation);

    public void EndTurn() => turns.Release();

    /// <summary>The lane, for one request. All who find it gone wait for the same attempt.</summary>
    /// <exception cref="VaultUnavailableException">The vault is not there.</exception>
    public ValueTask<ClientLane> CurrentAsync(CancellationToken cancellation)
    {
        lock (gate)
        {
            ObjectDisposedException.ThrowIf(disposed, this);
            if (current is { IsOpen: true })
                return ValueTask.FromResult(current);
            attempt ??= Task.Run(ConnectAsync, CancellationToken.None);
            return new ValueTask<ClientLane>(attempt.WaitAsync(cancellation));
        }
    }

    public async ValueTask DisposeAsync()
    {
        Task<ClientLane>? last;
        lock (gate)
        {
            disposed = true;
            last = attempt;
        }

        if (last is not null)
            await last.ContinueWith(static _ => { }, CancellationToken.None, TaskContinuationOptions.ExecuteSynchronously, TaskScheduler.Default);
        if (current is not null)
            await current.DisposeAsync();
    }

    private async Task<ClientLane> ConnectAsync()
    {
        try
        {
            var lane = await ClientLane.ConnectAsync(path, hello, patience);
            var before = Interlocked.Exchange(ref current, lane);
            if (before is not null)
                await before.DisposeAsync();
            return lane;
        }
        finally
        {
            lock (gate)
                attempt = null;
        }
    }
}
