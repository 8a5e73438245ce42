using System.Collections.Concurrent;
using System.Text;
using Cofferdam.Durable;
using Cofferdam.Ledger;
using Cofferdam.Vault.Contract;
using Cofferdam.Vault.Keys;
using Cofferdam.Vault.Store;

namespace Cofferdam.Vault.Logs;

/// <summary>The growing logs of all labs of a vault process.</summary>
internal sealed class LabLogs : IAsyncDisposable
{
    private readonly VaultStore store;
    private readonly TimeProvider time;
    private readonly string folders;
    private readonly string node;
    private readonly WitnessPolicy? policy;
    private readonly HttpClient http;
    private readonly bool publish;
    private readonly ConcurrentDictionary<long, OpenLog> open = new();
    private readonly ConcurrentDictionary<long, Lazy<Task>> opening = new();
    private readonly List<OpenLog> replaced = [];

    /// <exception cref="PlatformNotSupportedException">There is no libcrypto; the message says what to install.</exception>
    /// <exception cref="ArgumentException">The witness policy cannot be read; the message says why.</exception>
    public LabLogs(VaultStore store, VaultOptions options)
    {
        this.store = store;
        time = options.Time;
        folders = options.LogFolder ?? Path.Combine(options.DataFolder, "ledger");
        node = options.NodeName;
        policy = options.WitnessPolicy is { } path ? Read(path) : null;
        http = WitnessClient.Http(options.WitnessHttp);
        publish = options.PublishLogs;

        // Rather now than at the first checkpoint.
        Ed25519.PublicKey(new byte[Ed25519.SeedBytes]);
    }

    /// <summary>The log of a lab that grows; null where the lab has not been named yet.</summary>
    public OpenLog? Find(long lab) => open.GetValueOrDefault(lab);

    /// <summary>Why nothing may be written to a lab's ledger; null where it may.</summary>
    public VaultUnavailableException? Refusal(long lab) => Find(lab)?.Log.Refusal();

    /// <summary>The sequencer has committed leaves.</summary>
    public void Committed(LedgerRow row, long from, IReadOnlyList<byte[]> leaves)
    {
        if (Find(row.Lab) is not { } found || found.Log.Ordinal != row.Log)
            return;
        if (!publish)
            return;
        found.Log.Tail.Add(row, from, leaves);
        found.Publisher.Wake();
    }

    /// <summary>Name of a new lab's log.</summary>
    public string OriginOf(string slug) => $"{node}/ledger/{slug}";

    /// <summary>The origin of the log after one.</summary>
    public static string OriginAfter(LedgerRow row) => row.Log == 1 ? $"{row.Origin}.2" : $"{row.Origin![..row.Origin!.LastIndexOf('.')]}.{row.Log + 1}";

    /// <summary>Opens a lab's log, once what its folder and its witnesses remember of it has been compared with the store.</summary>
    /// <param name="isNew">It was named just now: nobody can remember it.</param>
    /// <exception cref="IOException">The log's folder cannot be read or written.</exception>
    public async Task OpenAsync(LabKeys lab, bool isNew = false, CancellationToken cancellation = default)
    {
        if (open.ContainsKey(lab.Number) || store.LogKey(lab.Number) is not { } key)
            return;

        // Once, however many ask at the same time; whoever comes after a failure tries again.
        var once = opening.GetOrAdd(lab.Number, _ => new Lazy<Task>(() => OpenOnceAsync(lab, key, isNew)));
        try
        {
            await once.Value.WaitAsync(cancellation);
        }
        catch when (once.Value.IsFaulted)
        {
            opening.TryRemove(KeyValuePair.Create(lab.Number, once));
            throw;
        }
    }

    /// <summary>Puts a lab's new log in the place of the one that was closed. The sequencer's, once that is durable.</summary>
    public void Replace(LabKeys lab)
    {
        var old = open[lab.Number];
        var made = Make(store.Ledger(lab.Number), old.Log.Seed);
        open[lab.Number] = made;
        replaced.Add(old);
        made.Start();
    }

    /// <summary>The policy that stands beside the checkpoint: the log's key, and the witnesses that the node asks.</summary>
    public async Task WritePolicyAsync(LabLog log, CancellationToken cancellation)
    {
        var witnesses = policy is null
            ? "quorum none\n"
            : string.Concat(policy.Text.Split('\n', StringSplitOptions.RemoveEmptyEntries).Where(line => !line.TrimStart().StartsWith("log", StringComparison.Ordinal)).Select(line => line + "\n"));
        var text = Encoding.UTF8.GetBytes($"log {log.Signer.Verifier}\n{witnesses}");
        if (await log.Folder.ReadAsync(LogSource.PolicyName, WitnessPolicy.MaxBytes, cancellation) is { } there && there.AsSpan().SequenceEqual(text))
            return;
        Directory.CreateDirectory(log.Folder.Path);
        await DurableFile.WriteAsync(Path.Combine(log.Folder.Path, LogSource.PolicyName), overwrite: true, file => file.WriteAsync(text, CancellationToken.None).AsTask());
    }

    /// <summary>Publishes what is committed, and ends.</summary>
    public async ValueTask DisposeAsync()
    {
        foreach (var log in open.Values.Concat(replaced))
            await log.DisposeAsync();
        http.Dispose();
    }

    private async Task OpenOnceAsync(LabKeys lab, LogKeyRow key, bool isNew)
    {
        var made = Make(store.Ledger(lab.Number), LogKeys.Open(lab, key));
        if (!isNew)
            await made.CompareAsync(policy?.AsksWitnesses == true, CancellationToken.None);
        await WritePolicyAsync(made.Log, CancellationToken.None);
        open[lab.Number] = made;
        made.Start();
    }

    private OpenLog Make(LedgerRow row, byte[] seed) => new(new LabLog(row, seed, folders), store, policy, http, time);

    private static WitnessPolicy Read(string path) => WitnessPolicy.TryParse(File.ReadAllBytes(path), out var policy, out var wrong)
        ? policy
        : throw new ArgumentException($"The witness policy {path} cannot be read: {wrong}.", nameof(path));
}
