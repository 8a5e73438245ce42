using System.Data.Common;
using System.Net.Sockets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Wire;

namespace Cofferdam.VaultHost;

/// <summary>One connection of a server process: hello, then requests, answered as they are done.</summary>
/// <param name="say">Takes a line for the operator; never anything that came through the socket.</param>
internal sealed class CallerConnection(Socket socket, PeerCredentials peer, Callers callers, ListenerOptions options, Action<string> say) : IDisposable
{
    private readonly FrameReader reader = new(socket) { MaxBytes = Frame.MaxHelloBytes };
    private readonly FrameWriter writer = new(socket);
    private readonly UnderWay underWay = new(options.BytesPerConnection);
    private readonly CancellationTokenSource closing = new();

    /// <summary>Serves until the other side ends, breaks the protocol, or <paramref name="stopping"/>; then finishes what is under way.</summary>
    public async Task RunAsync(CancellationToken stopping)
    {
        using var linked = CancellationTokenSource.CreateLinkedTokenSource(stopping, closing.Token);
        Caller? caller = null;
        try
        {
            caller = await WelcomeAsync(linked.Token);
            if (caller is not null)
                await ServeAsync(caller, linked.Token);
        }
        catch (WireException e)
        {
            say($"closed a connection of process {peer.Process}: {e.Message}");
        }
        catch (Exception e) when (e is SocketException or OperationCanceledException or ObjectDisposedException)
        {
            // It went away, or the vault stops.
        }

        await FinishAsync();
        if (caller is not null)
            await callers.LeaveAsync(caller);
    }

    public void Dispose()
    {
        socket.Dispose();
        closing.Dispose();
    }

    private async Task<Caller?> WelcomeAsync(CancellationToken cancellation)
    {
        using var late = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        late.CancelAfter(options.HelloTime);
        if (await reader.ReadAsync(late.Token) is not { } frame)
            return null;
        if (frame is not { Kind: (byte)Verb.Hello, Attachments.Count: 0 })
            throw new WireException("the first request is no hello");
        var hello = WireJson.Read<Hello>(frame.Header);
        if (hello.Protocol != Hello.CurrentProtocol)
        {
            Refuse(frame.Id, VaultTrouble.Connection, "Vault and server are of different releases. Start both from the same.");
            return null;
        }

        try
        {
            var caller = await callers.EnterAsync(peer.Process, hello);
            var door = await caller.Door;
            writer.Add(new Frame(frame.Id, (byte)AnswerKind.Done, WireJson.Write(door.Identity), []));
            reader.MaxBytes = Frame.MaxBytes;
            return caller;
        }
        catch (VaultUnavailableException e)
        {
            Refuse(frame.Id, e.Trouble, e.Message);
            return null;
        }
        catch (Exception e) when (e is not WireException)
        {
            Broken(frame.Id, e);
            return null;
        }
    }

    private async Task ServeAsync(Caller caller, CancellationToken cancellation)
    {
        var door = await caller.Door;
        while (await reader.ReadAsync(cancellation) is { } request)
        {
            if (!caller.TryTake())
            {
                Refuse(request.Id, VaultTrouble.Connection, "This server asks the vault for more at once than it takes. Try again in a moment.");
                continue;
            }

            // Until the answer is with the kernel, so that a caller that does not read its answers holds up itself alone.
            underWay.Begin(request.Length);
            _ = AnswerAsync(caller, door, request);
            await underWay.RoomAsync(cancellation);
        }
    }

    // Ends in any case, and never fails: nobody awaits it.
    private async Task AnswerAsync(Caller caller, IVault door, Frame request)
    {
        var length = request.Length;
        try
        {
            var frames = (await VaultVerbs.AnswerAsync(door, request)).Frames(request.Id).ToList();
            var whole = length + frames.Sum(part => part.Length);
            underWay.Answer(whole - length);
            // Before it is written: a caller that has its answer may ask again at once.
            caller.Release();
            foreach (var part in frames)
                writer.Add(part, part.Kind == (byte)AnswerKind.Done ? () => underWay.End(whole) : null);
            return;
        }
        catch (VaultUnavailableException e)
        {
            Refuse(request.Id, e.Trouble, e.Message);
        }
        catch (DbException)
        {
            Refuse(request.Id, VaultTrouble.Store, "The vault's store failed; nothing was handed out. Look at its disk, its space and its rights.");
        }
        catch (WireException e)
        {
            say($"closed a connection of process {peer.Process}: {e.Message}");
            await closing.CancelAsync();
        }
        catch (ArgumentException)
        {
            writer.Add(new Frame(request.Id, (byte)AnswerKind.Argument, default, []));
        }
        catch (InvalidOperationException e) when (e is not ObjectDisposedException)
        {
            writer.Add(new Frame(request.Id, (byte)AnswerKind.OutOfTurn, default, []));
        }
#pragma warning disable CA1031 // A bug or a broken machine: the caller is told that much, and no more is taken from it.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Broken(request.Id, e);
            await closing.CancelAsync();
        }

        caller.Release();
        underWay.End(length);
    }

    private async Task FinishAsync()
    {
        using var late = new CancellationTokenSource(options.DrainTime);
        try
        {
            await underWay.NothingAsync(late.Token);
            writer.Complete();
            await writer.Ended.WaitAsync(late.Token);
        }
        catch (OperationCanceledException)
        {
            say($"gave up on requests of process {peer.Process} that did not end in {options.DrainTime.TotalSeconds:0} s");
        }

        socket.Dispose();
        writer.Complete();
        // What the vault is still at must end before its door is closed.
        await underWay.NothingAsync(CancellationToken.None);
    }

    private void Refuse(ulong id, VaultTrouble trouble, string sentence) =>
        writer.Add(new Frame(id, (byte)AnswerKind.Unavailable, WireJson.Write(new Unavailable(trouble, sentence)), []));

    // Its type alone: a message may quote what was asked for.
    private void Broken(ulong id, Exception e)
    {
        say($"a request failed unexpectedly: {e.GetType().FullName}{Environment.NewLine}{e.StackTrace}");
        Refuse(id, VaultTrouble.Store, "The vault met a fault it does not know; nothing was handed out. Its own output says more.");
    }
}
