using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Index;

/// <summary>Fills the index of receipts behind the ledger's back: no disclosure waits for it.</summary>
/// <remarks>
/// Receipts are read and taken apart here; the sequencer's thread only inserts. A step costs it a few milliseconds, and
/// while receipts are coming in there are at most <see cref="StepsWhileBusy"/> in a second. What is not in the index yet,
/// a search reads one by one.
/// </remarks>
internal sealed class ReceiptIndexing : IAsyncDisposable
{
    private const int Step = 256;
    private const int StepsWhileBusy = 4;
    private const int DeletedInStep = 2_000;

    private readonly VaultNode node;
    private readonly CancellationTokenSource stopping = new();
    private readonly SemaphoreSlim one = new(1);
    private readonly Task loop;

    public ReceiptIndexing(VaultNode node)
    {
        this.node = node;
        loop = Task.Run(RunAsync);
    }

    /// <summary>Empties a lab's index and fills it again, up to the newest receipt.</summary>
    public async Task RebuildAsync(LabKeys lab, CancellationToken cancellation)
    {
        await one.WaitAsync(cancellation);
        try
        {
            await SubmitAsync(lab, store => store.DisownIndex(lab.Number), cancellation);
            while (await StepAsync(lab, cancellation))
            {
            }
        }
        finally
        {
            one.Release();
        }
    }

    public async ValueTask DisposeAsync()
    {
        await stopping.CancelAsync();
        await loop;
        stopping.Dispose();
        one.Dispose();
    }

    private async Task RunAsync()
    {
        Dictionary<long, long> sizes = [];
        using var timer = new PeriodicTimer(TimeSpan.FromSeconds(1), node.Time);
        try
        {
            while (await timer.WaitForNextTickAsync(stopping.Token))
            {
                try
                {
                    foreach (var lab in node.Store.Labs())
                    {
                        var size = node.Store.Ledger(lab.Number).Size;
                        await CatchUpAsync(await node.LabAsync(new LabId(lab.Id), stopping.Token), isBusy: sizes.GetValueOrDefault(lab.Number) != size);
                        sizes[lab.Number] = size;
                    }
                }
#pragma warning disable CA1031 // Store or custodian is out of reach: those who ask for something are told. Here it is tried again.
                catch (Exception e) when (e is not OperationCanceledException)
#pragma warning restore CA1031
                {
                }
            }
        }
        catch (OperationCanceledException)
        {
            // Stopped.
        }
    }

    private async Task CatchUpAsync(LabKeys lab, bool isBusy)
    {
        await one.WaitAsync(stopping.Token);
        try
        {
            for (var steps = 0; !(isBusy && steps == StepsWhileBusy) && await StepAsync(lab, stopping.Token);)
                steps++;
        }
        finally
        {
            one.Release();
        }
    }

    /// <returns>False where there was nothing to do.</returns>
    private async Task<bool> StepAsync(LabKeys lab, CancellationToken cancellation)
    {
        var indexed = node.Store.Index(lab.Number).Indexed;
        if (indexed < 0)
        {
            await SubmitAsync(lab, store => Empty(store, lab.Number), cancellation);
            return true;
        }

        var receipts = node.Store.ReceiptsFrom(lab.Number, indexed, Step);
        if (receipts.Count == 0)
            return false;
        var subjects = receipts.SelectMany(row => ReceiptSubjects.Of(node.Read(lab, row)).Select(subject => new SubjectRow(subject, row.Sequence))).ToList();
        var spans = receipts
            .GroupBy(row => row.Sequence / SpanRow.Receipts)
            .Select(block => new SpanRow(block.Key, block.Min(row => row.Time), block.Max(row => row.Time)))
            .ToList();
        await SubmitAsync(
            lab,
            store =>
            {
                if (!store.AdvanceIndex(lab.Number, indexed, receipts[^1].Sequence + 1))
                    return;
                store.WriteSubjects(lab.Number, subjects);
                foreach (var span in spans)
                    store.WidenSpan(lab.Number, span);
            },
            cancellation);
        return true;
    }

    private static void Empty(VaultStore store, long lab)
    {
        if (store.DeleteFromIndex(lab, DeletedInStep))
            store.AdvanceIndex(lab, from: -1, to: 0);
    }

    // A command of its own, committed alone: where the index cannot be written, nobody's disclosure fails with it.
    private async Task SubmitAsync(LabKeys lab, Action<VaultStore> write, CancellationToken cancellation) => await node.Sequencer.SubmitAsync(
        new ControlCommand<int>(lab, batch =>
        {
            write(batch.Store);
            return 0;
        }),
        cancellation);
}
