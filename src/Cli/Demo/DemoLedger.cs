using System.Diagnostics;
using System.Text;
using System.Text.Json.Serialization;
using Cofferdam.ApiClient;
using Cofferdam.Ledger;

namespace Cofferdam.Cli.Demo;

/// <summary>The lab's log as a stranger sees it: published files over HTTP, believed by nobody's word.</summary>
internal sealed class DemoLedger : IDisposable
{
    private static readonly TimeSpan Look = TimeSpan.FromMilliseconds(50);

    /// <summary>For the checkpoint over the last receipts, and the witness's signature.</summary>
    private static readonly TimeSpan Patience = TimeSpan.FromSeconds(20);

    private readonly HttpClient http;
    private readonly LogUrl source;
    private readonly WitnessPolicy policy;

    private DemoLedger(HttpClient http, LogUrl source, WitnessPolicy policy)
    {
        this.http = http;
        this.source = source;
        this.policy = policy;
    }

    /// <summary>The log's key, as it was before anything happened.</summary>
    public VerifierKey Key => policy.Logs[0].Key;

    /// <summary>Keeps the log's key, with which alone it is judged from now on.</summary>
    /// <param name="address">Where the log is published.</param>
    /// <exception cref="CliException">No log is there.</exception>
    public static async Task<DemoLedger> OpenAsync(Uri address, DemoWitness witness, CancellationToken cancellation)
    {
        var http = LedgerPlace.Http();
        var source = new LogUrl(http, address);
        if (await source.ReadAsync(LogSource.PolicyName, WitnessPolicy.MaxBytes, cancellation) is { } bytes
            && WitnessPolicy.TryParse(bytes, out var published, out _)
            && published.Logs is [var log]
            && WitnessPolicy.TryParse(Encoding.UTF8.GetBytes($"log {log.Key}\n{witness.PolicyLines}"), out var policy, out _))
        {
            return new DemoLedger(http, source, policy);
        }

        http.Dispose();
        throw new CliException(ExitCode.NotTrue, "no-log", $"no log is published at {address}", "that is a fault of the node");
    }

    /// <summary>The newest checkpoint, to be kept as an auditor would.</summary>
    /// <returns>Null where the log's key has signed none.</returns>
    public async Task<Checkpoint?> SeenAsync(CancellationToken cancellation) =>
        await source.ReadCheckpointAsync(cancellation) is { } note && Checkpoint.Open(note, Key) is CheckpointOpening.Opened opened ? opened.Checkpoint : null;

    /// <summary>Takes a copy of the log once a checkpoint over all receipts is witnessed, and checks it without the node.</summary>
    /// <param name="head">Size and root that the receipts themselves have.</param>
    /// <param name="earlier">A checkpoint kept from the middle of the run.</param>
    /// <param name="folder">Where the copy goes.</param>
    public async Task<LedgerReport> CheckAsync(LedgerHead head, Checkpoint? earlier, string folder, CancellationToken cancellation)
    {
        var note = await LastAsync(head.Size, cancellation);
        if (policy.Open(note) is not PolicyOpening.Satisfied { Checkpoint: var last })
            return new LedgerReport(0, Encoding.UTF8.GetString(note), [], Consistent: false);
        await LogCopy.WriteAsync(source, note, last.Size, folder, cancellation);

        var copy = new LogFolder(folder);
        var report = await LogVerification.VerifyAsync(copy, new LogCheck { Policy = policy, OwnPolicy = policy, Since = earlier }, null, cancellation);
        var receipts = new Checkpoint(last.Origin, head.Size, Convert.FromBase64String(head.Root));
        var consistent = earlier is { Size: > 0 }
            && earlier.Size < last.Size
            && report is { Sound: true, Receipts: true }
            && await LogVerification.SinceAsync(copy, receipts, last, cancellation) is null;
        return new LedgerReport(last.Size, Encoding.UTF8.GetString(note), report.Cosigned, consistent);
    }

    public void Dispose() => http.Dispose();

    // The newest that is good under the policy; where that takes too long, the newest.
    private async Task<byte[]> LastAsync(long size, CancellationToken cancellation)
    {
        var waited = Stopwatch.StartNew();
        while (true)
        {
            var note = await source.ReadCheckpointAsync(cancellation) ?? [];
            if ((policy.Open(note) is PolicyOpening.Satisfied { Checkpoint.Size: var signed } && signed >= size) || waited.Elapsed > Patience)
                return note;
            await Task.Delay(Look, cancellation);
        }
    }
}

/// <summary>The lab's log, checked offline from the files that are published.</summary>
/// <param name="Checkpoint">The last one, as log and witnesses signed it.</param>
/// <param name="Witnessed">Witnesses whose signatures under it are good.</param>
/// <param name="Consistent">Every tile and entry is what was signed, and the log goes on from a checkpoint kept in the middle of the run and from the receipts' own root.</param>
internal sealed record LedgerReport(
    [property: JsonPropertyName("size")] long Size,
    [property: JsonPropertyName("checkpoint")] string Checkpoint,
    [property: JsonPropertyName("witnessed")] IReadOnlyList<string> Witnessed,
    [property: JsonPropertyName("consistent")] bool Consistent);

/// <summary>What the receipt of a suspension proves.</summary>
/// <param name="LastDisclosure">Sequence number of the last disclosure of the project before its suspension, by the suspension's receipt.</param>
/// <param name="OpenedAfterSuspend">Disclosures in a suspension's scope between it and its end.</param>
internal sealed record SuspensionReport(
    [property: JsonPropertyName("last_disclosure")] long? LastDisclosure,
    [property: JsonPropertyName("opened_after_suspend")] long OpenedAfterSuspend);
