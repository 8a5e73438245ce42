using System.Collections.Concurrent;
using System.Security.Cryptography;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Keys;

/// <summary>
/// Root key (in the custodian) wraps lab key wraps project keys and salt keys; each wrapping is bound to what it is for.
/// </summary>
internal sealed class KeyRing(VaultStore store, Custodians custodians)
{
    public const int KeyBytes = ChunkedEncryption.KeyBytes;

    private readonly ConcurrentDictionary<LabId, LabKeys> labs = new();
    private readonly KeyCache<(LabKeys Lab, Guid Project), ProjectKeys> projects = new();
    private readonly KeyCache<(LabKeys Lab, Guid Principal), SaltKey> salts = new();

    public Custodians Custodians => custodians;

    /// <summary>Labs whose keys were asked for since the start.</summary>
    public IReadOnlyCollection<LabKeys> Known => [.. labs.Values];

    /// <summary>A root key lies in a file, for all that is known on the disk of the data.</summary>
    public bool Evaluation => labs.IsEmpty ? custodians.Default.Evaluation : labs.Values.Any(lab => lab.Evaluation);

    /// <summary>A lab's key; null where the vault does not know the lab.</summary>
    /// <exception cref="KeyCustodyException">The custodian cannot unwrap it.</exception>
    /// <exception cref="VaultUnavailableException">The custodian was found to be lost.</exception>
    public async ValueTask<LabKeys?> LabAsync(LabId lab, CancellationToken cancellation)
    {
        if (labs.TryGetValue(lab, out var known) && known.TryGet(out _))
            return known;
        if (known?.Trouble is { } trouble)
            throw trouble;
        if (store.Lab(lab.Value) is not { } row)
            return null;
        var key = await UnwrapAsync(row, cancellation);
        known = labs.GetOrAdd(lab, new LabKeys(row.Number, lab));
        if (!known.TryGet(out _))
            known.Set(key);
        return known;
    }

    /// <summary>Makes sure that the key in memory is the one in the store. For who wraps anew: rare, so it may wait.</summary>
    public LabKey Fresh(LabKeys lab)
    {
        var row = store.Lab(lab.Id.Value)!;
        var key = lab.Current;
        if (IsOf(key, row))
            return key;
        key = UnwrapAsync(row, CancellationToken.None).AsTask().GetAwaiter().GetResult();
        lab.Set(key);
        return key;
    }

    /// <summary>A project's keys; null where the project has none.</summary>
    public ProjectKeys? Project(LabKeys lab, ProjectId project) => projects.GetOrRead((lab, project.Value), name => Read(
        name.Lab, key => KeyMaking.TryOpen(name.Lab.Id, key, store.ProjectKeys(name.Lab.Number, name.Project), out var keys) ? (true, keys) : (false, null)));

    /// <summary>A person's salt key, for readers of receipts; null where there is none, or none any more.</summary>
    public SaltKey? Salt(LabKeys lab, Guid principal) => salts.GetOrRead((lab, principal), name => Read(
        name.Lab, key => KeyMaking.TryOpen(name.Lab.Id, key, name.Principal, store.SaltKey(name.Lab.Number, name.Principal), out var salt) ? (true, salt) : (false, null)));

    /// <summary>Drops every key below the lab keys; each is read again when it is needed.</summary>
    public void Drop()
    {
        projects.Drop();
        salts.Drop();
    }

    /// <summary>Drops what another vault process has changed in the store: lab keys that are others now or lie elsewhere, and all below.</summary>
    /// <returns>Whether there was any.</returns>
    public bool DropChanged()
    {
        var rows = store.Labs().ToDictionary(row => row.Id);
        var changed = labs.Values.Where(lab => lab.Last is { } last && rows.TryGetValue(lab.Id.Value, out var row) && !IsOf(last, row)).ToList();
        foreach (var lab in changed)
            Follow(lab);
        if (changed.Count > 0)
            Drop();
        return changed.Count > 0;
    }

    // Where its new root key cannot be used, the old one counts for nothing: it may be there for as long as its custodian likes.
    private void Follow(LabKeys lab)
    {
        var row = store.Lab(lab.Id.Value)!;
        if (lab.Last is { } last && IsOf(last, row))
            return;
        // Other labs wait for this, too.
        using var patience = new CancellationTokenSource(CustodyWatch.Patience);
        try
        {
            lab.Set(UnwrapAsync(row, patience.Token).AsTask().WaitAsync(patience.Token).GetAwaiter().GetResult());
        }
        catch (Exception e) when (e is KeyCustodyException or OperationCanceledException)
        {
            var why = e is KeyCustodyException ? e.Message : "The custodian of this lab's root key does not answer. Nothing is opened or sealed until it does.";
            lab.Lose(new VaultUnavailableException(VaultTrouble.Custodian, why, e), new LabKey(row.Key, [], row.Custodian, row.Root, lab.Evaluation));
        }
    }

    private static bool IsOf(LabKey key, LabRow row) => (key.Id, key.Custodian, key.Root) == (row.Key, row.Custodian, row.Root);

    private async ValueTask<LabKey> UnwrapAsync(LabRow row, CancellationToken cancellation)
    {
        var custodian = custodians.Of(row.Custodian);
        var key = await custodian.UnwrapAsync(row.Id, row.Root, row.Wrapped, KeyContext.Lab(row.Id, row.Key), cancellation);
        return new LabKey(row.Key, key, row.Custodian, row.Root, custodian.Evaluation);
    }

    // A rotation may come between reading a row and using the key that it is wrapped under: then both are read again.
    private T? Read<T>(LabKeys lab, Func<byte[], (bool Opened, T? Found)> read)
        where T : class
    {
        for (var attempt = 0; ; attempt++)
        {
            var (opened, found) = read(lab.Key);
            if (opened)
                return found;
            if (attempt == 3)
                throw new CryptographicException("A key in the vault's store is not what was wrapped: the store was edited.");
            Fresh(lab);
        }
    }
}
