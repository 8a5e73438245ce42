using System.Net;
using System.Security.Cryptography;
using System.Security.Cryptography.X509Certificates;
using Microsoft.AspNetCore.Server.Kestrel.Core;

namespace Cofferdam.Witness;

/// <summary>Listens with TLS, or on loopback alone.</summary>
internal static class Bindings
{
    /// <summary>Checks the addresses before anything is touched.</summary>
    /// <returns>What makes the server listen on them.</returns>
    /// <exception cref="StartupException">An address is not one, or would speak in clear over a network.</exception>
    public static Action<KestrelServerOptions> For(WitnessOptions options)
    {
        var uris = options.Urls.Select(Read).ToList();
        var certificate = uris.Exists(uri => uri.Scheme == Uri.UriSchemeHttps) ? Load(options) : null;
        return kestrel =>
        {
            foreach (var uri in uris)
                Listen(kestrel, uri, certificate);
        };
    }

    private static Uri Read(string url)
    {
        if (!Uri.TryCreate(url, UriKind.Absolute, out var uri) || uri.Scheme is not ("http" or "https") || uri.PathAndQuery != "/")
            throw new StartupException($"'{url}' is not an address to listen on. Write http://127.0.0.1:PORT, or https://NAME:PORT with --certificate.");
        if (uri.Scheme == Uri.UriSchemeHttp && !uri.IsLoopback)
            throw new StartupException($"'{url}' would speak in clear over the network. Use https:// with --certificate and --certificate-key, or listen on 127.0.0.1 behind a proxy on this machine.");
        return uri;
    }

    private static void Listen(KestrelServerOptions kestrel, Uri uri, X509Certificate2? certificate)
    {
        Action<ListenOptions> configure = uri.Scheme == Uri.UriSchemeHttps ? listen => listen.UseHttps(certificate!) : _ => { };
        if (IPAddress.TryParse(uri.Host.Trim('[', ']'), out var address))
            kestrel.Listen(address, uri.Port, configure);
        else if (uri.IsLoopback && uri.Port == 0)
            kestrel.Listen(IPAddress.Loopback, 0, configure);
        else if (uri.IsLoopback)
            kestrel.ListenLocalhost(uri.Port, configure);
        else
            kestrel.ListenAnyIP(uri.Port, configure);
    }

    private static X509Certificate2 Load(WitnessOptions options)
    {
        if (options.Certificate is null || options.CertificateKey is null)
            throw new StartupException("An https:// address needs --certificate FILE and --certificate-key FILE, both PEM.");
        try
        {
            return X509Certificate2.CreateFromPemFile(options.Certificate, options.CertificateKey);
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or CryptographicException)
        {
            throw new StartupException("The certificate or its key could not be read: both must be PEM files, and belong together.", e);
        }
    }
}
