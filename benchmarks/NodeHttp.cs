using System.Diagnostics;

namespace Cofferdam.Bench;

/// <summary>Asks a node over HTTP, as somebody or as nobody.</summary>
internal static class NodeHttp
{
    /// <summary>As many connections as there are requests; nobody is signed in but by <see cref="As"/>.</summary>
    public static HttpClient Connect(Uri node)
    {
        var http = new HttpClient(new SocketsHttpHandler { UseCookies = false }) { BaseAddress = new UriBuilder(node) { Host = "127.0.0.1" }.Uri, Timeout = TimeSpan.FromMinutes(2) };
        http.DefaultRequestHeaders.Host = node.Authority;
        http.DefaultRequestHeaders.Add("Origin", node.GetLeftPart(UriPartial.Authority));
        return http;
    }

    /// <param name="cookie">Of the session, as sent.</param>
    public static HttpRequestMessage As(this HttpRequestMessage request, string cookie)
    {
        request.Headers.Add("Cookie", cookie);
        return request;
    }

    /// <summary>Sends a request that must succeed.</summary>
    public static async Task<byte[]> AskAsync(this HttpClient http, HttpRequestMessage request)
    {
        using var response = await http.SendAsync(request);
        var body = await response.Content.ReadAsByteArrayAsync();
        return response.IsSuccessStatusCode ? body : throw new InvalidOperationException($"{request.Method} {request.RequestUri}: {(int)response.StatusCode} {System.Text.Encoding.UTF8.GetString(body)}");
    }

    /// <summary>Milliseconds since.</summary>
    public static double Since(long begun) => Math.Round(Stopwatch.GetElapsedTime(begun).TotalMilliseconds, 1);
}
