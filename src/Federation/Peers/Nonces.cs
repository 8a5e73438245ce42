using Cofferdam.Federation.Signing;
using Cofferdam.Storage;

namespace Cofferdam.Federation.Peers;

/// <summary>
/// Requests that were taken, as rows: a restart, or another server process on the same store, takes none of them again.
/// </summary>
internal sealed class Nonces(Store store, TimeProvider time)
{
    // Longer than a request is in time, whichever clock is ahead.
    private static readonly TimeSpan Kept = 3 * RequestSignature.Skew;

    private static readonly TimeSpan BetweenClearings = TimeSpan.FromMinutes(1);

    private long clearedAt;

    /// <summary>Remembers a request.</summary>
    /// <returns>False where it was taken before.</returns>
    public async Task<bool> TakeAsync(Guid peer, string nonce, CancellationToken cancellation)
    {
        var now = time.GetUtcNow();
        await using var connection = await store.OpenAsync(cancellation);
        await ClearAsync(connection, now);
        await using var insert = connection.Command(
            "INSERT INTO peer_nonce (peer, nonce, until) VALUES (@peer, @nonce, @until) ON CONFLICT DO NOTHING",
            ("@peer", peer), ("@nonce", StrictBase64Url.Read(nonce, RequestSignature.NonceBytes)), ("@until", now + Kept));
        return await insert.ExecuteNonQueryAsync(CancellationToken.None) == 1;
    }

    private async Task ClearAsync(System.Data.Common.DbConnection connection, DateTimeOffset now)
    {
        var last = Interlocked.Read(ref clearedAt);
        if (now.UtcTicks - last < BetweenClearings.Ticks || Interlocked.CompareExchange(ref clearedAt, now.UtcTicks, last) != last)
            return;
        await using var clear = connection.Command("DELETE FROM peer_nonce WHERE until < @now", ("@now", now));
        await clear.ExecuteNonQueryAsync(CancellationToken.None);
    }
}
