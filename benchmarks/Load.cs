using System.Diagnostics;
using System.Net;
using System.Net.Sockets;
using System.Text;

namespace Cofferdam.Bench;

/// <summary>A signed-in person at the other end of one keep-alive connection.</summary>
/// <param name="cookie">The session cookie, as sent.</param>
internal sealed class Connection(int port, string cookie) : IDisposable
{
    private readonly Dictionary<string, byte[]> requests = new(StringComparer.Ordinal);

    public Socket Socket { get; } = Open(port);

    public ReplyReader Reader { get; } = new();

    /// <summary>When the request under way was sent, in <see cref="Stopwatch"/> ticks.</summary>
    public long SentAt { get; private set; }

    /// <summary>Sends a POST without a body.</summary>
    /// <param name="proof">Of <see cref="ApiClient.Challenge.ProofsHeader"/>; null: it is not signed.</param>
    public void Post(string path, string? proof = null)
    {
        if (proof is not null)
        {
            SentAt = Stopwatch.GetTimestamp();
            Socket.Send(Request(path, $"{ApiClient.Challenge.ProofsHeader}: {proof}\r\n"));
            return;
        }

        if (!requests.TryGetValue(path, out var bytes))
        {
            bytes = Request(path, "");
            // Only paths that repeat are worth keeping.
            if (requests.Count < 8)
                requests[path] = bytes;
        }

        SentAt = Stopwatch.GetTimestamp();
        Socket.Send(bytes);
    }

    public void Dispose() => Socket.Dispose();

    private byte[] Request(string path, string header) => Encoding.ASCII.GetBytes(
        $"POST {path} HTTP/1.1\r\nHost: lab.localhost:{port}\r\nOrigin: http://lab.localhost:{port}\r\n" +
        $"Cookie: {cookie}\r\n{header}Content-Length: 0\r\n\r\n");

    private static Socket Open(int port)
    {
        var socket = new Socket(AddressFamily.InterNetwork, SocketType.Stream, ProtocolType.Tcp) { NoDelay = true };
        socket.Connect(IPAddress.Loopback, port);
        return socket;
    }
}

/// <summary>What a burst of requests gave.</summary>
/// <param name="Replies">Replies with a slot.</param>
/// <param name="Seconds">From the first request to the last reply.</param>
/// <param name="Micros">How long each took.</param>
internal sealed record Burst(int Replies, double Seconds, List<int> Micros)
{
    public double PerSecond => Replies / Seconds;
}

/// <summary>What somebody asks next.</summary>
/// <param name="Proof">That goes with it; null: it is not signed.</param>
internal sealed record Post(string Path, string? Proof = null);

/// <summary>Slots that were handed out, by the connection that has them.</summary>
internal sealed class Taken(int connections)
{
    private readonly Stack<Guid>[] slots = [.. Enumerable.Range(0, connections).Select(_ => new Stack<Guid>())];

    public void Add(int connection, Guid slot) => slots[connection].Push(slot);

    public bool TryRemove(int connection, out Guid slot) => slots[connection].TryPop(out slot);
}

/// <summary>Many people asking at once, each for the next as soon as the last is there.</summary>
/// <remarks>
/// One thread polls all connections: it takes little of the processors that the server is measured on, and takes as
/// much for ours as for the baseline.
/// </remarks>
internal sealed class Load(IReadOnlyList<Connection> connections) : IDisposable
{
    private readonly HashSet<Guid> seen = [];

    public int Connections => connections.Count;

    /// <summary>Slots handed out a second time; must be 0.</summary>
    public int DoubleLeases { get; private set; }

    /// <summary>Keeps every connection busy for a time, or until so many replies are there.</summary>
    /// <exception cref="InvalidOperationException">A reply was anything but a task.</exception>
    public Burst Run(string path, TimeSpan time, int most = int.MaxValue, Taken? taken = null)
    {
        var micros = new List<int>(1 << 16);
        var begun = Stopwatch.GetTimestamp();
        var end = begun + (long)(time.TotalSeconds * Stopwatch.Frequency);
        var (asked, last) = (0, begun);

        Exchange(
            _ => asked < most && last < end ? Counted(new Post(path)) : null,
            (index, connection, status) =>
            {
                last = Stopwatch.GetTimestamp();
                if (status == 204)
                    throw new InvalidOperationException("the open slots ran out: measure for fewer --seconds, or with more --slots");
                if (status != 200 || !ReplyReader.TrySlot(connection.Reader.Reply, out var slot))
                    throw new InvalidOperationException($"not a task: {ReplyReader.Text(connection.Reader.Reply)}");
                micros.Add((int)Stopwatch.GetElapsedTime(connection.SentAt, last).TotalMicroseconds);
                Note(slot);
                taken?.Add(index, slot);
            });
        return new Burst(micros.Count, Stopwatch.GetElapsedTime(begun, last).TotalSeconds, micros);

        Post Counted(Post next)
        {
            asked++;
            return next;
        }
    }

    /// <summary>Gives slots back, so that they can be taken again.</summary>
    public void Release(string project, Taken taken)
    {
        Exchange(
            index => taken.TryRemove(index, out var slot) && seen.Remove(slot) ? new Post($"{project}/tasks/{slot}/release") : null,
            (_, connection, status) =>
            {
                if (status is not (200 or 204))
                    throw new InvalidOperationException($"not released: {ReplyReader.Text(connection.Reader.Reply)}");
            });
    }

    /// <summary>Notes a slot that was handed out.</summary>
    public void Note(Guid slot)
    {
        if (!seen.Add(slot))
            DoubleLeases++;
    }

    /// <summary>Sends on each connection what comes next for it as soon as its last reply is whole, until nothing is next.</summary>
    public void Exchange(Func<int, Post?> next, Action<int, Connection, int> replied)
    {
        var waiting = new Dictionary<Socket, int>();
        for (var index = 0; index < connections.Count; index++)
        {
            if (next(index) is { } post)
            {
                connections[index].Post(post.Path, post.Proof);
                waiting.Add(connections[index].Socket, index);
            }
        }

        var ready = new List<Socket>(connections.Count);
        while (waiting.Count > 0)
        {
            ready.Clear();
            ready.AddRange(waiting.Keys);
            Socket.Select(ready, null, null, TimeSpan.FromSeconds(60));
            if (ready.Count == 0)
                throw new InvalidOperationException("no reply within 60 s");
            foreach (var socket in ready)
            {
                var index = waiting[socket];
                var connection = connections[index];
                var received = socket.Receive(connection.Reader.Free);
                if (received == 0)
                    throw new InvalidOperationException("the node closed a connection");
                if (!connection.Reader.TryRead(received, out var status))
                    continue;
                replied(index, connection, status);
                connection.Reader.Clear();
                if (next(index) is { } post)
                    connection.Post(post.Path, post.Proof);
                else
                    waiting.Remove(socket);
            }
        }
    }

    public void Dispose()
    {
        foreach (var connection in connections)
            connection.Dispose();
    }
}
