using System.Collections.Concurrent;
using System.Runtime.CompilerServices;
using System.Security.Cryptography;
using Cofferdam.Ledger;
using Cofferdam.Sealing;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Sequencing;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault;

/// <summary>The vault: keys, the one door, receipts and suspensions over a store of its own.</summary>
public sealed class VaultNode : IVault, IAsyncDisposable
{
    private readonly VaultStore store;
    private readonly KeyRing keys;
    private readonly Suspensions suspensions;
    private readonly Sequencer sequencer;
    private readonly VaultProcess process;
    private readonly TimeProvider time;
    private readonly ConcurrentDictionary<(long Lab, Guid Principal), byte[]> readerSaltKeys = new();
    private int disposed;

    private VaultNode(VaultOptions options, VaultStore store)
    {
        this.store = store;
        time = options.Time;
        // With a key file this is so wherever the folder lies: nothing shows that its disk is another one's.
        process = new VaultProcess(Guid.CreateVersion7(), options.Build, options.WebBundle, Evaluation: true);
        keys = new KeyRing(store, new KeyFileCustodian(options.KeyFolder));
        suspensions = new Suspensions(store.SuspensionsInForce().Select(row => row.Suspension));
        sequencer = new Sequencer(store, suspensions, new ReadingLimits(store, options.Limits), time);
    }

    public VaultFigures Figures => new(SealedRecord.Opens, process.Evaluation, process.Id);

    /// <summary>Opens the vault on its store, migrates it, and writes a receipt of the start into every ledger.</summary>
    /// <exception cref="VaultInUseException">Another vault process has the store open.</exception>
    /// <exception cref="KeyCustodyException">A lab's key file is missing or others may read it.</exception>
    public static async Task<VaultNode> OpenAsync(VaultOptions options, CancellationToken cancellation = default)
    {
        if (IsInside(options.KeyFolder, options.DataFolder))
            throw new ArgumentException("The key folder lies inside the data folder: a copy of the data would carry its keys. Choose another.", nameof(options));

        var vault = new VaultNode(options, VaultStore.Open(options));
        try
        {
            await vault.CreateLabAsync(LabId.Node, cancellation);
            foreach (var lab in vault.store.Labs())
            {
                await vault.RestoreSuspensionsAsync(new LabId(lab.Id), cancellation);
                await vault.NoteProcessAsync(new LabId(lab.Id), Act.Start, cancellation);
            }

            return vault;
        }
        catch
        {
            await vault.CloseAsync();
            throw;
        }
    }

    public async Task CreateLabAsync(LabId lab, CancellationToken cancellation = default)
    {
        if (store.Lab(lab.Value) is not null)
            return;
        var (key, wrapped) = await keys.NewLabKeyAsync(lab, cancellation);
        await sequencer.SubmitAsync(
            new ControlCommand<LabRow>(
                new LabKeys(0, lab, []),
                batch => batch.Store.InsertLab(lab.Value, key, wrapped, new CompactRange().ToBytes(), batch.Now)),
            cancellation);
        await CreateProjectAsync(lab, ProjectId.None, cancellation);
    }

    public async Task CreateProjectAsync(LabId lab, ProjectId project, CancellationToken cancellation = default)
    {
        var owner = await LabAsync(lab, cancellation);
        if (keys.Project(owner, project) is not null)
            return;
        var row = KeyRing.NewProjectKey(owner, project);
        await sequencer.SubmitAsync(
            new ControlCommand<long>(owner, batch =>
            {
                batch.Store.InsertProjectKey(row, batch.Now);
                return AppendAct(batch, owner, Act.CreateKey, project, Principal.Service, facts => facts);
            }),
            cancellation);
    }

    public async Task<SealOutcome> SealAsync(SealRequest request, CancellationToken cancellation = default)
    {
        CheckCount(request.Records.Count);
        var lab = await LabAsync(request.Lab, cancellation);
        if (keys.Project(lab, request.Project) is not { } project)
            return new SealOutcome.UnknownProject();

        while (true)
        {
            var rows = request.Records.Select(record => SealRow(lab, project, record)).ToList();
            var outcome = await sequencer.SubmitAsync(new SealCommand(lab, request.Project, request.By, rows, process), cancellation);
            if (outcome is not SealOutcome.Conflict conflict
                || request.Records.First(r => r.Id == conflict.Id).ExpectedVersion is not null
                || store.HeadVersion(conflict.Id.Value) == rows.First(r => r.Id == conflict.Id.Value).Version - 1)
            {
                return outcome;
            }
        }
    }

    public async ValueTask<OpenOutcome> OpenAsync(OpenRequest request, CancellationToken cancellation = default)
    {
        CheckCount(request.Records.Count);
        if (request.Act is not (Act.Open or Act.Export))
            throw new ArgumentException("Plaintext is opened or exported.", nameof(request));
        var lab = await LabAsync(request.Lab, cancellation);
        var project = keys.Project(lab, request.Project);

        var decision = await sequencer.SubmitAsync(new OpenCommand(lab, request, project is not null, process), cancellation);
        if (decision is OpenDecision.Refused refused)
            return refused.Outcome;

        var granted = (OpenDecision.Granted)decision;
        var opened = new OpenedRecord[granted.Heads.Length];
        for (var i = 0; i < opened.Length; i++)
        {
            if (!TryUnseal(lab, project!, granted.Heads[i], out var plaintext))
                return await WithdrawAsync(lab, request, granted, RefusalReason.NotAsSealed);
            opened[i] = new OpenedRecord(request.Records[i].Id, granted.Heads[i].Version, plaintext);
        }

        // A suspension may have come in between the commit and here.
        if (suspensions.Epoch != granted.Epoch
            && suspensions.Covering(request.Lab, request.Project, request.Principal, time.GetUtcNow()) is { } suspension)
        {
            return await WithdrawAsync(lab, request, granted, RefusalReason.Suspended, suspension);
        }

        return new OpenOutcome.Opened(granted.Receipt, opened);
    }

    public async Task<long> RecordRefusalAsync(RefusalNote note, CancellationToken cancellation = default)
    {
        if (note.Asked.Count > IVault.MaxRecordsPerAct)
            throw new ArgumentException($"At most {IVault.MaxRecordsPerAct} ids in one refusal.", nameof(note));
        var lab = await LabAsync(note.Lab, cancellation);
        return (long)await sequencer.SubmitAsync(new RefusalCommand(lab, ProjectId.None, note, process), cancellation);
    }

    public async Task RemoveAsync(LabId lab, ProjectId project, Principal by, IReadOnlyList<RecordRef> records, CancellationToken cancellation = default)
    {
        CheckCount(records.Count);
        var owner = await LabAsync(lab, cancellation);
        await sequencer.SubmitAsync(
            new ControlCommand<int>(owner, batch =>
            {
                var heads = batch.Store.ReadHeads([.. records.Select(r => r.Id.Value)], sealedBytes: false);
                var ours = heads.Values.Where(h => h.Lab == owner.Number && h.Project == project.Value && records.Contains(new RecordRef(h.Kind, new RecordId(h.Id)))).ToList();
                if (ours.Count == 0)
                    return 0;
                batch.Store.RemoveRecords([.. ours.Select(h => h.Id)]);
                batch.Sequencer.Forget(ours.Select(h => h.Id));
                AppendAct(batch, owner, Act.Remove, project, by, facts => facts with
                {
                    Records = [.. ours.Select(h => new ReceiptLine(ReceiptText.Name(h.Kind), h.Id, h.Version, h.ContentId, h.Bytes, Again: false))],
                });
                return ours.Count;
            }),
            cancellation);
    }

    public async IAsyncEnumerable<RecordId> ListAsync(
        LabId lab, ProjectId project, RecordKind kind, DateTimeOffset since, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 1_000;
        var owner = await LabAsync(lab, cancellation);
        var after = Guid.CreateVersion7(since);
        // The first id of that millisecond: the random part all zero.
        after = new Guid([.. after.ToByteArray(bigEndian: true)[..6], 0, 0, 0, 0, 0, 0, 0, 0, 0, 0], bigEndian: true);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var ids = store.Records(owner.Number, project.Value, kind, after, page);
            foreach (var id in ids)
                yield return new RecordId(id);
            if (ids.Count < page)
                yield break;
            after = ids[^1];
        }
    }

    public async ValueTask<IReadOnlyList<byte[]>> FingerprintAsync(
        LabId lab, ProjectId project, IReadOnlyList<ReadOnlyMemory<byte>> values, CancellationToken cancellation = default)
    {
        var owner = await LabAsync(lab, cancellation);
        var key = keys.Project(owner, project)?.FingerprintKey ?? throw new InvalidOperationException("The project has no key in the vault.");
        return [.. values.Select(value => HMACSHA256.HashData(key, value.Span))];
    }

    public async Task<Suspension> SuspendAsync(SuspendRequest request, CancellationToken cancellation = default)
    {
        var lab = await LabAsync(request.Lab, cancellation);
        return (Suspension)await sequencer.SubmitAsync(
            new ControlCommand<Suspension>(
                lab,
                batch =>
                {
                    var last = batch.Store.LastDisclosure(lab.Number, request.Scope);
                    var id = Guid.CreateVersion7();
                    var suspension = new Suspension(
                        id, request.Lab, request.Scope, request.Reason, batch.Now, request.Until, batch.NextSequence(lab), last);
                    AppendAct(batch, lab, Act.Suspend, ScopedProject(request.Scope), request.By, facts => facts with
                    {
                        Suspension = ReceiptText.Facts(suspension),
                        Epoch = suspensions.Epoch + 1,
                    });
                    batch.Store.InsertSuspension(new SuspensionRow(lab.Number, suspension));
                    return suspension;
                },
                suspensions.Add),
            cancellation);
    }

    public async Task<bool> ResumeAsync(LabId lab, Guid suspension, Principal by, CancellationToken cancellation = default)
    {
        var owner = await LabAsync(lab, cancellation);
        return (bool)await sequencer.SubmitAsync(
            new ControlCommand<bool>(
                owner,
                batch =>
                {
                    if (suspensions.Of(lab).FirstOrDefault(s => s.Id == suspension) is not { } lifted)
                        return false;
                    batch.Store.EndSuspension(suspension, batch.Now);
                    AppendAct(batch, owner, Act.Resume, ScopedProject(lifted.Scope), by, facts => facts with
                    {
                        Suspension = ReceiptText.Facts(lifted),
                        Epoch = suspensions.Epoch + 1,
                    });
                    return true;
                },
                resumed =>
                {
                    if (resumed)
                        suspensions.Remove(suspension);
                }),
            cancellation);
    }

    public ValueTask<IReadOnlyList<Suspension>> SuspensionsAsync(LabId lab, CancellationToken cancellation = default)
    {
        var now = time.GetUtcNow();
        return ValueTask.FromResult<IReadOnlyList<Suspension>>([.. suspensions.Of(lab).Where(s => s.Until is not { } until || until > now)]);
    }

    public async Task<IReadOnlyList<ReceiptEntry>> ReceiptsAsync(ReceiptQuery query, CancellationToken cancellation = default)
    {
        var lab = await LabAsync(query.Lab, cancellation);
        return [.. store.Receipts(lab.Number, query).Select(row => Entry(lab, row))];
    }

    public async Task<ReceiptEntry?> ReceiptAsync(LabId lab, long sequence, CancellationToken cancellation = default)
    {
        var owner = await LabAsync(lab, cancellation);
        return sequence >= 0 && store.Receipt(owner.Number, sequence) is { } row ? Entry(owner, row) : null;
    }

    public async IAsyncEnumerable<ReceiptEntry> LedgerAsync(LabId lab, long from = 0, [EnumeratorCancellation] CancellationToken cancellation = default)
    {
        const int page = 500;
        var owner = await LabAsync(lab, cancellation);
        while (true)
        {
            cancellation.ThrowIfCancellationRequested();
            var rows = store.ReceiptsFrom(owner.Number, from, page);
            foreach (var row in rows)
                yield return Entry(owner, row);
            if (rows.Count < page)
                yield break;
            from = rows[^1].Sequence + 1;
        }
    }

    public async Task<LedgerHead> HeadAsync(LabId lab, CancellationToken cancellation = default)
    {
        var owner = await LabAsync(lab, cancellation);
        var ledger = store.Ledger(owner.Number);
        return new LedgerHead(ledger.Size, CompactRange.Parse(ledger.Frontier).Root());
    }

    /// <summary>Finishes what waits, writes a receipt of the stop into every ledger, and lets go of the store.</summary>
    public async ValueTask DisposeAsync()
    {
        if (Interlocked.Exchange(ref disposed, 1) == 1)
            return;
        try
        {
            foreach (var lab in store.Labs())
                await NoteProcessAsync(new LabId(lab.Id), Act.Stop, CancellationToken.None);
        }
        catch (VaultStoreException)
        {
            // A store that fails now has no receipt of the stop, which is what the ledger will then say.
        }
        finally
        {
            await CloseAsync();
        }
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

    private static ProjectId ScopedProject(Scope scope) => scope.Kind == ScopeKind.Project ? new ProjectId(scope.Id) : ProjectId.None;

    private static void CheckCount(int records)
    {
        if (records is < 1 or > IVault.MaxRecordsPerAct)
            throw new ArgumentOutOfRangeException(nameof(records), records, $"1 to {IVault.MaxRecordsPerAct} records in one act.");
    }

    private static bool TryUnseal(LabKeys lab, ProjectKeys project, HeadRow head, out byte[] plaintext)
    {
        plaintext = [];
        return head.Key == project.Id
            && SealedRecord.TryOpen(new RecordContext(lab.Id.Value, head.Project, (byte)head.Kind, head.Id, head.Version, head.Key), project.Key, head.Sealed, out plaintext)
            // What the receipt says of it.
            && plaintext.Length == head.Bytes
            && SealedRecord.ContentId(head.Sealed).AsSpan().SequenceEqual(head.ContentId);
    }

    private ReceiptEntry Entry(LabKeys lab, ReceiptRow row) => ReceiptReading.Entry(row, ReaderSaltKey(lab, row.Principal));

    private byte[] ReaderSaltKey(LabKeys lab, Guid principal) => readerSaltKeys.GetOrAdd(
        (lab.Number, principal),
        key => KeyRing.OpenSaltKey(lab, key.Principal, store.SaltKey(key.Lab, key.Principal)
            ?? throw new InvalidOperationException("A receipt has no salt key: the store was edited.")));

    /// <summary>Keeps in force what the ledger says is, whatever became of its row.</summary>
    private async Task RestoreSuspensionsAsync(LabId lab, CancellationToken cancellation)
    {
        var owner = await LabAsync(lab, cancellation);
        var known = suspensions.Of(lab).Select(suspension => suspension.Id).ToHashSet();
        var told = SuspensionHistory.InForce(
            lab, store.SuspensionReceipts(owner.Number), row => Receipt.Salt(ReaderSaltKey(owner, row.Principal), row.Sequence));
        // Nobody has been answered yet: the sequencer has nothing to do with suspensions before that.
        foreach (var suspension in told.Where(suspension => !known.Contains(suspension.Id)))
            suspensions.Add(suspension);
    }

    private HeadRow SealRow(LabKeys lab, ProjectKeys project, SealItem item)
    {
        if (item.Plaintext.Length > IVault.MaxRecordBytes)
            throw new ArgumentException($"A record holds at most {IVault.MaxRecordBytes} bytes.", nameof(item));
        var version = (item.ExpectedVersion ?? store.HeadVersion(item.Id.Value) ?? 0) + 1;
        var context = new RecordContext(lab.Id.Value, project.Project.Value, (byte)item.Kind, item.Id.Value, version, project.Id);
        var sealedBytes = SealedRecord.Seal(context, project.Key, item.Plaintext.Span);
        return new HeadRow(
            item.Id.Value, lab.Number, project.Project.Value, item.Kind, version, project.Id, SealedRecord.ContentId(sealedBytes), item.Plaintext.Length, sealedBytes);
    }

    private async Task<OpenOutcome> WithdrawAsync(LabKeys lab, OpenRequest request, OpenDecision.Granted granted, RefusalReason reason, Suspension? suspension = null)
    {
        var note = new RefusalNote(request.Lab, request.Principal, reason, [.. request.Records.Select(r => r.Id.Value)], request.Session);
        var receipt = (long)await sequencer.SubmitAsync(new RefusalCommand(lab, request.Project, note, process, withdraws: granted.Receipt), CancellationToken.None);
        return new OpenOutcome.Refused(reason, receipt, suspension);
    }

    private long AppendAct(Batch batch, LabKeys lab, Act act, ProjectId project, Principal by, Func<ReceiptFacts, ReceiptFacts> facts)
    {
        var sequence = batch.Reserve(lab);
        batch.Append(lab, sequence, act, project, by, 0, facts(process.Facts(lab, project, by)));
        return sequence;
    }

    private async Task NoteProcessAsync(LabId lab, Act act, CancellationToken cancellation)
    {
        var owner = await LabAsync(lab, cancellation);
        await sequencer.SubmitAsync(
            new ControlCommand<long>(owner, batch => AppendAct(batch, owner, act, ProjectId.None, Principal.Service, facts => facts)), cancellation);
    }

    private async ValueTask<LabKeys> LabAsync(LabId lab, CancellationToken cancellation) =>
        await keys.LabAsync(lab, cancellation) ?? throw new InvalidOperationException("The vault does not know this lab; create it first.");

    private async ValueTask CloseAsync()
    {
        await sequencer.DisposeAsync();
        store.Dispose();
    }
}
