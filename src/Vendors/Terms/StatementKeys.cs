using Cofferdam.Federation.Keys;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vendors.Terms;

/// <summary>A vendor's statement keys as the vault takes them.</summary>
internal static class StatementKeys
{
    private const byte Uncompressed = 0x04;

    public static IReadOnlyList<StatementKey> Of(KeySet keys) =>
        [.. keys.Statement.Select(published => (Key: VerifyingKey.FromJwk(published.Key), published.Until)).Where(one => one.Key is not null).Select(one => new StatementKey(
            one.Key!.Kid,
            one.Key.Algorithm is KeyAlgorithm.Es256 ? StatementAlgorithm.Es256 : StatementAlgorithm.EdDsa,
            one.Key.Algorithm is KeyAlgorithm.Es256 ? (byte[])[Uncompressed, .. one.Key.Point.Span] : one.Key.Point,
            DateTimeOffset.UnixEpoch, one.Until))];
}
