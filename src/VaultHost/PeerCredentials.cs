using System.Net.Sockets;
using System.Runtime.InteropServices;

[assembly: DefaultDllImportSearchPaths(DllImportSearchPath.SafeDirectories)]

namespace Cofferdam.VaultHost;

/// <summary>Whose process is at the other end of a Unix socket, as the kernel noted when it connected (unix(7), SO_PEERCRED).</summary>
/// <param name="Process">Process id.</param>
/// <param name="User">User id.</param>
internal readonly partial record struct PeerCredentials(int Process, uint User)
{
    // Linux, asm-generic/socket.h.
    private const int SolSocket = 1;
    private const int SoPeerCred = 17;

    public static PeerCredentials Of(Socket socket)
    {
        // struct ucred: pid, uid, gid.
        Span<byte> credentials = stackalloc byte[12];
        if (socket.GetRawSocketOption(SolSocket, SoPeerCred, credentials) != credentials.Length)
            throw new InvalidOperationException("The kernel did not say who is at the other end of a socket.");
        return new PeerCredentials(MemoryMarshal.Read<int>(credentials), MemoryMarshal.Read<uint>(credentials[4..]));
    }

    public static uint OwnUser() => GetEffectiveUser();

    /// <summary>The id of a user of this machine, by number or by the name in <c>/etc/passwd</c>; null where there is none.</summary>
    public static uint? FindUser(string name)
    {
        if (uint.TryParse(name, out var id))
            return id;
        // name:password:uid:… (passwd(5))
        return File.ReadLines("/etc/passwd").Select(line => line.Split(':'))
            .Where(fields => fields.Length > 2 && fields[0] == name)
            .Select(fields => uint.TryParse(fields[2], out var found) ? found : (uint?)null)
            .FirstOrDefault();
    }

    [LibraryImport("libc", EntryPoint = "geteuid")]
    private static partial uint GetEffectiveUser();
}
