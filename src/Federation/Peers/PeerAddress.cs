using System.Net;
using System.Net.Sockets;

namespace Cofferdam.Federation.Peers;

/// <summary>Where another node may be: an origin with TLS, or one of this machine.</summary>
internal static class PeerAddress
{
    private const int MostCharacters = 200;

    /// <summary>Reads an origin.</summary>
    /// <returns>Null where it is none, or would carry messages in clear over a network.</returns>
    public static Uri? Parse(string? address) =>
        address is { Length: <= MostCharacters }
        && Uri.TryCreate(address, UriKind.Absolute, out var uri)
        && (uri.Scheme == Uri.UriSchemeHttps || (uri.Scheme == Uri.UriSchemeHttp && IsThisMachine(uri)))
        && uri.PathAndQuery == "/" && uri.Fragment.Length == 0 && uri.UserInfo.Length == 0
            ? uri
            : null;

    /// <summary>Whether an address names this machine (RFC 6761 §6.3) or is a loopback address.</summary>
    public static bool IsThisMachine(Uri uri) =>
        IsLocalName(uri.IdnHost) || (IPAddress.TryParse(uri.IdnHost, out var address) && IPAddress.IsLoopback(address));

    /// <summary>The addresses of a host; a name of this machine is never looked up.</summary>
    /// <exception cref="SocketException">The name has none.</exception>
    public static async Task<IPAddress[]> ResolveAsync(string host, CancellationToken cancellation) =>
        IsLocalName(host) ? [IPAddress.Loopback, IPAddress.IPv6Loopback] : await Dns.GetHostAddressesAsync(host, cancellation);

    /// <summary>Link-local, multicast and unspecified addresses lead to no node, but to what answers on a cloud machine's own network.</summary>
    public static bool LeadsToANode(IPAddress address)
    {
        var plain = address.IsIPv4MappedToIPv6 ? address.MapToIPv4() : address;
        if (plain.AddressFamily is AddressFamily.InterNetworkV6)
            return !plain.IsIPv6LinkLocal && !plain.IsIPv6Multicast && !plain.Equals(IPAddress.IPv6Any);
        var bytes = plain.GetAddressBytes();
        return bytes[0] is not 0 and < 224 && !(bytes[0] == 169 && bytes[1] == 254);
    }

    private static bool IsLocalName(string host) =>
        host.Equals("localhost", StringComparison.OrdinalIgnoreCase) || host.EndsWith(".localhost", StringComparison.OrdinalIgnoreCase);
}
