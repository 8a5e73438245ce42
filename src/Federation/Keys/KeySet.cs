namespace Cofferdam.Federation.Keys;

/// <summary>A public key as a node tells it to its peers.</summary>
/// <param name="Until">From when nothing signed with it is taken; null: not known yet.</param>
public sealed record PublishedKey(Jwk Key, DateTimeOffset? Until = null);

/// <summary>The public keys of a node, newest first.</summary>
/// <param name="Version">Counts up with each change; the higher one is in force.</param>
/// <param name="Federation">Ed25519: sign requests, work events and changes of these keys. 1 to 8.</param>
/// <param name="Statement">P-256 or Ed25519: sign statements and withdrawals. 1 to 8.</param>
public sealed record KeySet(long Version, IReadOnlyList<PublishedKey> Federation, IReadOnlyList<PublishedKey> Statement)
{
    /// <summary>Most keys of one kind.</summary>
    public const int Most = 8;

    /// <summary>The federation key of an id, where it is valid at a time.</summary>
    public VerifyingKey? FederationKey(string kid, DateTimeOffset at) => Find(Federation, kid, at);

    /// <summary>The statement key of an id, where it is valid at a time.</summary>
    public VerifyingKey? StatementKey(string kid, DateTimeOffset at) => Find(Statement, kid, at);

    /// <summary>Federation keys that are valid at a time.</summary>
    public IReadOnlyList<VerifyingKey> FederationKeys(DateTimeOffset at) =>
        [.. Federation.Where(key => IsValid(key, at)).Select(key => VerifyingKey.FromJwk(key.Key)).OfType<VerifyingKey>()];

    /// <summary>The key that speaks for the node: the newest of its federation keys.</summary>
    public VerifyingKey NewestFederationKey => VerifyingKey.FromJwk(Federation[0].Key)!;

    /// <summary>The newest of the node's statement keys.</summary>
    public VerifyingKey NewestStatementKey => VerifyingKey.FromJwk(Statement[0].Key)!;

    /// <summary>Whether it is a set that a node may have: every key of its kind, none twice, the newest without an end.</summary>
    public bool IsSound() =>
        Version > 0
        && Federation.Count is > 0 and <= Most && Statement.Count is > 0 and <= Most
        && Federation[0].Until is null && Statement[0].Until is null
        && Keys(Federation) is { } federation && federation.TrueForAll(key => key.Algorithm is KeyAlgorithm.EdDsa)
        && Keys(Statement) is { } statement
        && federation.Concat(statement).Distinct().Count() == federation.Count + statement.Count;

    private static List<VerifyingKey>? Keys(IReadOnlyList<PublishedKey> published)
    {
        var keys = published.Select(key => VerifyingKey.FromJwk(key.Key)).OfType<VerifyingKey>().ToList();
        return keys.Count == published.Count ? keys : null;
    }

    private static VerifyingKey? Find(IReadOnlyList<PublishedKey> keys, string kid, DateTimeOffset at) =>
        keys.Where(key => IsValid(key, at)).Select(key => VerifyingKey.FromJwk(key.Key)).FirstOrDefault(key => key?.Kid == kid);

    private static bool IsValid(PublishedKey key, DateTimeOffset at) => key.Until is not { } until || at < until;
}
