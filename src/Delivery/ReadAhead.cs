using System.Runtime.CompilerServices;
using System.Threading.Channels;

namespace Cofferdam.Delivery;

internal static class ReadAhead
{
    extension<T>(IAsyncEnumerable<T> source)
    {
        /// <summary>Fetches the next elements while the last is worked on.</summary>
        /// <param name="most">Elements that wait at most; bounds the plaintext in memory.</param>
        public async IAsyncEnumerable<T> Ahead(int most, [EnumeratorCancellation] CancellationToken cancellation)
        {
            using var stop = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
            // The producer below writes, the caller's loop reads.
            var channel = Channel.CreateBounded<T>(new BoundedChannelOptions(most) { SingleReader = true, SingleWriter = true });
            var producing = Task.Run(() => ProduceAsync(source, channel.Writer, stop.Token), CancellationToken.None);
            try
            {
                await foreach (var element in channel.Reader.ReadAllAsync(cancellation))
                    yield return element;
            }
            finally
            {
                await stop.CancelAsync();
                await producing;
            }
        }
    }

    /// <summary>Never throws: what broke goes through the channel to whoever reads it.</summary>
    private static async Task ProduceAsync<T>(IAsyncEnumerable<T> source, ChannelWriter<T> writer, CancellationToken cancellation)
    {
        try
        {
            await foreach (var element in source.WithCancellation(cancellation))
                await writer.WriteAsync(element, cancellation);
            writer.Complete();
        }
#pragma warning disable CA1031 // Rethrown by the reader.
        catch (Exception e)
#pragma warning restore CA1031
        {
            writer.Complete(e);
        }
    }
}
