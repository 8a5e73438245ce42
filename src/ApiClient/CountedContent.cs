using System.Net;

namespace Cofferdam.ApiClient;

/// <summary>A stream sent as it is read, telling how far it got.</summary>
internal sealed class CountedContent(Stream source, IProgress<long>? sent) : HttpContent
{
    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context) =>
        CopyAsync(source, stream, sent, CancellationToken.None);

    protected override Task SerializeToStreamAsync(Stream stream, TransportContext? context, CancellationToken cancellationToken) =>
        CopyAsync(source, stream, sent, cancellationToken);

    protected override bool TryComputeLength(out long length)
    {
        length = source.CanSeek ? source.Length - source.Position : 0;
        return source.CanSeek;
    }

    internal static async Task CopyAsync(Stream from, Stream to, IProgress<long>? progress, CancellationToken cancellation)
    {
        var buffer = new byte[64 << 10];
        var total = 0L;
        int read;
        while ((read = await from.ReadAsync(buffer, cancellation)) > 0)
        {
            await to.WriteAsync(buffer.AsMemory(0, read), cancellation);
            total += read;
            progress?.Report(total);
        }
    }
}
