using System.Data.Common;
using System.Threading.Channels;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>Writes one log's folder: takes what was committed, and puts a signed checkpoint over it there.</summary>
/// <remarks>
/// The receipts are the log; the folder is made from them and can be made again. Several commits are published together: a
/// publication takes some ten syncs, and the disk has commits to do.
/// </remarks>
internal sealed class LogPublisher(LabLog log, VaultStore store, TimeProvider time) : IAsyncDisposable
{
    /// <summary>From the first commit that waits until it is published: a quarter of what is promised.</summary>
    private static readonly TimeSpan Gathering = TimeSpan.FromMilliseconds(250);

    /// <summary>The same where receipts never cease: half as many syncs that commits have to wait behind.</summary>
    private static readonly TimeSpan GatheringUnderLoad = TimeSpan.FromMilliseconds(500);

    /// <summary>Longer, where witnesses are still signing the last one: theirs could not be put beside it any more.</summary>
    private static readonly TimeSpan Witnessing = TimeSpan.FromMilliseconds(150);

    private static readonly TimeSpan Retrying = TimeSpan.FromSeconds(1);

    // The sequencer and readers write, the loop below reads; one wake is as good as many.
    private readonly Channel<bool> wake = Channel.CreateBounded<bool>(new BoundedChannelOptions(1) { FullMode = BoundedChannelFullMode.DropWrite });
    private readonly CancellationTokenSource closing = new();

    // One at a time writes the folder.
    private readonly SemaphoreSlim turn = new(1);
    private LogBuilder? builder;
    private long? lastPublished;
    private Task loop = Task.CompletedTask;

    /// <summary>True while a witness that usually answers is being asked.</summary>
    public Func<bool> IsWitnessing { get; set; } = () => false;

    public void Wake() => wake.Writer.TryWrite(true);

    public void Start()
    {
        Wake();
        loop = RunAsync();
    }

    /// <summary>Compares the store with what the log's folder remembers; stops the log where they do not fit.</summary>
    /// <exception cref="IOException">The folder cannot be read or written.</exception>
    public async Task CompareFolderAsync(CancellationToken cancellation)
    {
        if (await log.ReadPublishedAsync(cancellation) is not { } remembered)
            return;
        log.Publish(remembered);
        var head = store.Ledger(log.Lab);
        if (remembered.Checkpoint.Size > head.Size)
            log.Stop(LogStanding.Behind, LogWords.Behind("the log's own folder", remembered.Checkpoint.Size, head.Size), remembered.Checkpoint.Size);
        else
            await InTurnAsync(() => CatchUpAsync(head, cancellation), cancellation);
    }

    /// <summary>Compares the store with a checkpoint that somebody else remembers; stops the log where they do not fit.</summary>
    /// <param name="by">Who remembers it, for people.</param>
    public async Task CompareAsync(string by, Checkpoint remembered, CancellationToken cancellation)
    {
        var head = store.Ledger(log.Lab);
        if (remembered.Size > head.Size)
            log.Stop(LogStanding.Behind, LogWords.Behind(by, remembered.Size, head.Size), remembered.Size);
        else if (remembered.Size > 0 && !await LogHistory.BeginsWithAsync(log, store, head, remembered, cancellation))
            log.Stop(LogStanding.Forked, LogWords.Forked(by, remembered.Size), remembered.Size);
    }

    /// <summary>Puts a cosignature beside the published checkpoint, if that is still the one that it is of.</summary>
    public Task AddAsync(Checkpoint of, NoteSignature cosignature, CancellationToken cancellation) => InTurnAsync(
        async () =>
        {
            // Whatever other process of this store may have put there counts.
            if (builder is null || await log.ReadPublishedAsync(cancellation) is not { } now || !now.Checkpoint.IsSameTreeAs(of) || builder.Size != of.Size)
                return;
            if (!now.Note.Signatures.Any(one => one.Name == cosignature.Name && one.KeyId == cosignature.KeyId))
                now = now with { Note = now.Note.With(cosignature) };
            await builder.PublishAsync(now.Note, cancellation);
            log.Publish(now);
        },
        cancellation);

    /// <summary>Publishes what is committed, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        wake.Writer.TryComplete();
        await closing.CancelAsync();
        await loop;
        closing.Dispose();
        turn.Dispose();
    }

    private async Task RunAsync()
    {
        while (await wake.Reader.WaitToReadAsync())
        {
            wake.Reader.TryRead(out _);
            await GatherAsync();
            if (!await TryPublishAsync() && await PauseAsync(Retrying))
                Wake();
        }

        await TryPublishAsync();
    }

    private async Task GatherAsync()
    {
        var busy = lastPublished is { } last && time.GetElapsedTime(last) < Gathering;
        if (!await PauseAsync(busy ? GatheringUnderLoad : Gathering) || !IsWitnessing())
            return;
        using var enough = CancellationTokenSource.CreateLinkedTokenSource(closing.Token);
        await Task.WhenAny(log.UntilAsync(() => !IsWitnessing(), enough.Token), Task.Delay(Witnessing, time, enough.Token));
        await enough.CancelAsync();
    }

    /// <returns>False where the log is being closed.</returns>
    private async Task<bool> PauseAsync(TimeSpan pause)
    {
        await Task.Delay(pause, time, closing.Token).ConfigureAwait(ConfigureAwaitOptions.SuppressThrowing);
        return !closing.IsCancellationRequested;
    }

    private async Task<bool> TryPublishAsync()
    {
        try
        {
            await InTurnAsync(PublishAsync, CancellationToken.None);
            return true;
        }
        catch (Exception e) when (e is IOException or UnauthorizedAccessException or DbException or LogForkException)
        {
            // The receipts stand; what is late is their checkpoint, as whoever looks at the log sees.
            return false;
        }
    }

    private async Task PublishAsync()
    {
        if (log.Standing != LogStanding.Sound)
            return;
        var head = log.Tail.Head ?? store.Ledger(log.Lab);
        if (head.Log != log.Ordinal || head.Size == 0 || !await CatchUpAsync(head, CancellationToken.None) || builder!.Size > head.Size)
            return;
        if (log.Published?.Checkpoint.Size == head.Size)
            return;
        var checkpoint = new Checkpoint(log.Origin, head.Size, builder.Root());
        var note = checkpoint.Sign(log.Signer);
        await builder.PublishAsync(note, CancellationToken.None);
        log.Publish(new PublishedCheckpoint(checkpoint, note));
        lastPublished = time.GetTimestamp();
    }

    /// <returns>False where the receipts are not the tree that was published or counted, which stops the log.</returns>
    private async Task<bool> CatchUpAsync(LedgerRow head, CancellationToken cancellation)
    {
        var published = await log.ReadPublishedAsync(cancellation);
        if (published is not null && published.Checkpoint.Size != log.Published?.Checkpoint.Size)
            log.Publish(published);
        if (builder is null || builder.Published != published?.Checkpoint.Size)
            builder = await LogBuilder.OpenAsync(log, store, published?.Checkpoint, cancellation);

        var sound = false;
        try
        {
            sound = builder is not null && await builder.AppendAsync(head.Size, cancellation);
        }
        catch (LogForkException)
        {
            // Tiles that no checkpoint covers yet, and not of these receipts.
            builder = await LogBuilder.RemakeAsync(log, store, published?.Checkpoint, cancellation);
            sound = builder is not null && await builder.AppendAsync(head.Size, cancellation);
        }

        if (sound && (builder!.Size > head.Size || builder.Root().AsSpan().SequenceEqual(CompactRange.Parse(head.Frontier).Root())))
            return true;
        builder = null;
        log.Stop(LogStanding.Forked, LogWords.Forked("the log's own folder", published?.Checkpoint.Size ?? head.Size));
        return false;
    }

    private async Task InTurnAsync(Func<Task> work, CancellationToken cancellation)
    {
        await turn.WaitAsync(cancellation);
        try
        {
            await using var hold = await store.HoldLogAsync(log.Lab, cancellation);
            await work();
        }
        catch
        {
            // What it has half done the next one finds in the folder.
            builder = null;
            throw;
        }
        finally
        {
            turn.Release();
        }
    }
}
