using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Keys;

/// <summary>Asks each lab's custodian, again and again, whether it lets the root key be used.</summary>
/// <remarks>
/// A lab may take its key away at its own custodian, without a word to us. From the look that finds it gone, at most
/// <see cref="Interval"/> + <see cref="Patience"/> after, the lab's keys are dropped and nothing of it is opened or
/// sealed until the custodian answers again.
/// </remarks>
internal sealed class CustodyWatch(VaultNode node) : IAsyncDisposable
{
    public static readonly TimeSpan Interval = TimeSpan.FromMilliseconds(500);

    /// <summary>A custodian that takes longer to answer is lost.</summary>
    public static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly CancellationTokenSource stop = new();
    private readonly Dictionary<LabKeys, Task> asking = [];
    private Task loop = Task.CompletedTask;

    public void Start() => loop = Task.Run(RunAsync);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        using var timer = new PeriodicTimer(Interval, node.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stop.Token))
                Look();
        }
        catch (OperationCanceledException)
        {
            // The vault closes.
        }

        await Task.WhenAll(asking.Values);
    }

    private void Look()
    {
        try
        {
            // What another vault process changed, at the latest now.
            if (node.Keys.DropChanged())
            {
                node.DropKeys();
                node.Sequencer.DropSoon();
            }
        }
#pragma warning disable CA1031 // A store that fails says so to whoever asks for something; this looks again.
        catch (Exception)
#pragma warning restore CA1031
        {
        }

        // A custodian that takes its time delays the looks at its own lab alone.
        foreach (var lab in node.Keys.Known)
        {
            if (!asking.TryGetValue(lab, out var one) || one.IsCompleted)
                asking[lab] = AskAsync(lab);
        }
    }

    private async Task AskAsync(LabKeys lab)
    {
        if (lab.Last is not { } key)
            return;
        var why = await TroubleAsync(lab.Id, key, stop.Token);
        if (stop.IsCancellationRequested)
            return;
        if (why is null)
        {
            lab.Regain();
        }
        else if (lab.Trouble is null)
        {
            lab.Lose(why);
            node.DropKeys();
            node.Sequencer.DropSoon();
        }
    }

    /// <summary>Asks a lab's custodian once.</summary>
    /// <returns>What is wrong; null where nothing is.</returns>
    public async Task<VaultUnavailableException?> TroubleAsync(LabId lab, LabKey key, CancellationToken cancellation)
    {
        using var patience = CancellationTokenSource.CreateLinkedTokenSource(cancellation);
        patience.CancelAfter(Patience);
        try
        {
            await node.Keys.Custodians.Of(key.Custodian).CheckAsync(lab.Value, key.Root, patience.Token).AsTask().WaitAsync(patience.Token);
            return null;
        }
        catch (OperationCanceledException e)
        {
            return new VaultUnavailableException(VaultTrouble.Custodian, "The custodian of this lab's root key does not answer. Nothing is opened or sealed until it does.", e);
        }
        catch (KeyCustodyException e)
        {
            return new VaultUnavailableException(VaultTrouble.Custodian, e.Message, e);
        }
#pragma warning disable CA1031 // A custodian that fails in a way of its own is not there either.
        catch (Exception e)
#pragma warning restore CA1031
        {
            return new VaultUnavailableException(VaultTrouble.Custodian, "The custodian of this lab's root key failed. Nothing is opened or sealed until it works again.", e);
        }
    }
}
