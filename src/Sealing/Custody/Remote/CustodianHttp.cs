using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using System.Text.Json;

namespace Cofferdam.Sealing.Remote;

/// <summary>What a custodian over HTTPS answered. Its body may hold a key: dispose it.</summary>
internal sealed class CustodianAnswer(HttpStatusCode status, byte[] body) : IDisposable
{
    private JsonDocument? document;

    public HttpStatusCode Status => status;

    public bool Succeeded => (int)status is >= 200 and < 300;

    /// <summary>The body; nothing of it where it is not JSON.</summary>
    public JsonElement Json
    {
        get
        {
            try
            {
                return (document ??= JsonDocument.Parse(body.Length == 0 ? "{}"u8.ToArray() : body)).RootElement;
            }
            catch (JsonException)
            {
                return default;
            }
        }
    }

    public void Dispose()
    {
        document?.Dispose();
        CryptographicOperations.ZeroMemory(body);
    }
}

/// <summary>Requests to a custodian over HTTPS: few seconds, one more try where that harms nothing, no redirects.</summary>
internal sealed class CustodianHttp : IDisposable
{
    private const int MostBytes = 64 * 1024;

    private readonly HttpClient client;
    private readonly string who;

    /// <param name="who">As told to people: "The key service URL".</param>
    /// <param name="handler">Null makes one that trusts the system's authorities, or those of <paramref name="caFile"/> alone.</param>
    public CustodianHttp(string who, string? caFile, HttpMessageHandler? handler)
    {
        this.who = who;
        client = new HttpClient(handler ?? Handler(caFile)) { Timeout = TimeSpan.FromSeconds(5), MaxResponseContentBufferSize = MostBytes };
    }

    /// <param name="make">Makes the request, anew for each try: tokens and signatures age.</param>
    /// <param name="again">A second try harms nothing.</param>
    /// <exception cref="KeyCustodyException">No answer, or one that says that the service is not able to work.</exception>
    public async Task<CustodianAnswer> SendAsync(Func<HttpRequestMessage> make, bool again, CancellationToken cancellation)
    {
        for (var tries = again ? 2 : 1; ; tries--)
        {
            try
            {
                using var request = make();
                using var response = await client.SendAsync(request, cancellation);
                if ((int)response.StatusCode < 500 || tries == 1)
                    return new CustodianAnswer(response.StatusCode, await response.Content.ReadAsByteArrayAsync(cancellation));
            }
            catch (HttpRequestException e) when (tries == 1)
            {
                throw new KeyCustodyException($"{who} does not answer ({e.HttpRequestError}). Nothing is opened until it does: see that it runs and that this machine reaches it.", e);
            }
            catch (HttpRequestException)
            {
            }
            catch (OperationCanceledException e) when (!cancellation.IsCancellationRequested)
            {
                throw new KeyCustodyException($"{who} did not answer within {client.Timeout.TotalSeconds} seconds. Nothing is opened until it does.", e);
            }
        }
    }

    public void Dispose() => client.Dispose();

    /// <summary>An address that keys may be sent to.</summary>
    /// <exception cref="FormatException">It is not <c>https</c>, other than to this machine.</exception>
    public static Uri Address(string text) =>
        Uri.TryCreate(text, UriKind.Absolute, out var address) && (address.Scheme == Uri.UriSchemeHttps || (address.Scheme == Uri.UriSchemeHttp && address.IsLoopback))
            ? address
            : throw new FormatException($"\"{text}\" is not an https:// address. Keys are sent in clear to this machine alone.");

    private static SocketsHttpHandler Handler(string? caFile)
    {
        var handler = new SocketsHttpHandler
        {
            AllowAutoRedirect = false,
            UseCookies = false,
            ConnectTimeout = TimeSpan.FromSeconds(3),
            PooledConnectionLifetime = TimeSpan.FromMinutes(5),
        };
        if (caFile is null)
            return handler;

        var policy = new X509ChainPolicy { TrustMode = X509ChainTrustMode.CustomRootTrust, RevocationMode = X509RevocationMode.NoCheck };
        try
        {
            policy.CustomTrustStore.ImportFromPemFile(caFile);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new KeyCustodyException($"The file {caFile} holds no certificate in PEM, or cannot be read.", e);
        }

        handler.SslOptions.CertificateChainPolicy = policy;
        return handler;
    }
}
