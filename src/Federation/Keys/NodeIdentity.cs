namespace Cofferdam.Federation.Keys;

/// <summary>One of this node's keys.</summary>
/// <param name="Since">The version of the key set that brought it.</param>
/// <param name="Until">From when it signs nothing more; null for the one in force.</param>
public sealed record NodeKey(SigningKey Key, long Since, DateTimeOffset? Until = null);

/// <summary>Who this node is to other nodes: an id, and keys of two kinds, newest first.</summary>
/// <param name="Node">The peer id: random, and the same for good.</param>
/// <param name="Version">Counts the changes of keys, from 1.</param>
/// <param name="Federation">Ed25519.</param>
/// <param name="Statement">P-256 unless made otherwise.</param>
public sealed record NodeIdentity(Guid Node, long Version, IReadOnlyList<NodeKey> Federation, IReadOnlyList<NodeKey> Statement)
{
    /// <summary>The key that speaks for this node.</summary>
    public SigningKey FederationKey => Federation[0].Key;

    /// <summary>The key that statements are signed with.</summary>
    public SigningKey StatementKey => Statement[0].Key;

    /// <summary>A new identity.</summary>
    public static NodeIdentity Create(KeyAlgorithm statement = KeyAlgorithm.Es256) => new(
        Guid.NewGuid(), 1, [new NodeKey(SigningKey.Generate(KeyAlgorithm.EdDsa), 1)], [new NodeKey(SigningKey.Generate(statement), 1)]);

    /// <summary>What peers are told of the keys: those that are still valid.</summary>
    public KeySet PublicKeys(DateTimeOffset now) => new(Version, Published(Federation, now), Published(Statement, now));

    /// <summary>The newest key that a peer knows which was told of the key set of <paramref name="told"/>; it tells that peer of newer ones.</summary>
    /// <returns>Null where it is too long ago: the two nodes must pair again. It may have ended here: the peer has not heard.</returns>
    public SigningKey? KeyKnownAt(long told) => Federation.FirstOrDefault(key => key.Since <= told)?.Key;

    /// <summary>Federation keys to sign work events with, so that a peer that has not heard of the newest can check them.</summary>
    public IReadOnlyList<SigningKey> FederationKeys(DateTimeOffset now) => [.. Federation.Where(key => IsValid(key, now)).Select(key => key.Key)];

    /// <summary>A new federation key.</summary>
    /// <param name="overlap">For how long the one before goes on; zero after a theft.</param>
    public NodeIdentity WithNewFederationKey(DateTimeOffset now, TimeSpan overlap) =>
        this with { Version = Version + 1, Federation = Rotated(Federation, KeyAlgorithm.EdDsa, now, overlap) };

    /// <summary>A new statement key, of the same algorithm unless told otherwise.</summary>
    /// <param name="overlap">For how long statements signed with the one before are taken; zero after a theft.</param>
    public NodeIdentity WithNewStatementKey(DateTimeOffset now, TimeSpan overlap, KeyAlgorithm? algorithm = null) =>
        this with { Version = Version + 1, Statement = Rotated(Statement, algorithm ?? StatementKey.Algorithm, now, overlap) };

    private List<NodeKey> Rotated(IReadOnlyList<NodeKey> keys, KeyAlgorithm algorithm, DateTimeOffset now, TimeSpan overlap)
    {
        ArgumentOutOfRangeException.ThrowIfLessThan(overlap, TimeSpan.Zero);
        var until = now + overlap;
        // A shorter overlap than the last one ends older keys with it. Ended ones stay: of a peer that was away, an ended
        // key is the one that can tell it of the newest.
        var older = keys.Take(KeySet.Most - 1).Select(key => key with { Until = key.Until < until ? key.Until : until });
        return [new NodeKey(SigningKey.Generate(algorithm), Version + 1), .. older];
    }

    private static List<PublishedKey> Published(IReadOnlyList<NodeKey> keys, DateTimeOffset now) =>
        [.. keys.Where(key => IsValid(key, now)).Select(key => new PublishedKey(key.Key.Public.ToJwk(), key.Until))];

    private static bool IsValid(NodeKey key, DateTimeOffset now) => key.Until is not { } until || now < until;
}
