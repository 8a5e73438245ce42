using System.Collections.Concurrent;
using System.Net.Sockets;
using System.Runtime.Versioning;
using Cofferdam.TestKit;
using Cofferdam.Vault.Contract;
using Cofferdam.VaultHost;

namespace Cofferdam.Vault.Wire.Tests;

/// <summary>A vault with one sealed record behind its socket, in this process, to be spoken to in frames.</summary>
[SupportedOSPlatform("linux")]
internal sealed class ListeningVault : IAsyncDisposable
{
    private readonly TestStore store;
    private readonly VaultNode node;
    private readonly VaultListener listener;

    private ListeningVault(TestStore store, VaultNode node, ListenerOptions options)
    {
        this.store = store;
        this.node = node;
        Options = options;
        listener = VaultListener.Start(node, options, Said.Enqueue);
    }

    public static CallerProcess Caller { get; } = new("test", null, "host");

    public ListenerOptions Options { get; }

    /// <summary>What the operator was told.</summary>
    public ConcurrentQueue<string> Said { get; } = new();

    public LabId Lab { get; } = new(Guid.CreateVersion7());

    public ProjectId Project { get; } = ProjectId.New();

    public RecordRef Item { get; } = new(RecordKind.Item, RecordId.New());

    public OpenRequest Asking => new(Lab, Project, Principal.Service, Act.Open, Purpose.Task, [Item]);

    public static async Task<ListeningVault> StartAsync(Func<ListenerOptions, ListenerOptions>? with = null)
    {
        var place = await TestStore.CreateAsync("sqlite");
        var opened = await VaultNode.OpenAsync(new VaultOptions { Store = place.Store, DataFolder = Path.Combine(place.Folder, "data"), KeyFolder = Path.Combine(place.Folder, "keys") });
        var options = new ListenerOptions { Socket = Path.Combine(place.Folder, "run", "vault.sock") };
        var vault = new ListeningVault(place, opened, with?.Invoke(options) ?? options);
        await using var door = await opened.ConnectAsync(Caller, ownProcess: true);
        await door.CreateLabAsync(vault.Lab, "lab");
        await door.CreateProjectAsync(vault.Lab, vault.Project);
        await door.SealAsync(new SealRequest(vault.Lab, vault.Project, Principal.Service, [new SealItem(vault.Item.Kind, vault.Item.Id, "a secret of the lab"u8.ToArray(), 0)]));
        return vault;
    }

    public Task<VaultClient> ConnectAsync() => VaultClient.ConnectAsync(Options.Socket, Caller);

    /// <summary>A bare connection.</summary>
    public async Task<Socket> DialAsync()
    {
        var socket = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        await socket.ConnectAsync(new UnixDomainSocketEndPoint(Options.Socket));
        return socket;
    }

    /// <summary>A bare connection that has said hello and been answered.</summary>
    public async Task<Socket> DialAndGreetAsync(Guid? instance = null)
    {
        var socket = await DialAsync();
        await socket.SendAsync(Bytes(Verb.Hello, new Hello(1, instance ?? Guid.NewGuid(), Caller)));
        (await new FrameReader(socket).ReadAsync(CancellationToken.None)).ShouldNotBeNull().Kind.ShouldBe((byte)AnswerKind.Done);
        return socket;
    }

    public static byte[] Bytes<T>(Verb verb, T header, ulong id = 1)
    {
        var frame = new Frame(id, (byte)verb, WireJson.Write(header), []);
        var bytes = new byte[sizeof(uint) + frame.Length];
        frame.WriteStart(bytes);
        return bytes;
    }

    /// <summary>Everything that the vault still says, until it closes the connection.</summary>
    public static async Task<byte[]> DrainAsync(Socket socket)
    {
        using var all = new MemoryStream();
        var buffer = new byte[4096];
        try
        {
            while (await socket.ReceiveAsync(buffer) is var received and > 0)
                all.Write(buffer, 0, received);
        }
        catch (SocketException)
        {
            // Closed with something unread.
        }

        return all.ToArray();
    }

    public async ValueTask DisposeAsync()
    {
        await listener.DisposeAsync();
        await node.DisposeAsync();
        await store.DisposeAsync();
    }
}
