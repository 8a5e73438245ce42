using System.Threading.Channels;

namespace Cofferdam.Storage;

/// <summary>Wakes a service whose queue are rows of the database. Rung twice before it is heard, it wakes once.</summary>
public sealed class Bell
{
    // Written by whoever adds a row, read by one service alone.
    private readonly Channel<bool> rung = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });

    /// <summary>Wakes the service, at once or when it is done with what it is at.</summary>
    public void Ring() => rung.Writer.TryWrite(true);

    /// <summary>Once for each time the service is woken; ends with <paramref name="stopping"/> alone.</summary>
    public IAsyncEnumerable<bool> HearAsync(CancellationToken stopping) => rung.Reader.ReadAllAsync(stopping);

    /// <summary>Until the bell is rung, or so long.</summary>
    public async Task HearAsync(TimeSpan longest, CancellationToken stopping)
    {
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(stopping);
        enough.CancelAfter(longest);
        try
        {
            await rung.Reader.ReadAsync(enough.Token);
        }
        catch (OperationCanceledException) when (!stopping.IsCancellationRequested)
        {
            // Nobody rang: time to look all the same.
        }
    }
}
