using System.Collections.Concurrent;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Processes;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>One vault process: keys, suspensions, and the one writer of a store. Server processes come in through its doors.</summary>
public sealed class VaultNode : IAsyncDisposable
{
    private readonly ConcurrentDictionary<(long Lab, Guid Principal), byte[]> readerSaltKeys = new();
    private int disposed;

    private VaultNode(VaultOptions options, VaultStore store)
    {
        Store = store;
        Time = options.Time;
        Keys = new KeyRing(store, new KeyFileCustodian(options.KeyFolder));
        Suspensions = new Suspensions(store.SuspensionsInForce().Select(row => row.Suspension));
        var others = new OtherVaults(store, Suspensions, Keys, Salt);
        Sequencer = new Sequencer(store, Suspensions, others, new ReadingLimits(store, options.Limits), Time);
        var lease = store.Processes is null ? null : new Lease(Time);
        HandOuts = new HandOuts(Suspensions, lease, Time);
        if (store.Processes is { } processes)
            Lease = new LeaseKeeper(Id, processes, others, HandOuts, Suspensions, lease!, Time);
    }

    /// <summary>Of this vault process, new at every start.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    internal VaultStore Store { get; }

    internal TimeProvider Time { get; }

    internal KeyRing Keys { get; }

    internal Suspensions Suspensions { get; }

    internal Sequencer Sequencer { get; }

    internal HandOuts HandOuts { get; }

    /// <summary>Null where this is the store's only vault process.</summary>
    internal LeaseKeeper? Lease { get; }

    /// <summary>Whether lifting any suspension of the lab takes two people.</summary>
    internal Func<LabId, bool> TwoToResume { get; set; } = _ => false;

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
            foreach (var lab in vault.Store.Labs())
            {
                var keys = await vault.LabAsync(new LabId(lab.Id), cancellation);
                vault.Suspensions.Read(vault.Store, keys.Number, keys.Id, row => vault.Salt(keys, row));
            }

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
            await door.NoteProcessAsync(new LabId(lab.Id), Act.Start, cancellation);
        return door;
    }

    /// <summary>Finishes what waits and lets go of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        await Sequencer.DisposeAsync();
        Lease?.Dispose();
        Store.Dispose();
    }

    internal async ValueTask<LabKeys> LabAsync(LabId lab, CancellationToken cancellation) =>
        await Keys.LabAsync(lab, cancellation) ?? throw new InvalidOperationException("The vault does not know this lab; create it first.");

    /// <summary>The last step before plaintext goes out.</summary>
    /// <returns>The suspension that stops it; null: it goes out.</returns>
    /// <exception cref="VaultStoreException">This process has no lease of its store, and gets none.</exception>
    internal async ValueTask<Suspension?> HandOutAsync(Disclosure disclosure, LabKeys lab, long receipt)
    {
        Suspension? suspension;
        while (!HandOuts.TryPass(disclosure, lab.Number, receipt, out suspension))
            await Lease!.HoldAsync();
        return suspension;
    }

    internal ReceiptEntry Entry(LabKeys lab, ReceiptRow row) => ReceiptReading.Entry(
        row, ReaderSaltKey(lab, row.Principal) ?? throw new InvalidOperationException("A receipt has no salt key: the store was edited."));

    /// <summary>The salt of a receipt; null where its key is gone.</summary>
    internal byte[]? Salt(LabKeys lab, ReceiptRow row) => ReaderSaltKey(lab, row.Principal) is { } key ? Receipt.Salt(key, row.Sequence) : null;

    private byte[]? ReaderSaltKey(LabKeys lab, Guid principal)
    {
        if (!readerSaltKeys.TryGetValue((lab.Number, principal), out var key) && Store.SaltKey(lab.Number, principal) is { } wrapped)
            readerSaltKeys[(lab.Number, principal)] = key = KeyRing.OpenSaltKey(lab, principal, wrapped);
        return key;
    }

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
}
