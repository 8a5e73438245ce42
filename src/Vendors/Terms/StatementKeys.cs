using Cofferdam.Federation.Keys;
using Cofferdam.Federation.Peers;
using Cofferdam.Vault.Contract;

namespace Cofferdam.Vendors.Terms;

/// <summary>A vendor's statement keys as the vault takes them.</summary>
internal static class StatementKeys
{
    private const byte Uncompressed = 0x04;

    /// <summary>What the vault judges the engagement's statements by.</summary>
    /// <param name="node">This node's peer id.</param>
    /// <param name="lab">Slug.</param>
    public static EngagementTerms Judged(Guid engagement, Peer peer, Guid node, string lab, int headcount, DateTimeOffset? ends) =>
        new(engagement, peer.Node, node, Of(peer.Keys), headcount, ends, lab);

    private static IReadOnlyList<StatementKey> Of(KeySet keys) =>
        [.. keys.Statement.Select(published => (Key: VerifyingKey.FromJwk(published.Key), published.Until)).Where(one => one.Key is not null).Select(one => new StatementKey(
            one.Key!.Kid,
            one.Key.Algorithm is KeyAlgorithm.Es256 ? StatementAlgorithm.Es256 : StatementAlgorithm.EdDsa,
            one.Key.Algorithm is KeyAlgorithm.Es256 ? (byte[])[Uncompressed, .. one.Key.Point.Span] : one.Key.Point,
            DateTimeOffset.UnixEpoch, one.Until))];
}
