namespace Cofferdam.VaultHost;

/// <summary>Requests of one connection that are read, until their answers are with the kernel.</summary>
/// <param name="mostBytes">From here on the connection is not read.</param>
internal sealed class UnderWay(long mostBytes)
{
    private readonly Lock gate = new();
    private TaskCompletionSource? change;
    private int requests;
    private long bytes;

    public void Begin(long length)
    {
        lock (gate)
        {
            requests++;
            bytes += length;
        }
    }

    /// <summary>An answer waits to be sent, and takes room until it is.</summary>
    public void Answer(long length)
    {
        lock (gate)
            bytes += length;
    }

    /// <param name="length">Of the request, and of its answer where there is one.</param>
    public void End(long length)
    {
        lock (gate)
        {
            requests--;
            bytes -= length;
            change?.TrySetResult();
            change = null;
        }
    }

    /// <summary>Waits until there is room for one more request.</summary>
    public Task RoomAsync(CancellationToken cancellation) => WaitAsync(() => bytes < mostBytes, cancellation);

    /// <summary>Waits until everything is answered.</summary>
    public Task NothingAsync(CancellationToken cancellation) => WaitAsync(() => requests == 0, cancellation);

    private async Task WaitAsync(Func<bool> reached, CancellationToken cancellation)
    {
        while (true)
        {
            Task next;
            lock (gate)
            {
                if (reached())
                    return;
                next = (change ??= new(TaskCreationOptions.RunContinuationsAsynchronously)).Task;
            }

            await next.WaitAsync(cancellation);
        }
    }
}
