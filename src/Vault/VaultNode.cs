using System.Collections.Concurrent;
using System.Diagnostics.CodeAnalysis;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Logs;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>One vault process: keys, suspensions, and the one writer of a store. Server processes come in through its doors.</summary>
public sealed class VaultNode : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(long Lab, long Log, Guid Principal), byte[]> readerSaltKeys = new();
    private int disposed;

    private VaultNode(VaultOptions options, VaultStore store)
    {
        Store = store;
        Time = options.Time;
        Keys = new KeyRing(store, new KeyFileCustodian(options.KeyFolder));
        Suspensions = new Suspensions(store.SuspensionsInForce().Select(row => row.Suspension));
        Logs = new LabLogs(store, options);
        Sequencer = new Sequencer(store, Suspensions, new ReadingLimits(store, options.Limits), Logs, Time);
    }

    /// <summary>Of this vault process, new at every start.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    internal VaultStore Store { get; }

    internal TimeProvider Time { get; }

    internal KeyRing Keys { get; }

    internal Suspensions Suspensions { get; }

    internal LabLogs Logs { get; }

    internal Sequencer Sequencer { get; }

    // With a key file this is so wherever the folder lies: nothing shows that its disk is another one's.
    internal bool Evaluation => true;

    /// <summary>Opens the vault on its store and migrates it.</summary>
    /// <exception cref="VaultInUseException">Another vault process has the store open.</exception>
    /// <exception cref="KeyCustodyException">A lab's key file is missing or others may read it.</exception>
    public static async Task<VaultNode> OpenAsync(VaultOptions options, CancellationToken cancellation = default)
    {
        if (IsInside(options.KeyFolder, options.DataFolder))
            throw new ArgumentException("The key folder lies inside the data folder: a copy of the data would carry its keys. Choose another.", nameof(options));

        var vault = new VaultNode(options, VaultStore.Open(options));
        try
        {
            // Witnesses may take their time: all labs' at once.
            await Task.WhenAll(vault.Store.Labs().Select(lab => vault.LabAsync(new LabId(lab.Id), cancellation).AsTask()));
            foreach (var lab in vault.Store.Labs())
                await vault.RestoreSuspensionsAsync(new LabId(lab.Id), cancellation);
            return vault;
        }
        catch
        {
            await vault.DisposeAsync();
            throw;
        }
    }

    /// <summary>The vault in one process with its server: a door that closes the vault behind it.</summary>
    /// <inheritdoc cref="OpenAsync"/>
    public static async Task<VaultDoor> OpenWithinAsync(VaultOptions options, CallerProcess caller, CancellationToken cancellation = default)
    {
        var vault = await OpenAsync(options, cancellation);
        try
        {
            return await vault.ConnectAsync(caller, cancellation: cancellation);
        }
        catch
        {
            await vault.DisposeAsync();
            throw;
        }
    }

    /// <summary>A door for one server process; receipts of its start and, once it is disposed, of its stop go into every ledger.</summary>
    /// <param name="ownProcess">The server is another process than this vault's.</param>
    public async Task<VaultDoor> ConnectAsync(CallerProcess caller, bool ownProcess = false, CancellationToken cancellation = default)
    {
        var process = new VaultProcess(ownProcess ? Guid.CreateVersion7() : Id, Id, caller, Evaluation);
        var door = new VaultDoor(this, process);
        await door.CreateLabAsync(LabId.Node, "node", cancellation);
        foreach (var lab in Store.Labs())
            await door.NoteStartAsync(new LabId(lab.Id), cancellation);
        return door;
    }

    /// <summary>Finishes what waits and lets go of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await Sequencer.DisposeAsync();
        // Over the last receipts too.
        await Logs.DisposeAsync();
        Store.Dispose();
    }

    internal async ValueTask<LabKeys> LabAsync(LabId lab, CancellationToken cancellation)
    {
        var keys = await Keys.LabAsync(lab, cancellation) ?? throw new InvalidOperationException("The vault does not know this lab; create it first.");
        // Another process of this store may have made the lab.
        if (Logs.Find(keys.Number) is null)
            await Logs.OpenAsync(keys, cancellation: cancellation);
        return keys;
    }

    internal ReceiptEntry Entry(LabKeys lab, ReceiptRow row) => ReceiptReading.Entry(row, ReaderSaltKey(lab, Logs.Find(lab.Number)?.Log.Ordinal ?? 1, row.Principal));

    private byte[] ReaderSaltKey(LabKeys lab, long log, Guid principal) => readerSaltKeys.GetOrAdd(
        (lab.Number, log, principal),
        key => LogKeys.SaltKey(
            KeyRing.OpenSaltKey(lab, key.Principal, Store.SaltKey(key.Lab, key.Principal)
                ?? throw new InvalidOperationException("A receipt has no salt key: the store was edited.")),
            key.Log));

    private static bool IsInside(string folder, string other)
    {
        var relative = Path.GetRelativePath(WithoutLinks(other), WithoutLinks(folder));
        return relative == "." || !(relative.StartsWith("..", StringComparison.Ordinal) || Path.IsPathRooted(relative));
    }

    // Of what does not exist yet, the part that does is resolved.
    private static string WithoutLinks(string path)
    {
        var full = Path.TrimEndingDirectorySeparator(Path.GetFullPath(path));
        if (Path.GetDirectoryName(full) is not { } parent)
            return full;
        var here = new DirectoryInfo(Path.Combine(WithoutLinks(parent), Path.GetFileName(full)));
        return here.LinkTarget is not null && here.ResolveLinkTarget(returnFinalTarget: true) is { } target ? WithoutLinks(target.FullName) : here.FullName;
    }

    /// <summary>Keeps in force what the ledger says is, whatever became of its row.</summary>
    private async Task RestoreSuspensionsAsync(LabId lab, CancellationToken cancellation)
    {
        var owner = await LabAsync(lab, cancellation);
        var known = Suspensions.Of(lab).Select(suspension => suspension.Id).ToHashSet();
        // What was suspended when a log was closed still is: the one that follows it says nothing of that.
        (long Number, long Log)[] logs = [.. Store.ClosedLogs(owner.Number).Select(log => (log.Number, log.Log)), (owner.Number, Store.Ledger(owner.Number).Log)];
        var told = SuspensionHistory.InForce(
            lab,
            logs.SelectMany(log => Store.SuspensionReceipts(log.Number)),
            row => Receipt.Salt(ReaderSaltKey(owner, logs.First(log => row.IsOf(log.Number)).Log, row.Principal), row.Sequence));
        // Nobody has been answered yet: the sequencer has nothing to do with suspensions before that.
        foreach (var suspension in told.Where(suspension => !known.Contains(suspension.Id)))
            Suspensions.Add(suspension);
    }
}
