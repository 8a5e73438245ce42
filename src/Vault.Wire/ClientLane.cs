using System.Collections.Concurrent;
using System.Net.Sockets;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>One connection of the server to the vault, from its hello to its end; requests on it do not wait for each other.</summary>
internal sealed class ClientLane : IAsyncDisposable
{
    private readonly Socket socket;
    private readonly FrameReader reader;
    private readonly FrameWriter writer;
    private readonly ConcurrentDictionary<ulong, Pending> pending = new();
    private readonly CancellationTokenSource closing = new();
    private readonly Task reading;
    private ulong lastId;
    private volatile bool ended;

    private ClientLane(Socket socket, VaultIdentity identity, FrameReader reader)
    {
        this.socket = socket;
        this.reader = reader;
        Identity = identity;
        writer = new FrameWriter(socket);
        reading = ReadAsync();
    }

    public VaultIdentity Identity { get; }

    public bool IsOpen => !ended;

    /// <summary>Connects and says hello.</summary>
    /// <exception cref="VaultUnavailableException">The vault is not there, does not answer in time, or does not let this process in.</exception>
    public static async Task<ClientLane> ConnectAsync(string path, Hello hello, TimeSpan patience)
    {
        var dialled = new Socket(AddressFamily.Unix, SocketType.Stream, ProtocolType.Unspecified);
        try
        {
            using var late = new CancellationTokenSource(patience);
            await dialled.ConnectAsync(new UnixDomainSocketEndPoint(path), late.Token);
            var request = new Frame(0, (byte)Verb.Hello, WireJson.Write(hello), []);
            var bytes = new byte[sizeof(uint) + request.Length];
            request.WriteStart(bytes);
            for (var sent = 0; sent < bytes.Length;)
                sent += await dialled.SendAsync(bytes.AsMemory(sent), late.Token);
            var frames = new FrameReader(dialled);
            var answer = await frames.ReadAsync(late.Token) ?? throw NotLetIn();
            ThrowIfNotDone(answer);
            return new ClientLane(dialled, WireJson.Read<VaultIdentity>(answer.Header), frames);
        }
        catch (Exception e)
        {
            dialled.Dispose();
            throw e switch
            {
                VaultUnavailableException => e,
                SocketException { SocketErrorCode: SocketError.ConnectionReset or SocketError.Shutdown } => NotLetIn(e),
                WireException => new VaultUnavailableException(VaultTrouble.Connection, "What listens on the vault's socket speaks another protocol: start vault and server of the same release.", e),
                OperationCanceledException => new VaultUnavailableException(VaultTrouble.Connection, "The vault's process does not answer: look whether it is stopped or its machine overloaded.", e),
                SocketException { SocketErrorCode: SocketError.AccessDenied } => new VaultUnavailableException(
                    VaultTrouble.Connection, "The vault's socket may not be used by this user: put the server's user into the group of its folder.", e),
                _ => new VaultUnavailableException(VaultTrouble.Connection, "The vault's process is not there: start cofferdam-vault, or look at why it ended.", e),
            };
        }
    }

    /// <summary>Asks, and waits for the answer. Who gives up waiting stops nothing at the vault.</summary>
    /// <exception cref="VaultUnavailableException">The vault said so, or its process went away before it answered.</exception>
    /// <exception cref="ArgumentException">The request is longer than a frame, or breaks another limit of the contract.</exception>
    public async Task<Answer> AskAsync(Verb verb, byte[] header, IReadOnlyList<ReadOnlyMemory<byte>> attachments, CancellationToken cancellation)
    {
        var request = new Frame(Interlocked.Increment(ref lastId), (byte)verb, header, attachments);
        if (request.Length > Frame.MaxBytes || attachments.Count > Frame.MaxAttachments)
            throw new ArgumentException("A vault of its own process takes at most 64 MiB in one act; split it.", nameof(attachments));
        var answer = new Pending();
        pending[request.Id] = answer;
        try
        {
            writer.Add(request);
            // Whoever ends the lane fails what is pending then; what came after finds it ended.
            if (ended)
                answer.Fail(Gone());
            return await answer.Task.WaitAsync(cancellation);
        }
        finally
        {
            pending.TryRemove(request.Id, out _);
        }
    }

    public async ValueTask DisposeAsync()
    {
        writer.Complete();
        await writer.Ended;
        await closing.CancelAsync();
        await reading;
        closing.Dispose();
    }

    private async Task ReadAsync()
    {
        try
        {
            while (await reader.ReadAsync(closing.Token) is { } frame)
                Take(frame);
        }
        catch (Exception e) when (e is WireException or SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // However it ended, whoever waits is told the same.
        }

        ended = true;
        writer.Complete();
        socket.Dispose();
        foreach (var waiting in pending.Values)
            waiting.Fail(Gone());
    }

    private void Take(Frame frame)
    {
        // Nobody waits any more where the caller gave up.
        if (!pending.TryGetValue(frame.Id, out var waiting))
            return;
        if (frame.Kind == (byte)AnswerKind.Part)
            waiting.Add(frame.Attachments);
        else
            waiting.End(frame);
    }

    private static void ThrowIfNotDone(Frame frame)
    {
        switch ((AnswerKind)frame.Kind)
        {
            case AnswerKind.Done:
                return;
            case AnswerKind.Unavailable:
                var unavailable = WireJson.Read<Unavailable>(frame.Header);
                throw new VaultUnavailableException(unavailable.Trouble, unavailable.Message);
            case AnswerKind.Argument:
#pragma warning disable MA0015 // Which argument it was is not known on this side.
                throw new ArgumentException("The vault was asked for something beyond what its contract allows.");
#pragma warning restore MA0015
            case AnswerKind.OutOfTurn:
                throw new InvalidOperationException("The vault does not know this lab or project, or was asked out of turn.");
            default:
                throw new WireException("an unknown kind of answer");
        }
    }

    private static VaultUnavailableException Gone() => new(
        VaultTrouble.Connection, "The vault's process went away before it answered. Nothing was handed out; start cofferdam-vault, or look at why it ended.");

    private static VaultUnavailableException NotLetIn(Exception? inner = null) => new(
        VaultTrouble.Connection, "The vault closed the connection: it is stopping, or does not let this user in (--allow-user).", inner);

    private sealed class Pending
    {
        private readonly TaskCompletionSource<Answer> answer = new(TaskCreationOptions.RunContinuationsAsynchronously);
        private List<ReadOnlyMemory<byte>>? parts;

        public Task<Answer> Task => answer.Task;

        public void Add(IReadOnlyList<ReadOnlyMemory<byte>> attachments) => (parts ??= []).AddRange(attachments);

        public void End(Frame frame)
        {
            try
            {
                ThrowIfNotDone(frame);
                answer.TrySetResult(new Answer(frame.Header, parts is null ? frame.Attachments : [.. parts, .. frame.Attachments]));
            }
            catch (Exception e) when (e is VaultUnavailableException or ArgumentException or InvalidOperationException)
            {
                answer.TrySetException(e);
            }
        }

        public void Fail(VaultUnavailableException failure) => answer.TrySetException(failure);
    }
}
