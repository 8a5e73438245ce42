using System.Buffers.Binary;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vault.Wire;

/// <summary>The vault's long answers, a page for each request; the caller asks for the next after the last it has.</summary>
internal static class Pages
{
    private const int PageRecords = 2_000;
    private const int PageReceipts = 500;

    /// <summary>A page ends once it is about this long; a receipt can be 100 KiB.</summary>
    private const long PageBytes = 8 << 20;

    public static async Task<RecordPage> RecordsAsync(IVault vault, ListCall call)
    {
        // From the millisecond of the last id on, without those that the caller has.
        var since = call.After is { } last && Made(last) is { } made && made > call.Since ? made : call.Since;
        List<RecordId> ids = [];
        await foreach (var id in vault.ListAsync(call.Lab, call.Project, call.Kind, since))
        {
            if (call.After is { } after && id.Value.CompareTo(after.Value) <= 0)
                continue;
            if (ids.Count == PageRecords)
                return new RecordPage(ids, Last: false);
            ids.Add(id);
        }

        return new RecordPage(ids, Last: true);
    }

    public static async Task<ReceiptPage> LedgerAsync(IVault vault, ReceiptCall call)
    {
        List<ReceiptEntry> receipts = [];
        long bytes = 0;
        await foreach (var receipt in vault.LedgerAsync(call.Lab, call.Sequence))
        {
            if (receipts.Count == PageReceipts || bytes > PageBytes)
                return new ReceiptPage(receipts, Last: false);
            receipts.Add(receipt);
            bytes += Bytes(receipt);
        }

        return new ReceiptPage(receipts, Last: true);
    }

    public static async Task<ReceiptPage> ReceiptsAsync(IVault vault, ReceiptQuery query)
    {
        var found = await vault.ReceiptsAsync(query);
        var count = 0;
        for (long bytes = 0; count < found.Count && bytes <= PageBytes; count++)
            bytes += Bytes(found[count]);
        return new ReceiptPage([.. found.Take(count)], Last: count == found.Count);
    }

    private static long Bytes(ReceiptEntry receipt) =>
        receipt.What.Length + receipt.Who.Length + receipt.Leaf.Length + (256L * (receipt.Records.Count + 2));

    // UUID version 7: milliseconds since 1970 in the first 48 bits (RFC 9562 §5.7).
    private static DateTimeOffset? Made(RecordId id)
    {
        Span<byte> bytes = stackalloc byte[16];
        id.Value.TryWriteBytes(bytes, bigEndian: true, out _);
        var milliseconds = (long)(BinaryPrimitives.ReadUInt64BigEndian(bytes) >> 16);
        return milliseconds <= DateTimeOffset.MaxValue.ToUnixTimeMilliseconds() ? DateTimeOffset.FromUnixTimeMilliseconds(milliseconds) : null;
    }
}
