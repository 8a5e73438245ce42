using System.Net;
using System.Net.Http.Json;
using System.Net.Sockets;
using System.Text.Json.Nodes;
using Cofferdam.ApiClient;
using Cofferdam.TestKit;
using Totp = Cofferdam.Server.SignIn.Totp;

namespace Cofferdam.Server.Tests;

/// <summary>What came back.</summary>
internal sealed record Answer(HttpStatusCode Status, string Text, HttpResponseMessage Response)
{
    public JsonNode Json => JsonNode.Parse(Text)!;

    /// <summary>The problem's stable name.</summary>
    public string? Code => (string?)Json["code"];

    public Answer Must(HttpStatusCode status)
    {
        Status.ShouldBe(status, Text);
        return this;
    }
}

/// <summary>A person's browser: cookies, and the headers that browsers send of themselves.</summary>
internal sealed class Browser : IDisposable
{
    public const string Password = "correct horse battery";

    private readonly HttpClient http;

    public Browser(string origin)
    {
        Origin = origin;
        http = new HttpClient(new SocketsHttpHandler
        {
            CookieContainer = Cookies,
            AllowAutoRedirect = false,
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
    public CookieContainer Cookies { get; } = new();

    /// <summary>What signs here, where it is enrolled; null: nothing is signed.</summary>
    public BrowserKey? Key { get; set; }

    /// <summary>The TOTP secret of the account that enrolled here, Base32.</summary>
    public string Secret { get; private set; } = "";

    public Task<Answer> GetAsync(string path) => SendAsync(HttpMethod.Get, path);

    public Task<Answer> PostAsync(string path, object? body = null) => SendAsync(HttpMethod.Post, path, JsonContent.Create(body ?? new { }));

    public async Task<Answer> SendAsync(HttpMethod method, string path, HttpContent? content = null, Action<HttpRequestMessage>? with = null)
    {
        var answer = await SendOnceAsync(method, path, content, with);
        for (var round = 0; round < 3 && (int)answer.Status == 428 && Key is { } key && Challenge.Read(answer.Text) is { } challenge; round++)
        {
            if (key.Answer(challenge) is not var (header, value))
                return answer;
            // Read once already, it is in memory.
            answer = await SendOnceAsync(method, path, content, request =>
            {
                request.Headers.Add(header, value);
                with?.Invoke(request);
            });
        }

        return answer;
    }

    private async Task<Answer> SendOnceAsync(HttpMethod method, string path, HttpContent? content, Action<HttpRequestMessage>? with)
    {
        // Its content is sent again, perhaps, and not disposed of with it.
        var request = new HttpRequestMessage(method, path) { Content = content };
        request.Headers.Add("Origin", Origin);
        with?.Invoke(request);
        var response = await http.SendAsync(request);
        return new Answer(response.StatusCode, await response.Content.ReadAsStringAsync(), response);
    }

    /// <summary>Makes a key here and asks the lab to enrol it.</summary>
    /// <returns>Created where it is; accepted where a colleague has to sign first.</returns>
    public async Task<Answer> EnrolKeyAsync(string lab)
    {
        var key = new BrowserKey();
        var answer = await PostAsync($"/api/labs/{lab}/browser-keys", new { publicKey = System.Buffers.Text.Base64Url.EncodeToString(key.PublicKey) });
        key.Id = Guid.Parse((string)answer.Json["id"]!);
        Key = key;
        return answer;
    }

    /// <summary>Enrols with password and authenticator app.</summary>
    public async Task<Answer> EnrolAsync(string token, string name, ManualClock clock, string password = Password)
    {
        var offer = await PostAsync("/api/enrolments/totp", new { token, name });
        if (offer.Status != HttpStatusCode.OK)
            return offer;
        Secret = (string)offer.Json["secret"]!;
        return await PostAsync("/api/enrolments/password", new { token, name, password, code = Code(clock), state = (string)offer.Json["state"]! });
    }

    /// <summary>Enrols with a passkey.</summary>
    public async Task<Answer> EnrolAsync(string token, string name, SoftwareAuthenticator authenticator, string? origin = null)
    {
        var options = await PostAsync("/api/enrolments/passkey/options", new { token, name });
        return options.Status != HttpStatusCode.OK
            ? options
            : await PostAsync("/api/enrolments/passkey", new { token, name, credential = authenticator.Create(options.Text, origin ?? Origin) });
    }

    public async Task<Answer> SignInAsync(SoftwareAuthenticator authenticator, string? origin = null)
    {
        var options = await PostAsync("/api/sign-in/passkey/options");
        return await PostAsync("/api/sign-in/passkey", new { credential = authenticator.Get(options.Text, origin ?? Origin) });
    }

    public Task<Answer> SignInAsync(string name, string password, string code) =>
        PostAsync("/api/sign-in/password", new { name, password, code });

    /// <summary>What the authenticator app shows.</summary>
    public string Code(ManualClock clock) => Totp.Code(Totp.FromBase32(Secret), clock.GetUtcNow().ToUnixTimeSeconds() / 30);

    /// <summary>Makes an enrolment link, as staff do.</summary>
    public async Task<string> InviteAsync(string lab, string role) =>
        (string)(await PostAsync($"/api/labs/{lab}/invitations", new { role })).Must(HttpStatusCode.Created).Json["token"]!;

    /// <summary>Makes a token for programs, valid for a day.</summary>
    public async Task<string> TokenAsync(string lab, params string[] scopes) =>
        (string)(await PostAsync($"/api/labs/{lab}/tokens", new { name = "script", scopes, expiresAt = DateTimeOffset.UtcNow.AddDays(30) }))
            .Must(HttpStatusCode.Created).Json["secret"]!;

    /// <summary>Sends a token along.</summary>
    public static Action<HttpRequestMessage> Bearer(string token) => request => request.Headers.TryAddWithoutValidation("Authorization", $"Bearer {token}");

    public void Dispose() => http.Dispose();
}
