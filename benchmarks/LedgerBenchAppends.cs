using System.Threading.Channels;

namespace Cofferdam.Bench;

/// <summary>The baseline of receipts: a file that one thread appends to. It takes what waits, writes it, calls fsync, and answers.</summary>
internal sealed class LedgerBenchAppends : IAsyncDisposable
{
    private readonly Channel<(ReadOnlyMemory<byte> Bytes, TaskCompletionSource Durable)> waiting =
        Channel.CreateUnbounded<(ReadOnlyMemory<byte>, TaskCompletionSource)>(new UnboundedChannelOptions { SingleReader = true });

    private readonly string path;
    private readonly Task loop;

    public LedgerBenchAppends(string path)
    {
        this.path = path;
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public Task AppendAsync(ReadOnlyMemory<byte> bytes)
    {
        var durable = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
        waiting.Writer.TryWrite((bytes, durable));
        return durable.Task;
    }

    public async ValueTask DisposeAsync()
    {
        waiting.Writer.Complete();
        await loop;
    }

    private void Run()
    {
        using var file = File.OpenHandle(path, FileMode.CreateNew, FileAccess.Write);
        var (batch, content, end) = (new List<TaskCompletionSource>(), new MemoryStream(), 0L);
        while (waiting.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (waiting.Reader.TryRead(out var one))
            {
                content.Write(one.Bytes.Span);
                batch.Add(one.Durable);
            }

            RandomAccess.Write(file, content.GetBuffer().AsSpan(0, (int)content.Length), end);
            RandomAccess.FlushToDisk(file);
            end += content.Length;
            foreach (var durable in batch)
                durable.SetResult();
            batch.Clear();
            content.SetLength(0);
        }
    }
}
