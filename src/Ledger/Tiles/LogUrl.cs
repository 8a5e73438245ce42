using System.Net;

namespace Cofferdam.Ledger;

/// <summary>A log that is served over HTTP.</summary>
/// <param name="http">Disposed of by whoever made it.</param>
/// <param name="root">The log's prefix: what stands before <c>/checkpoint</c>.</param>
public sealed class LogUrl(HttpClient http, Uri root) : LogSource
{
    private readonly Uri root = root.AbsoluteUri.EndsWith('/') ? root : new Uri(root.AbsoluteUri + "/");

    public override int Parallelism => 8;

    public override async ValueTask<byte[]?> ReadAsync(string path, int maxBytes, CancellationToken cancellation = default)
    {
        try
        {
            return await GetAsync(path, maxBytes, cancellation);
        }
        catch (Exception e) when (e is HttpIOException || (e is OperationCanceledException && !cancellation.IsCancellationRequested))
        {
            throw new HttpRequestException($"{path} did not come in time, or not whole.", e);
        }
    }

    private async Task<byte[]?> GetAsync(string path, int maxBytes, CancellationToken cancellation)
    {
        using var answer = await http.GetAsync(new Uri(root, path), HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (answer.StatusCode is HttpStatusCode.NotFound or HttpStatusCode.Gone)
            return null;
        answer.EnsureSuccessStatusCode();
        if (answer.Content.Headers.ContentLength > maxBytes)
            throw TooLong(path, maxBytes);

        // What a server says of the length is its word; what comes is counted.
        await using var body = await answer.Content.ReadAsStreamAsync(cancellation);
        using var read = new MemoryStream();
        var buffer = new byte[16 * 1024];
        while (await body.ReadAsync(buffer, cancellation) is > 0 and var count)
        {
            if (read.Length + count > maxBytes)
                throw TooLong(path, maxBytes);
            read.Write(buffer, 0, count);
        }

        return read.ToArray();
    }

    private static InvalidDataException TooLong(string path, int maxBytes) => new($"{path} is longer than {maxBytes} bytes.");
}
