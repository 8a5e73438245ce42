using System.Threading.Channels;
using Cofferdam.Storage;
using Cofferdam.Work.Gold;
using Cofferdam.Work.Operations;
using Microsoft.Extensions.Hosting;
using Microsoft.Extensions.Logging;

namespace Cofferdam.Work.Slots;

/// <summary>The only writer of slots on this server: one thread that gathers what is asked meanwhile and commits it together.</summary>
/// <remarks>
/// No waiting for company: while one commit is under way the next requests gather by themselves. A request is
/// answered only when what it asked for is durable.
/// </remarks>
public sealed partial class SlotLoop(Store store, TimeProvider time, ILogger<SlotLoop> log) : IHostedService, IDisposable
{
    private const int MostAtOnce = 256;

    private static readonly TimeSpan ExpiryInterval = TimeSpan.FromSeconds(1);

    /// <summary>How long an answer stays with a reviewer before others may take it.</summary>
    public static TimeSpan ReviewLeaseLength { get; } = TimeSpan.FromMinutes(30);

    // Written by requests, read by the loop's thread.
    private readonly Channel<SlotOperation> queue = Channel.CreateBounded<SlotOperation>(
        new BoundedChannelOptions(8192) { SingleReader = true });

    // Owned by the loop's thread.
    private readonly Places places = new(shared: !store.IsSqlite);
    private Thread? thread;
    private ITimer? expiry;

    public Task StartAsync(CancellationToken cancellationToken)
    {
        thread = new Thread(Run) { Name = "slots", IsBackground = true };
        thread.Start();
        expiry = time.CreateTimer(_ => queue.Writer.TryWrite(new ExpireOperation(places, time.GetUtcNow())), null, ExpiryInterval, ExpiryInterval);
        return Task.CompletedTask;
    }

    /// <summary>Finishes what was asked, then ends.</summary>
    public async Task StopAsync(CancellationToken cancellationToken)
    {
        if (expiry is not null)
            await expiry.DisposeAsync();
        if (queue.Writer.TryComplete() && thread is not null)
            await Task.Run(thread.Join, cancellationToken);
    }

    public void Dispose()
    {
        expiry?.Dispose();
        queue.Writer.TryComplete();
    }

    /// <summary>Asks for the next slot that this person may do.</summary>
    /// <param name="open">The batches that the person may work in.</param>
    /// <param name="told">The person works under an engagement: its vendor is told.</param>
    internal async ValueTask<LeaseOperation> LeaseAsync(OpenBatches open, Guid person, CancellationToken cancellation, bool told = false)
    {
        var operation = new LeaseOperation(places, open, person, time.GetUtcNow(), told);
        await EnqueueAsync(operation, cancellation);
        return operation;
    }

    /// <summary>Renews a lease, or takes a lapsed one up again; null where the slot is not this person's.</summary>
    public Task<SlotLease?> RenewAsync(Guid project, Guid slot, Guid person) =>
        DoAsync(new RenewOperation(places, project, slot, person, time.GetUtcNow()));

    /// <param name="told">The person works under an engagement: its vendor is told.</param>
    internal Task<SubmitResult> SubmitAsync(Guid project, Guid slot, Guid person, Submission submission, bool told = false) =>
        DoAsync(new SubmitOperation(places, project, slot, person, submission, time.GetUtcNow(), told));

    /// <returns>False where the person does not hold it.</returns>
    public Task<bool> ReleaseAsync(Guid project, Guid slot, Guid person) =>
        DoAsync(new ReleaseOperation(places, project, slot, person, skip: false, reason: null, time.GetUtcNow()));

    /// <summary>Gives a slot back and never shows its item to this person again.</summary>
    /// <param name="reason">Record of the person's words.</param>
    public Task<bool> SkipAsync(Guid project, Guid slot, Guid person, Guid? reason) =>
        DoAsync(new ReleaseOperation(places, project, slot, person, skip: true, reason, time.GetUtcNow()));

    public async Task<ReviewLease?> LeaseReviewAsync(Guid project, Guid reviewer)
    {
        var lease = await DoAsync(new ReviewLeaseOperation(project, reviewer, time.GetUtcNow(), ReviewLeaseLength));
        if (lease is null || !await DoAsync(new SeenInReviewOperation(project, lease.Slot, reviewer, time.GetUtcNow())))
            return lease;
        await ReleaseReviewAsync(project, lease.Slot, reviewer);
        return null;
    }

    public Task<bool> ReleaseReviewAsync(Guid project, Guid slot, Guid reviewer) =>
        DoAsync(new ReviewReleaseOperation(project, slot, reviewer));

    /// <param name="staff">Lab staff decide what was escalated; reviewers decide what is in their hand.</param>
    /// <returns>The slot's state afterwards; null where it is not for them to decide.</returns>
    internal Task<SlotState?> DecideAsync(Guid project, Guid slot, Guid decider, Ruling ruling, bool staff = false) =>
        DoAsync(new DecideOperation(places, project, slot, decider, staff, ruling, time.GetUtcNow()));

    /// <summary>Notes, before an answer is shown to somebody who judges it, that they are never to be given its item as a task.</summary>
    /// <returns>True where it comes too late: they have answered the item, or have it in hand.</returns>
    internal Task<bool> SeenAsync(Guid project, Guid slot, Guid person) =>
        DoAsync(new SeenInReviewOperation(project, slot, person, time.GetUtcNow()));

    /// <summary>Gives an accepted answer back, because its batch was not accepted as it is.</summary>
    /// <returns>False where it is not accepted any more.</returns>
    internal Task<bool> TakeBackAsync(TakeBack taken) => DoAsync(new TakeBackOperation(places, taken, time.GetUtcNow()));

    /// <summary>Decides an appeal for its maker: the returned answer is accepted as it was given.</summary>
    /// <param name="reason">Record of the words for the decision.</param>
    /// <returns>False where it is decided, not for this person to decide, or overtaken by a new answer.</returns>
    internal Task<bool> UpholdAsync(Guid project, Guid appeal, Guid by, Guid reason) =>
        DoAsync(new UpholdOperation(project, appeal, by, reason, time.GetUtcNow()));

    /// <returns>False where the person had a draft for this slot already.</returns>
    public Task<bool> KeepDraftAsync(Guid project, Guid slot, Guid person, Guid record) =>
        DoAsync(new DraftedOperation(project, slot, person, record));

    /// <param name="record">Of the known answer.</param>
    /// <returns>False where somebody works on the item, or has answered it.</returns>
    internal Task<bool> MakeGoldAsync(Guid project, Guid item, Guid record) => DoAsync(new GoldOperation(places, project, item, record));

    /// <summary>Does one thing to some slots, with the others' work in between.</summary>
    /// <returns>How many it was done to.</returns>
    internal Task<int> OperateAsync(OperationStep step) => DoAsync(new OperateOperation(places, step, time.GetUtcNow()));

    /// <summary>Puts some slots back as they were before an operation, where they have not moved since.</summary>
    /// <returns>How many were put back.</returns>
    internal Task<int> UndoAsync(Guid project, Guid operation, IReadOnlyList<Guid> some) =>
        DoAsync(new UndoOperation(places, project, operation, some, time.GetUtcNow()));

    /// <summary>Reopens slots whose lease ran out; the loop does so by itself every second.</summary>
    /// <returns>How many.</returns>
    public Task<int> ExpireAsync() => DoAsync(new ExpireOperation(places, time.GetUtcNow()));

    /// <summary>Tells the loop that slots were added to a project.</summary>
    public Task LookAgainAsync(Guid project) => DoAsync(new LookAgainOperation(places, project));

    private async Task<T> DoAsync<T>(SlotOperation<T> operation)
    {
        await EnqueueAsync(operation, CancellationToken.None);
        return await operation.Done;
    }

    private ValueTask EnqueueAsync(SlotOperation operation, CancellationToken cancellation) =>
        queue.Writer.TryWrite(operation) ? ValueTask.CompletedTask : queue.Writer.WriteAsync(operation, cancellation);

    private void Run()
    {
        using SlotStore slots = store.Postgres is { } postgres ? new PostgresSlotStore(postgres) : new SqliteSlotStore(store.Options);
        var gathered = new List<SlotOperation>(MostAtOnce);
        // What goes on in another round comes before what is new.
        while (gathered.Count > 0 || queue.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            while (gathered.Count < MostAtOnce && queue.Reader.TryRead(out var operation))
                gathered.Add(operation);
            Commit(slots, gathered);
            gathered.RemoveAll(operation => operation.IsEnded);
        }
    }

    private void Commit(SlotStore slots, List<SlotOperation> operations)
    {
        try
        {
            slots.Execute(operations);
        }
        catch (Exception reason)
        {
            // What places say was learnt from statements that did not last.
            places.Forget();
            if (operations.Count == 1)
            {
                CommitFailed(reason);
                operations[0].Failed(reason);
                return;
            }

            // One operation must not take the others down with it.
            foreach (var operation in operations)
            {
                if (operation.Restart())
                    Commit(slots, [operation]);
                else
                    operation.Failed(reason);
            }

            return;
        }

        foreach (var operation in operations)
        {
            if (!operation.GoesOn())
                operation.Committed();
        }
    }

    [LoggerMessage(1, LogLevel.Error, "A change to slots could not be committed; who asked for it was told so.")]
    private partial void CommitFailed(Exception reason);
}
