using System.Net;
using System.Net.Http.Headers;
using System.Net.Http.Json;
using System.Text.Json;
using System.Text.Json.Serialization.Metadata;

namespace Cofferdam.ApiClient;

/// <summary>Requests to one node with one person's cookies or a program's token, and the reading of what comes back.</summary>
internal sealed class Transport : IDisposable
{
    private readonly CookieContainer cookies = new();
    private readonly HttpClient http;
    private readonly SigningHandler signing;

    public Transport(Uri node, string? token)
    {
        signing = new SigningHandler(new SocketsHttpHandler
        {
            CookieContainer = cookies,
            AllowAutoRedirect = false,
            PooledConnectionLifetime = TimeSpan.FromMinutes(10),
            ConnectCallback = LocalNames.ConnectAsync,
        });
        http = new HttpClient(signing)
        {
            BaseAddress = node,
            Timeout = Timeout.InfiniteTimeSpan,
        };

        // Unsafe methods are accepted from the node's own origin only.
        http.DefaultRequestHeaders.Add("Origin", node.GetLeftPart(UriPartial.Authority));
        if (token is not null)
            http.DefaultRequestHeaders.Authorization = new AuthenticationHeaderValue("Bearer", token);
    }

    /// <summary>What signs the opens of whoever must sign; null: nothing does.</summary>
    public BrowserKey? Key
    {
        get => signing.Key;
        set => signing.Key = value;
    }

    public string Cookies => cookies.GetCookieHeader(http.BaseAddress!);

    public Task<Reply<T>> GetAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Get, path), type, cancellation);

    public Task<Reply<T>> SendAsync<TBody, T>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, JsonTypeInfo<T> type, CancellationToken cancellation, string? ifMatch = null) =>
        SendAsync(WithBody(method, path, body, bodyType, ifMatch), type, cancellation);

    public Task<Reply<Nothing>> SendAsync<TBody>(
        HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> bodyType, CancellationToken cancellation) =>
        SendAsync(WithBody(method, path, body, bodyType, ifMatch: null), cancellation);

    public Task<Reply<T>> PostAsync<T>(string path, JsonTypeInfo<T> type, CancellationToken cancellation, string? ifMatch = null) =>
        SendAsync(WithIfMatch(new HttpRequestMessage(HttpMethod.Post, path), ifMatch), type, cancellation);

    /// <summary>Asks with a proof made beforehand.</summary>
    public Task<Reply<T>> PostSignedAsync<T>(string path, string proof, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        var request = new HttpRequestMessage(HttpMethod.Post, path);
        request.Headers.Add(Challenge.ProofsHeader, proof);
        return SendAsync(request, type, cancellation);
    }

    public Task<Reply<Nothing>> PostAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Post, path), cancellation);

    public Task<Reply<Nothing>> DeleteAsync(string path, CancellationToken cancellation) =>
        SendAsync(new HttpRequestMessage(HttpMethod.Delete, path), cancellation);

    public async Task<Reply<T>> SendAsync<T>(HttpRequestMessage request, JsonTypeInfo<T> type, CancellationToken cancellation)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, cancellation);
            if (!response.IsSuccessStatusCode)
                return new Reply<T>(default, await ProblemAsync(response, cancellation));
            var value = response.StatusCode == HttpStatusCode.NoContent
                ? default
                : await response.Content.ReadFromJsonAsync(type, cancellation);
            return new Reply<T>(value, ETag: response.Headers.ETag?.ToString());
        }
    }

    public async Task<Reply<Nothing>> SendAsync(HttpRequestMessage request, CancellationToken cancellation)
    {
        using (request)
        {
            using var response = await http.SendAsync(request, cancellation);
            return response.IsSuccessStatusCode
                ? new Reply<Nothing>(Nothing.Value)
                : new Reply<Nothing>(null, await ProblemAsync(response, cancellation));
        }
    }

    /// <summary>The answer's body as it arrives. The caller disposes what comes back.</summary>
    public async Task<Reply<HttpResponseMessage>> StreamAsync(string path, CancellationToken cancellation)
    {
        var response = await http.GetAsync(path, HttpCompletionOption.ResponseHeadersRead, cancellation);
        if (response.IsSuccessStatusCode)
            return new Reply<HttpResponseMessage>(response);
        using (response)
            return new Reply<HttpResponseMessage>(null, await ProblemAsync(response, cancellation));
    }

    public void Dispose() => http.Dispose();

    private static HttpRequestMessage WithBody<TBody>(HttpMethod method, string path, TBody body, JsonTypeInfo<TBody> type, string? ifMatch) =>
        WithIfMatch(new HttpRequestMessage(method, path) { Content = JsonContent.Create(body, type) }, ifMatch);

    private static HttpRequestMessage WithIfMatch(HttpRequestMessage request, string? ifMatch)
    {
        if (ifMatch is not null)
            request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
        return request;
    }

    private static async Task<Problem> ProblemAsync(HttpResponseMessage response, CancellationToken cancellation)
    {
        var status = (int)response.StatusCode;
        if (response.Content.Headers.ContentType?.MediaType is "application/problem+json" or "application/json")
        {
            try
            {
                var problem = await response.Content.ReadFromJsonAsync(ApiJson.Default.Problem, cancellation);
                if (problem is not null)
                    return problem with { Status = status, Code = problem.Code ?? "", RetryAfter = Wait(response.Headers.RetryAfter) };
            }
            catch (JsonException)
            {
                // A proxy's page under a wrong name says no more than its status.
            }
        }

        return new Problem(status) { RetryAfter = Wait(response.Headers.RetryAfter) };
    }

    private static TimeSpan? Wait(RetryConditionHeaderValue? header) => header?.Delta;
}
