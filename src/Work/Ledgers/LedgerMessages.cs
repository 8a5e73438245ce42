using System.Text.Json;
using System.Text.Json.Serialization;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Work.Ledgers;

/// <param name="Root">RFC 6962 root hash over the leaves of all receipts, base64.</param>
/// <param name="Unseals">Decryptions of records since the vault process started, counted where they happen.</param>
public sealed record LedgerView(long Size, byte[] Root, long Unseals, bool Evaluation, Guid Process, LogView Log);

/// <param name="Origin">The log's name in its checkpoints.</param>
/// <param name="Key">Its verifier key (C2SP signed-note vkey).</param>
/// <param name="Checkpoint">The newest signed one; null in the first second of a lab.</param>
/// <param name="Quorum">As many witnesses have signed as the policy asks for.</param>
public sealed record LogView(string Origin, string Key, LogStanding Standing, CheckpointView? Checkpoint, IReadOnlyList<WitnessState> Witnesses, bool Quorum)
{
    public static LogView Of(LogState log) => new(
        log.Origin, log.Key, log.Standing,
        log.Checkpoint is { } signed ? new CheckpointView(signed.Size, signed.Root.ToArray(), signed.At, signed.Note.ToArray()) : null, log.Witnesses, log.Quorum);
}

/// <param name="Note">The signed note with its cosignatures, base64.</param>
public sealed record CheckpointView(long Size, byte[] Root, DateTimeOffset At, byte[] Note);

/// <param name="Hashes">RFC 6962 consistency proof, base64 each; none where <paramref name="From"/> is 0 or both are the same.</param>
public sealed record ConsistencyView(long From, long To, IReadOnlyList<byte[]> Hashes);

/// <summary>One receipt with what its leaf commits to; bytes are base64.</summary>
public sealed record ReceiptView(long Sequence, DateTimeOffset Time, Act Act, byte[] What, byte[] Who, byte[] Salt, byte[] Leaf)
{
    public static ReceiptView Of(ReceiptEntry receipt) => new(
        receipt.Sequence, receipt.Time, receipt.Act, receipt.What.ToArray(), receipt.Who.ToArray(), receipt.Salt.ToArray(), receipt.Leaf.ToArray());
}

/// <summary>Receipts as lines of JSON.</summary>
internal static class ReceiptLines
{
    private const int PerFlush = 256;

    public static async Task WriteAsync(Stream body, IAsyncEnumerable<ReceiptEntry> receipts, CancellationToken cancellation)
    {
        var count = 0;
        await foreach (var receipt in receipts.WithCancellation(cancellation))
        {
            await JsonSerializer.SerializeAsync(body, ReceiptView.Of(receipt), LedgerJson.Default.ReceiptView, cancellation);
            await body.WriteAsync("\n"u8.ToArray(), cancellation);
            if (++count % PerFlush == 0)
                await body.FlushAsync(cancellation);
        }
    }
}

[JsonSourceGenerationOptions(PropertyNamingPolicy = JsonKnownNamingPolicy.CamelCase, Converters = [typeof(CamelCaseAct)])]
[JsonSerializable(typeof(ReceiptView))]
internal sealed partial class LedgerJson : JsonSerializerContext;

internal sealed class CamelCaseAct() : JsonStringEnumConverter<Act>(JsonNamingPolicy.CamelCase);
