using System.Threading.Channels;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Logs;
using Cofferdam.Vault.Processes;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Sequencing;

/// <summary>The one writer of a vault: takes what waits, commits it together, and answers once it is durable.</summary>
/// <remarks>
/// A thread of its own: commits block on the disk. While one batch is being synced the next gathers, so the batch grows
/// with the load and no window has to be chosen.
/// </remarks>
internal sealed class Sequencer : IAsyncDisposable
{
    private const int MaxBatch = 512;
    private const int MaxCachedHeads = 1_024;

    // Many requests write, the sequencer's thread reads. Bounded: a store that stands still must not fill the memory.
    private readonly Channel<Command> commands = Channel.CreateBounded<Command>(new BoundedChannelOptions(4_096) { SingleReader = true });
    private readonly LabLogs logs;
    private readonly OtherVaults others;
    private readonly TimeProvider time;
    private readonly Task loop;

    // The fields below belong to the sequencer's thread.
    private readonly Dictionary<long, LedgerRow> ledgers = [];
    private readonly Dictionary<(long Lab, Guid Principal, long Log), byte[]> saltKeys = [];
    private readonly Dictionary<Guid, HeadRow> heads = [];
    private VaultStoreException? fenced;

    // Any thread sets it.
    private int dropAsked;

    public Sequencer(
        VaultStore store, KeyRing keys, Suspensions suspensions, OtherVaults others, BudgetBook budgets, AttestationBook attestations, LabLogs logs, HeadVersions versions,
        TimeProvider time)
    {
        Attestations = attestations;
        Heads = versions;
        this.others = others;
        Store = store;
        Keys = keys;
        Suspensions = suspensions;
        Budgets = budgets;
        this.logs = logs;
        this.time = time;
        loop = Task.Factory.StartNew(Run, CancellationToken.None, TaskCreationOptions.LongRunning, TaskScheduler.Default);
    }

    public VaultStore Store { get; }

    public KeyRing Keys { get; }

    public Suspensions Suspensions { get; }

    public BudgetBook Budgets { get; }

    public AttestationBook Attestations { get; }

    public HeadVersions Heads { get; }

    /// <summary>Waits until the command's batch is durable.</summary>
    /// <exception cref="VaultStoreException">The store failed; nothing of the command happened.</exception>
    public async Task<T> SubmitAsync<T>(Command<T> command, CancellationToken cancellation)
    {
        try
        {
            await commands.Writer.WriteAsync(command, cancellation);
        }
        catch (ChannelClosedException e)
        {
            throw new VaultStoreException("The vault is closed: it was stopped, or another vault process took over its store.", e);
        }

        return await command.Outcome;
    }

    public LedgerRow CommittedLedger(long lab)
    {
        if (!ledgers.TryGetValue(lab, out var ledger))
            ledgers[lab] = ledger = Store.Ledger(lab);
        return ledger;
    }

    /// <param name="log">Which of the lab's logs the salts are for.</param>
    /// <param name="sequence">The receipt that it is for: a person who is new here, or was erased, gets a key from this one on.</param>
    public byte[] SaltKey(Batch batch, LabKeys lab, Guid principal, long log, long sequence)
    {
        if (saltKeys.TryGetValue((lab.Number, principal, log), out var key))
            return key;
        if (Keys.Salt(lab, principal) is { } known)
        {
            key = known.Key;
        }
        else
        {
            (key, var wrapped) = KeyMaking.NewSaltKey(lab.Id, batch.LabKeyOf(lab).Key, principal);
            Store.InsertSaltKey(lab.Number, principal, wrapped, sequence);
        }

        return saltKeys[(lab.Number, principal, log)] = LogKeys.SaltKey(key, log);
    }

    /// <summary>Drops what is kept of records that are being removed.</summary>
    public void Forget(IEnumerable<Guid> records)
    {
        foreach (var id in records)
            heads.Remove(id);
    }

    public async ValueTask DisposeAsync()
    {
        commands.Writer.TryComplete();
        await loop;
    }

    private void Run()
    {
        List<Command> batch = new(MaxBatch);
        Command? held = null;
        while (held is not null || commands.Reader.WaitToReadAsync().AsTask().GetAwaiter().GetResult())
        {
            batch.Clear();
            if (held is not null)
            {
                batch.Add(held);
                held = null;
            }

            // A control command is committed alone, after everything that came before it: what it says of "before" holds.
            while (batch.Count < MaxBatch && batch is not [ControlCommand] && commands.Reader.TryRead(out var command))
            {
                if (command is ControlCommand && batch.Count > 0)
                {
                    held = command;
                    break;
                }

                batch.Add(command);
            }

            Commit(batch);
        }
    }

    private void Commit(List<Command> commandsOfBatch)
    {
        if (fenced is not null)
        {
            Fail(commandsOfBatch, fenced);
            return;
        }

        if (Interlocked.Exchange(ref dropAsked, 0) == 1)
            DropKept();
        commandsOfBatch.RemoveAll(FailWhereCustodianIsLost);
        commandsOfBatch.RemoveAll(FailWhereLogStands);
        if (commandsOfBatch.Count == 0)
            return;

        var batch = new Batch(this, Micros.Time(Micros.Of(time.GetUtcNow())));
        try
        {
            Store.Begin();
            TakeLedgers(commandsOfBatch);
            batch.Heads = ReadHeads(commandsOfBatch);
            foreach (var command in commandsOfBatch)
                command.Prepare(batch);
            batch.Nonces.Use();
            if (batch.Readings.Count > 0)
                Store.MarkDisclosed([.. batch.Readings]);
            batch.Spending.Load(commandsOfBatch);
            foreach (var command in commandsOfBatch)
                command.Write(batch);
            batch.CorrectReadings();
            batch.Spending.Write();

            if (batch.Records.Count > 0)
                Store.WriteRecords(batch.Records);
            if (batch.Receipts.Count > 0)
                Store.WriteReceipts(batch.Receipts);
            foreach (var (scope, receipt) in batch.Disclosures)
                Store.NoteDisclosure(scope.Lab, scope.Kind, scope.Id, receipt);
            foreach (var ledger in batch.Ledgers.Where(l => l.Changed))
            {
                if (!Store.AdvanceLedger(ledger.ToRow(), ledger.From))
                    throw Intruder();
            }

            Store.Commit();
        }
#pragma warning disable CA1031 // Whatever broke, the callers must learn that nothing happened.
        catch (Exception e)
#pragma warning restore CA1031
        {
            Abandon(commandsOfBatch, e);
            return;
        }

        foreach (var ledger in batch.Ledgers.Where(l => l.Changed))
        {
            var row = ledgers[ledger.Lab] = ledger.ToCommittedRow();
            logs.Committed(row, ledger.From, ledger.Leaves);
            Heads.Committed(ledger.Lab, ledger.Size);
        }

        batch.Commit();
        foreach (var record in batch.Records)
            heads.Remove(record.Row.Id);
        batch.Spending.Commit();
        foreach (var command in commandsOfBatch)
            command.Complete();
    }

    /// <summary>
    /// Where several processes share the store, makes this one the sequencer of the batch's labs until the commit, and
    /// takes up what the others have done.
    /// </summary>
    private void TakeLedgers(List<Command> commandsOfBatch)
    {
        foreach (var found in Store.LockLedgers(commandsOfBatch.Select(c => c.Lab.Number).ToHashSet()))
        {
            var mine = ledgers.TryGetValue(found.Lab, out var kept) && kept.Token == found.Found;
            if (mine && (kept!.Size != found.Size || !kept.Frontier.AsSpan().SequenceEqual(found.Frontier)))
                throw Intruder();
            var lab = commandsOfBatch.First(c => c.Lab.Number == found.Lab).Lab;
            others.TakeUp(found.Lab, lab.Id, found.Epoch, lab);
            if (!mine)
            {
                // Another process wrote last, or nobody since this one began. Keys of salts are never written anew.
                heads.Clear();
                Budgets.Drop();
                Attestations.TakeUp(found.Lab);
                Heads.TakeUp(lab, found);
            }

            ledgers[found.Lab] = mine ? found with { Token = found.Found } : found;
        }
    }

    private static VaultStoreException Intruder() => new("Another process writes to this store, and not as a vault does. This one has stopped.", isFenced: true);

    private void Abandon(List<Command> commandsOfBatch, Exception e)
    {
        // What the store holds now is read again before the next batch: a commit may have failed after it was durable.
        Store.Rollback();
        DropKept();
        if (e is VaultStoreException { IsFenced: true } found)
        {
            // What waits already must not go in either: the other process may have suspended what this one would open.
            fenced = found;
            commands.Writer.TryComplete();
        }

        Fail(commandsOfBatch, e as VaultUnavailableException ?? new VaultStoreException("The vault's store failed; nothing was opened or sealed. Look at its disk, its space and its rights.", e));
    }

    /// <summary>Fails a command whose lab's log may not grow, before anything of it is written or signed.</summary>
    private bool FailWhereLogStands(Command command)
    {
        if (command.MendsLog || logs.Refusal(command.Lab.Number) is not { } refusal)
            return false;
        command.Fail(refusal);
        return true;
    }

    /// <summary>Has everything that is kept of the store dropped before the next batch. From any thread.</summary>
    public void DropSoon() => Interlocked.Exchange(ref dropAsked, 1);

    /// <summary>Drops everything that is kept of the store between batches; it is read again when it is needed. On the sequencer's thread.</summary>
    public void DropKept()
    {
        ledgers.Clear();
        saltKeys.Clear();
        heads.Clear();
        Budgets.Drop();
        Attestations.Drop();
        Keys.Drop();
        Heads.Drop();
    }

    private static bool FailWhereCustodianIsLost(Command command)
    {
        if (command.Lab.Trouble is not { } trouble)
            return false;
        command.Fail(trouble);
        return true;
    }

    private static void Fail(List<Command> commandsOfBatch, VaultUnavailableException failure)
    {
        foreach (var command in commandsOfBatch)
            command.Fail(failure);
    }

    /// <summary>Heads of what a batch needs; those of records that never change are kept for the next.</summary>
    private Dictionary<Guid, HeadRow> ReadHeads(List<Command> commandsOfBatch)
    {
        Dictionary<Guid, HeadRow> found = [];
        HashSet<Guid> missing = [];
        foreach (var id in commandsOfBatch.SelectMany(c => c.Opens))
        {
            if (heads.TryGetValue(id, out var head))
                found[id] = head;
            else
                missing.Add(id);
        }

        if (missing.Count > 0)
        {
            foreach (var (id, head) in Store.ReadHeads(missing, sealedBytes: true))
            {
                found[id] = head;
                if (head.Kind is RecordKind.GuidelineSection or RecordKind.Form)
                {
                    if (heads.Count == MaxCachedHeads)
                        heads.Clear();
                    heads[id] = head;
                }
            }
        }

        var versions = commandsOfBatch.SelectMany(c => c.Seals).Where(id => !found.ContainsKey(id)).ToHashSet();
        if (versions.Count > 0)
        {
            foreach (var (id, head) in Store.ReadHeads(versions, sealedBytes: false))
                found[id] = head;
        }

        return found;
    }
}
