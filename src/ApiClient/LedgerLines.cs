using System.Text.Json;

namespace Cofferdam.ApiClient;

/// <summary>The ledger as the node streams it: a JSON object per line.</summary>
public static class LedgerLines
{
    /// <exception cref="JsonException">A line is not a receipt.</exception>
    public static async IAsyncEnumerable<LedgerReceipt> ReadAsync(
        Stream stream, [System.Runtime.CompilerServices.EnumeratorCancellation] CancellationToken cancellation = default)
    {
        await foreach (var receipt in JsonSerializer.DeserializeAsyncEnumerable(
            stream, ApiJson.Default.LedgerReceipt, topLevelValues: true, cancellation))
        {
            yield return receipt ?? throw new JsonException("A line of the ledger is null.");
        }
    }
}
