using Cofferdam.Vault.Store;
using Npgsql;

namespace Cofferdam.Vault.Processes;

/// <summary>Keeps this process's lease, and waits for the other processes to acknowledge what this one has changed.</summary>
/// <remarks>
/// A thread of its own: a lease must not run out because requests have taken all others. Whatever fails here, the lease
/// ends by itself, and nothing is handed out until it is renewed.
/// </remarks>
internal sealed class LeaseKeeper : IDisposable
{
    private static readonly TimeSpan Every = TimeSpan.FromMilliseconds(100);
    private static readonly TimeSpan Between = TimeSpan.FromMilliseconds(4);
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(2);

    private readonly Guid process;
    private readonly PostgresProcesses table;
    private readonly OtherVaults others;
    private readonly HandOuts handOuts;
    private readonly Suspensions suspensions;
    private readonly Lease lease;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource stopping = new();
    private readonly Thread thread;
    private volatile TaskCompletionSource renewed = new(TaskCreationOptions.RunContinuationsAsynchronously);
    private volatile Exception? trouble;
    private long acked = -1;

    public LeaseKeeper(Guid process, PostgresProcesses table, OtherVaults others, HandOuts handOuts, Suspensions suspensions, Lease lease, TimeProvider time)
    {
        this.process = process;
        this.table = table;
        this.others = others;
        this.handOuts = handOuts;
        this.suspensions = suspensions;
        this.lease = lease;
        this.time = time;
        thread = new Thread(Run) { IsBackground = true, Name = "vault lease" };
        thread.Start();
    }

    /// <summary>Returns once this process has a lease.</summary>
    /// <exception cref="VaultStoreException">It could not be had within two seconds.</exception>
    public async ValueTask HoldAsync()
    {
        var next = renewed.Task;
        if (lease.IsHeld)
            return;
        try
        {
            await next.WaitAsync(Patience, time);
        }
        catch (TimeoutException)
        {
            throw new VaultStoreException("The vault could not renew its lease with its store, without which it hands out nothing.", trouble);
        }
    }

    /// <summary>Returns once no other process can hand out by an older epoch: each has acknowledged it, or has no lease any more.</summary>
    /// <remarks>Call it after the commit: from then on no lease is extended without the acknowledgement, so that one lease's length is the most it takes.</remarks>
    public async Task<Acknowledgements> AcknowledgedAsync(long epoch)
    {
        var since = time.GetTimestamp();
        IReadOnlyList<OtherProcess> found = [];
        while (true)
        {
            try
            {
                found = await table.OthersAsync(process);
                if (found.All(other => other.Acked >= epoch || !other.HasLease))
                    break;
            }
            catch (NpgsqlException)
            {
                // The bound below holds without the store, too.
            }

            if (time.GetElapsedTime(since) > Lease.Length)
                break;
            await Task.Delay(Between, time);
        }

        var acknowledged = found.Where(other => other.Acked >= epoch).ToList();
        var expired = found.Count - acknowledged.Count;
        if (expired > 0)
            await table.TryRemoveExpiredAsync(epoch);
        return new Acknowledgements(acknowledged.Count, expired, [.. acknowledged.SelectMany(other => other.InFlight)]);
    }

    public void Dispose()
    {
        stopping.Cancel();
        thread.Join();
        stopping.Dispose();
    }

    private void Run()
    {
        while (!stopping.IsCancellationRequested)
        {
            try
            {
                Renew();
                table.Wait(Every);
            }
#pragma warning disable CA1031 // Whatever broke is shown to whoever waits for the lease; this thread must outlive it.
            catch (Exception e)
#pragma warning restore CA1031
            {
                trouble = e;
                table.Disconnect();
                stopping.Token.WaitHandle.WaitOne(Every);
            }
        }

        try
        {
            table.Leave(process);
        }
        catch (NpgsqlException)
        {
            // The lease runs out by itself.
        }
    }

    private void Renew()
    {
        while (true)
        {
            var from = lease.Begin();
            var epoch = table.Renew(process, acked, InFlight());
            if (epoch == acked)
            {
                lease.Extend(from);
                trouble = null;
                var waiting = renewed;
                renewed = new TaskCompletionSource(TaskCreationOptions.RunContinuationsAsynchronously);
                waiting.TrySetResult();
                return;
            }

            others.TakeUp();
            acked = epoch;
        }
    }

    // All that is suspended by now: whoever suspended it looks for its own among them.
    private long[] InFlight()
    {
        var now = time.GetUtcNow();
        return [.. handOuts.InFlight().Where(one => suspensions.Touches(one.Disclosure, now)).Select(one => ReceiptRow.IdOf(one.Lab, one.Receipt))];
    }
}

/// <param name="Acknowledged">Other processes that go by the epoch.</param>
/// <param name="Expired">Other processes that do not, and have no lease any more.</param>
/// <param name="InFlight">Ids of receipts that the former handed out shortly before, in scopes suspended since.</param>
internal sealed record Acknowledgements(int Acknowledged, int Expired, IReadOnlyList<long> InFlight);
