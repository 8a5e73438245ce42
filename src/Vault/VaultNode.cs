using System.Reflection;
using System.Security.Cryptography;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Attestation;
using Cofferdam.Vault.Budgets;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Heads;
using Cofferdam.Vault.Index;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Logs;
using Cofferdam.Vault.Proposals;
using Cofferdam.Vault.Processes;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>One vault process: keys, suspensions, and the one writer of a store. Server processes come in through its doors.</summary>
public sealed class VaultNode : IAsyncDisposable
{
    private readonly KeyCache<LabKeys, Erasures> erasures = new();
    private int disposed;

    private VaultNode(VaultOptions options, VaultStore store, Custodians custodians)
    {
        Store = store;
        Time = options.Time;
        Keys = new KeyRing(store, custodians);
        Suspensions = new Suspensions(store.SuspensionsInForce().Select(row => row.Suspension));
        Logs = new LabLogs(store, options);
        Policies = new PolicyBook(store, Salt, options.Policy);
        BudgetSeals = new BudgetSeals(ServiceSaltKey);
        AttestationSeals = new AttestationSeals(ServiceSaltKey);
        Verifying = new VerifyingKeys(store, AttestationSeals);
        var others = new OtherVaults(store, Suspensions, Keys, Salt, () =>
        {
            DropKeys();
            Sequencer!.DropSoon();
        });
        Sequencer = new Sequencer(
            store, Keys, Suspensions, others, new BudgetBook(store, Policies, BudgetSeals), new AttestationBook(store, AttestationSeals), Logs, new HeadVersions(store, options.AcceptVersions), Time);
        var lease = store.Processes is null ? null : new Lease(Time);
        HandOuts = new HandOuts(Suspensions, lease, Time);
        if (store.Processes is { } processes)
            Lease = new LeaseKeeper(Id, processes, others, HandOuts, Suspensions, lease!, Time);
        Rekeying = new Rekeying(this);
        var build = typeof(VaultNode).Assembly.GetCustomAttribute<AssemblyInformationalVersionAttribute>()?.InformationalVersion ?? "unknown";
        Own = new VaultProcess(Id, Id, new CallerProcess(build, null, Environment.MachineName));
        Clock = new ProposalClock(this, new ProposalActs(this));
        Indexing = new ReceiptIndexing(this);
        Watch = new CustodyWatch(this);
    }

    /// <summary>Of this vault process, new at every start.</summary>
    public Guid Id { get; } = Guid.CreateVersion7();

    internal VaultStore Store { get; }

    internal TimeProvider Time { get; }

    internal KeyRing Keys { get; }

    internal Suspensions Suspensions { get; }

    internal PolicyBook Policies { get; }

    internal BudgetSeals BudgetSeals { get; }

    internal AttestationSeals AttestationSeals { get; }

    internal VerifyingKeys Verifying { get; }

    internal LabLogs Logs { get; }

    internal Sequencer Sequencer { get; }

    /// <summary>What this process does without being asked.</summary>
    internal VaultProcess Own { get; }

    internal ProposalClock Clock { get; }

    internal ReceiptIndexing Indexing { get; }

    internal CustodyWatch Watch { get; }

    internal Rekeying Rekeying { get; }

    internal HandOuts HandOuts { get; }

    /// <summary>Null where this is the store's only vault process.</summary>
    internal LeaseKeeper? Lease { get; }

    /// <summary>Opens the vault on its store and migrates it.</summary>
    /// <exception cref="VaultInUseException">Another vault process has the store open.</exception>
    /// <exception cref="VaultUnavailableException">A custodian cannot be used: a key file is missing, say, or others may read it.</exception>
    public static async Task<VaultNode> OpenAsync(VaultOptions options, CancellationToken cancellation = default)
    {
        if (IsInside(options.KeyFolder, options.DataFolder))
            throw new ArgumentException("The key folder lies inside the data folder: a copy of the data would carry its keys. Choose another.", nameof(options));

        var custodians = new Custodians(options);
        VaultNode vault;
        try
        {
            vault = new VaultNode(options, VaultStore.Open(options), custodians);
        }
        catch
        {
            custodians.Dispose();
            throw;
        }

        try
        {
            // Witnesses may take their time: all labs' at once.
            await Task.WhenAll(vault.Store.Labs().Select(lab => vault.LabAsync(new LabId(lab.Id), cancellation).AsTask()));
            foreach (var lab in vault.Store.Labs())
            {
                var keys = await vault.LabAsync(new LabId(lab.Id), cancellation);
                vault.Suspensions.Read(vault.Store, keys.Number, keys.Id, row => vault.Salt(keys, row));
                await vault.TellRecoveryAsync(new LabId(lab.Id), cancellation);
            }

            vault.Clock.Start();
            vault.Watch.Start();
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
        var process = new VaultProcess(ownProcess ? Guid.CreateVersion7() : Id, Id, caller);
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
        try
        {
            await Indexing.DisposeAsync();
            await Watch.DisposeAsync();
            await Clock.DisposeAsync();
            await Sequencer.DisposeAsync();
            // Over the last receipts too.
            await Logs.DisposeAsync();
        }
        finally
        {
            Lease?.Dispose();
            Store.Dispose();
            Keys.Custodians.Dispose();
        }
    }

    /// <exception cref="VaultUnavailableException">The lab's custodian cannot be used.</exception>
    internal async ValueTask<LabKeys> LabAsync(LabId lab, CancellationToken cancellation)
    {
        try
        {
            var keys = await Keys.LabAsync(lab, cancellation) ?? throw new InvalidOperationException("The vault does not know this lab; create it first.");
            // Another process of this store may have made the lab.
            if (Logs.Find(keys.Number) is null)
                await Logs.OpenAsync(keys, cancellation: cancellation);
            return keys;
        }
        catch (KeyCustodyException e)
        {
            throw new VaultUnavailableException(VaultTrouble.Custodian, e.Message, e);
        }
    }

    /// <summary>Between the approval of a proposal and its effect. On the sequencer's thread.</summary>
    internal TimeSpan Delay(LabKeys lab, ProposalKind kind) => kind is ProposalKind.ShredProject or ProposalKind.ShredLab or ProposalKind.ErasePerson
        ? Sequencer.Budgets.PolicyOf(lab).Policy.ShredDelay
        : TimeSpan.Zero;

    /// <summary>Writes the receipt of an act of this process's own.</summary>
    internal long AppendOwn(Batch batch, LabKeys lab, Act act, ProjectId project, Func<ReceiptFacts, ReceiptFacts> facts)
    {
        var sequence = batch.Reserve(lab);
        batch.Append(lab, sequence, act, project, Principal.Service, 0, facts(Own.Facts(lab, project, Principal.Service)));
        return sequence;
    }

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

    internal byte[] Salt(LabKeys lab, ReceiptRow row) => Salt(lab, LogOf(lab, row), row.Principal, row.Sequence);

    /// <summary>The salt of a receipt. Empty where its person was erased; one that fits nothing where the key is missing for no such reason.</summary>
    /// <param name="log">Which of the lab's logs it is in, from 1.</param>
    internal byte[] Salt(LabKeys lab, long log, Guid principal, long sequence)
    {
        if (Keys.Salt(lab, principal) is { } key && (log != LogOf(lab) || sequence >= key.Since))
            return Receipt.Salt(LogKeys.SaltKey(key.Key, log), sequence);
        return principal != Principal.Service.Pseudonym && ErasuresOf(lab).Cover(principal, sequence) ? [] : new byte[Receipt.SaltBytes];
    }

    internal ReadReceipt Read(LabKeys lab, ReceiptRow row) => ReceiptReading.Read(lab, row, principal => Salt(lab, LogOf(lab), principal, row.Sequence));

    internal ReceiptEntry Entry(LabKeys lab, ReceiptRow row) => Read(lab, row).Entry;

    /// <summary>Drops what is kept of keys and of what became of them.</summary>
    internal void DropKeys()
    {
        Keys.Drop();
        erasures.Drop();
    }

    private byte[] ServiceSaltKey(LabKeys lab) => Keys.Salt(lab, Principal.Service.Pseudonym)?.Key
        ?? throw new CryptographicException("The salt key of this lab's services is not what was wrapped: the store was edited.");

    private long LogOf(LabKeys lab, ReceiptRow row) =>
        row.IsOf(lab.Number) ? LogOf(lab) : Store.ClosedLogs(lab.Number).First(log => row.IsOf(log.Number)).Log;

    private long LogOf(LabKeys lab) => Logs.Find(lab.Number)?.Log.Ordinal ?? 1;

    private Erasures ErasuresOf(LabKeys lab) => erasures.GetOrRead(
        lab, of => Erasures.Of(Store.ReceiptsOf(of.Number, Act.Shred), row => Salt(of, row)))!;

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

    /// <summary>Writes the receipt of a recovery, which was done while no vault ran.</summary>
    private async Task TellRecoveryAsync(LabId id, CancellationToken cancellation)
    {
        var lab = (await Keys.LabAsync(id, cancellation))!;
        if (!Store.WasRecovered(lab.Number))
            return;
        await Sequencer.SubmitAsync(
            new ControlCommand<long>(lab, batch =>
            {
                batch.Store.NoteRecovered(lab.Number, told: true);
                return AppendOwn(batch, lab, Act.Recovery, ProjectId.None, facts => facts with
                {
                    Particulars = [new("custodian", lab.Current.Custodian), new("root", lab.Current.Root), new("step", "used")],
                });
            }),
            cancellation);
    }
}
