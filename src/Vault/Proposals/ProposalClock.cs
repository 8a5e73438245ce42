using System.Threading.Channels;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Proposals;

/// <summary>Carries approved proposals out when their time has come.</summary>
/// <remarks>
/// Sleeps until the next one is due or somebody approves one. At least once a minute it looks for those that another vault
/// process left behind. What fails, because store or custodian is away, is tried again.
/// </remarks>
internal sealed class ProposalClock(VaultNode node, ProposalActs acts) : IAsyncDisposable
{
    private static readonly TimeSpan AtMost = TimeSpan.FromMinutes(1);
    private static readonly TimeSpan AfterFailure = TimeSpan.FromSeconds(5);

    private readonly Channel<bool> woken = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource stop = new();
    private Task loop = Task.CompletedTask;

    public void Start() => loop = Task.Run(RunAsync);

    /// <summary>Looks again now.</summary>
    public void Wake() => woken.Writer.TryWrite(true);

    public async ValueTask DisposeAsync()
    {
        await stop.CancelAsync();
        await loop;
        stop.Dispose();
    }

    private async Task RunAsync()
    {
        while (!stop.IsCancellationRequested)
        {
            TimeSpan wait;
            try
            {
                wait = await CarryOutDueAsync();
            }
#pragma warning disable CA1031 // Whatever is broken may be whole again; the proposals stay where they are.
            catch (Exception)
#pragma warning restore CA1031
            {
                wait = AfterFailure;
            }

            await WaitAsync(wait);
        }
    }

    /// <returns>How long there is nothing to do.</returns>
    private async Task<TimeSpan> CarryOutDueAsync()
    {
        var wait = AtMost;
        foreach (var row in node.Store.ApprovedProposals())
        {
            var left = row.EffectiveAt!.Value - node.Time.GetUtcNow();
            if (left <= TimeSpan.Zero)
                left = await TryCarryOutAsync(row) ? wait : AfterFailure;
            if (left < wait)
                wait = left;
        }

        return await acts.FinishAsync(stop.Token) || wait < AfterFailure ? wait : AfterFailure;
    }

    // A lab whose custodian is away does not hold up the others.
    private async Task<bool> TryCarryOutAsync(ProposalRow row)
    {
        try
        {
            await acts.CarryOutAsync(row, stop.Token);
            return true;
        }
        catch (Exception e) when (e is VaultUnavailableException or KeyCustodyException)
        {
            return false;
        }
    }

    private async Task WaitAsync(TimeSpan wait)
    {
        using var due = new CancellationTokenSource(wait, node.Time);
        using var either = CancellationTokenSource.CreateLinkedTokenSource(due.Token, stop.Token);
        try
        {
            await woken.Reader.ReadAsync(either.Token);
        }
        catch (OperationCanceledException)
        {
            // Something is due, or the vault closes.
        }
    }
}
