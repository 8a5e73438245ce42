namespace Cofferdam.VaultHost;

/// <summary>Who may come in through the socket, and how much one caller may ask at a time.</summary>
public sealed record ListenerOptions
{
    /// <summary>Path of the socket, at most 107 bytes; its folder must be closed to others.</summary>
    public required string Socket { get; init; }

    /// <summary>User ids whose processes are let in. Default: this process's own user.</summary>
    public IReadOnlyCollection<uint> AllowedUsers { get; init; } = [PeerCredentials.OwnUser()];

    /// <value>Requests of one server process under way at once. Default 256.</value>
    public int RequestsPerProcess { get; init; } = 256;

    /// <value>Requests of all server processes of one host under way at once. Default 512.</value>
    public int RequestsPerHost { get; init; } = 512;

    /// <value>Bytes of requests of one connection under way at once; beyond, nothing more is read from it. Default 64 MiB.</value>
    public long BytesPerConnection { get; init; } = 64 << 20;

    /// <value>Connections open at once. Default 64; a server has two.</value>
    public int Connections { get; init; } = 64;

    /// <value>Between connecting and the end of the hello. Default 10 s.</value>
    public TimeSpan HelloTime { get; init; } = TimeSpan.FromSeconds(10);

    /// <value>What is under way has this long when the vault stops. Default 30 s.</value>
    public TimeSpan DrainTime { get; init; } = TimeSpan.FromSeconds(30);
}
