using System.Net;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cofferdam.Server.Hardening;

/// <summary>What this node was told to do cannot be done; the message says what to change.</summary>
public sealed class StartupException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>Listens with TLS, or on loopback alone.</summary>
internal static class Bindings
{
    /// <summary>Names that mean this machine (RFC 6761 §6.3).</summary>
    public static bool IsLoopbackName(string host) =>
        host is "localhost" || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase) || (IPAddress.TryParse(host, out var address) && IPAddress.IsLoopback(address));

    /// <summary>Checks the addresses before anything is touched.</summary>
    /// <returns>What makes the server listen on them.</returns>
    /// <exception cref="StartupException">An address is not one, or would carry content in clear over a network.</exception>
    public static Action<KestrelServerOptions> For(NodeOptions options)
    {
        var uris = options.Urls.Select(Read).ToList();
        var certificate = uris.Exists(uri => uri.Scheme == "https") ? LoadCertificate(options) : null;
        return kestrel =>
        {
            kestrel.AddServerHeader = false;
            kestrel.Limits.MaxRequestBodySize = 1 << 20;
            foreach (var uri in uris)
                Listen(kestrel, uri, certificate);
        };
    }

    private static Uri Read(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery is not "/")
            throw new StartupException($"'{url}' is not an address to listen on. Write http://127.0.0.1:PORT, or https://NAME:PORT with --certificate.");
        if (uri.Scheme == "http" && !IsLoopbackName(HostOf(uri)))
            throw new StartupException($"'{url}' would carry confidential work in clear over the network. Use https:// with --certificate and --certificate-key, or listen on 127.0.0.1 behind a proxy that speaks TLS on this machine.");
        return uri;
    }

    private static string HostOf(Uri uri) => uri.Host.Trim('[', ']');

    private static void Listen(KestrelServerOptions kestrel, Uri uri, X509Certificate2? certificate)
    {
        var host = HostOf(uri);
        Action<ListenOptions> configure = uri.Scheme == "https" ? listen => listen.UseHttps(certificate!) : _ => { };
        if (IPAddress.TryParse(host, out var address))
            kestrel.Listen(address, uri.Port, configure);
        else if (IsLoopbackName(host) && uri.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        else if (IsLoopbackName(host))
            kestrel.ListenLocalhost(uri.Port, configure);
        else
            kestrel.ListenAnyIP(uri.Port, configure);
    }

    private static X509Certificate2 LoadCertificate(NodeOptions options)
    {
        if (options.Certificate is null || options.CertificateKey is null)
            throw new StartupException("An https:// address needs --certificate FILE and --certificate-key FILE, both PEM.");
        try
        {
            return X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or System.Security.Cryptography.CryptographicException)
        {
            throw new StartupException("The certificate or its key could not be read: both must be PEM files, and belong together.", e);
        }
    }
}
