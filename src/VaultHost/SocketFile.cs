using System.Net.Sockets;
using System.Runtime.Versioning;
using System.Text;

namespace Cofferdam.VaultHost;

/// <summary>The vault cannot be started as it was told to; the message says what to change.</summary>
public sealed class VaultStartException(string message, Exception? inner = null) : Exception(message, inner);

/// <summary>The socket's file: for its owner and group alone, in a folder that others cannot enter.</summary>
[UnsupportedOSPlatform("windows")]
internal static class SocketFile
{
    // sockaddr_un (unix(7)): 108 bytes with the zero.
    private const int MaxPathBytes = 107;
    private const UnixFileMode Others = UnixFileMode.OtherRead | UnixFileMode.OtherWrite | UnixFileMode.OtherExecute;

    /// <exception cref="VaultStartException">The path cannot be a socket, others may enter its folder, or a vault listens there.</exception>
    public static Socket Listen(string path)
    {
        path = Path.GetFullPath(path);
        if (Encoding.UTF8.GetByteCount(path) > MaxPathBytes)
            throw new VaultStartException($"The path of the socket is longer than {MaxPathBytes} bytes, which is as long as the system takes. Choose a shorter one.");
        CloseFolder(Path.GetDirectoryName(path)!);
        RemoveLeftOver(path);
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            socket.Bind(new UnixDomainSocketEndPoint(path));
            File.SetUnixFileMode(path, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.GroupRead | UnixFileMode.GroupWrite);
            socket.Listen();
            return socket;
        }
        catch (Exception e) when (e is SocketException or IOException or UnauthorizedAccessException)
        {
            socket.Dispose();
            throw new VaultStartException("The socket cannot be made there: look at the rights of its folder.", e);
        }
    }

    private static void CloseFolder(string folder)
    {
        if (!Directory.Exists(folder))
        {
            Directory.CreateDirectory(
                folder, UnixFileMode.UserRead | UnixFileMode.UserWrite | UnixFileMode.UserExecute | UnixFileMode.GroupRead | UnixFileMode.GroupExecute);
        }
        else if ((File.GetUnixFileMode(folder) & (Others | UnixFileMode.GroupWrite)) != UnixFileMode.None)
        {
            throw new VaultStartException("Others may enter the socket's folder. Give the socket a folder of its own with mode 0750, whose group the server's user is in.");
        }
    }

    // Left by a vault that was killed. A vault that lives answers.
    private static void RemoveLeftOver(string path)
    {
        if (!File.Exists(path))
            return;
        using var probe = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            probe.Connect(new UnixDomainSocketEndPoint(path));
        }
        catch (SocketException e) when (e.SocketErrorCode == SocketError.ConnectionRefused)
        {
            File.Delete(path);
            return;
        }
        catch (SocketException e)
        {
            throw new VaultStartException("There is something at the socket's path that is not a socket of a vault. Choose another path.", e);
        }

        throw new VaultStartException("Another vault listens on this socket. Stop it first, or choose another path.");
    }
}
