using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;

namespace Cofferdam.Vendors.Tests;

/// <summary>Somebody at a browser of their own, who signs what they are asked to.</summary>
internal sealed class Visitor : IDisposable
{
    private static readonly JsonSerializerOptions Json = new(JsonSerializerDefaults.Web);

    private readonly HttpClient http;

    public Visitor(string origin)
    {
        Origin = origin;
        http = new HttpClient(new SocketsHttpHandler
        {
            ConnectCallback = static async (context, cancellation) =>
            {
                var socket = new Socket(SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
                await socket.ConnectAsync(IPAddress.Loopback, context.DnsEndPoint.Port, cancellation);
                return new NetworkStream(socket, ownsSocket: true);
            },
        })
        { BaseAddress = new Uri(origin) };
    }

    public string Origin { get; }

    public BrowserKey Key { get; } = new();

    public SoftwareAuthenticator Authenticator { get; } = new();

    /// <summary>Pseudonym, of a vendor's person.</summary>
    public Guid Person { get; set; }

    public async Task<(int Status, JsonNode? Body)> SendAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        string? proofs = null;
        while (true)
        {
            using var request = new HttpRequestMessage(method, path) { Content = body is null ? null : JsonContent.Create(body, body.GetType(), options: Json) };
            request.Headers.Add("Origin", Origin);
            if (ifMatch is not null)
                request.Headers.TryAddWithoutValidation("If-Match", ifMatch);
            if (proofs is not null)
                request.Headers.TryAddWithoutValidation("Cofferdam-Proof", proofs);
            using var response = await http.SendAsync(request);
            var text = await response.Content.ReadAsStringAsync();
            var node = text.StartsWith('{') || text.StartsWith('[') ? JsonNode.Parse(text) : null;
            if (response.StatusCode is not HttpStatusCode.PreconditionRequired || (string?)node?["code"] != "sign" || proofs is not null)
                return ((int)response.StatusCode, node);
            var asked = JsonSerializer.Deserialize<Challenge>(text, Json)!;
            proofs = string.Join(", ", (asked.Opens ?? []).Select(open => Key.Prove(asked.Lab, open)));
        }
    }

    /// <summary>As <see cref="SendAsync"/>, for what must succeed.</summary>
    public async Task<JsonNode?> AskAsync(HttpMethod method, string path, object? body = null, string? ifMatch = null)
    {
        var (status, answer) = await SendAsync(method, path, body, ifMatch);
        (status is >= 200 and < 300).ShouldBeTrue($"{method} {path}: {status} {answer}");
        return answer;
    }

    public async Task PutTextAsync(string path, string lines)
    {
        using var request = new HttpRequestMessage(HttpMethod.Put, path) { Content = new StringContent(lines, System.Text.Encoding.UTF8, "application/x-ndjson") };
        request.Headers.Add("Origin", Origin);
        using var response = await http.SendAsync(request);
        response.IsSuccessStatusCode.ShouldBeTrue(await response.Content.ReadAsStringAsync());
    }

    public async Task<(int Status, string? Code)> RefusedAsync(HttpMethod method, string path, object? body = null)
    {
        var (status, answer) = await SendAsync(method, path, body);
        return (status, (string?)(answer as JsonObject)?["reason"] ?? (string?)(answer as JsonObject)?["code"]);
    }

    public void Dispose()
    {
        http.Dispose();
        Key.Dispose();
        Authenticator.Dispose();
    }
}
