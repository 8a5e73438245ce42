using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>A log that grows, with who writes it and who witnesses it.</summary>
internal sealed class OpenLog : IAsyncDisposable
{
    private static readonly TimeSpan FirstPause = TimeSpan.FromSeconds(2);
    private static readonly TimeSpan LongestPause = TimeSpan.FromSeconds(30);

    private readonly WitnessPolicy? policy;
    private readonly TimeProvider time;
    private readonly CancellationTokenSource closing = new();
    private readonly List<Task> loops = [];

    public OpenLog(LabLog log, VaultStore store, WitnessPolicy? policy, HttpClient http, TimeProvider time)
    {
        this.policy = policy;
        this.time = time;
        Log = log;
        Publisher = new LogPublisher(log, store, time);
        Witnesses = [.. (policy?.Witnesses ?? []).Select(witness => new LogWitness(witness, log, Publisher, store, http, time))];
        Publisher.IsWitnessing = () => Witnesses.Any(witness => witness.IsSigning);
    }

    public LabLog Log { get; }

    public LogPublisher Publisher { get; }

    public IReadOnlyList<LogWitness> Witnesses { get; }

    /// <summary>The policy is satisfied by the newest checkpoint that the witnesses were asked for.</summary>
    public bool IsQuorum()
    {
        var asked = Witnesses.Select(witness => witness.Asked).DefaultIfEmpty().Max();
        return policy is null || policy.IsQuorum(Witnesses.Where(witness => asked > 0 && witness.State.Size == asked).Select(witness => witness.Key).ToHashSet());
    }

    /// <summary>Compares the store with what the folder and the witnesses remember; stops the log where they do not fit.</summary>
    /// <param name="mustHear">Stop it too where no witness is heard.</param>
    public async Task CompareAsync(bool mustHear, CancellationToken cancellation)
    {
        await Publisher.CompareFolderAsync(cancellation);
        var heard = await HearAsync(cancellation);
        if (mustHear && !heard)
            Log.Stop(LogStanding.Unheard, LogWords.Unheard);
    }

    public void Start()
    {
        Publisher.Start();
        if (Log.Standing == LogStanding.Unheard)
            loops.Add(ListenAsync());
        foreach (var witness in Witnesses)
            loops.Add(witness.RunAsync(closing.Token));
    }

    /// <summary>Does something once the log may grow, if ever.</summary>
    public void WhenSound(Func<Task> then)
    {
        lock (loops)
            loops.Add(WhenSoundAsync(then));
    }

    public async ValueTask DisposeAsync()
    {
        await closing.CancelAsync();
        await Task.WhenAll(loops).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        await Publisher.DisposeAsync();
        closing.Dispose();
    }

    private async Task<bool> HearAsync(CancellationToken cancellation) =>
        (await Task.WhenAll(Witnesses.Select(witness => witness.CompareAsync(cancellation)))).Contains(true);

    private async Task WhenSoundAsync(Func<Task> then)
    {
        await Log.UntilAsync(() => Log.Standing == LogStanding.Sound, closing.Token);
        await then();
    }

    private async Task ListenAsync()
    {
        var pause = FirstPause;
        do
        {
            await Task.Delay(pause, time, closing.Token);
            pause = pause * 2 < LongestPause ? pause * 2 : LongestPause;
        }
        while (!await HearAsync(closing.Token));
        Log.Hear();
        Publisher.Wake();
    }
}
