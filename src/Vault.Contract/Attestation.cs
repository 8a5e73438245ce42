namespace Cofferdam.Vault.Contract;

/// <summary>A person's own signature under one open (<see cref="SignedBytes.Open"/>) or one act (<see cref="SignedBytes.Act"/>).</summary>
/// <param name="Key">The enrolled browser key.</param>
/// <param name="Nonce">32 bytes, from <see cref="IVault.NoncesAsync"/>.</param>
/// <param name="Signature">64 bytes: ECDSA P-256 with SHA-256, r ‖ s (IEEE P1363).</param>
public sealed record Proof(Guid Key, ReadOnlyMemory<byte> Nonce, ReadOnlyMemory<byte> Signature);

/// <summary>What a vendor may vouch for: the lab's word, on which every statement of the engagement is judged.</summary>
/// <param name="Engagement">UUID that both nodes know it by: <c>eng</c> of its statements.</param>
/// <param name="Vendor">Peer id of the vendor node: <c>iss</c> of its statements.</param>
/// <param name="Node">Peer id of this lab's node: <c>aud</c> of its statements.</param>
/// <param name="Keys">The vendor's statement keys, 0 to 16, each kid once. None: nobody new is vouched for.</param>
/// <param name="Headcount">People who may be vouched for at one time, 0 to 100,000.</param>
/// <param name="Ends">From when on nobody opens anything under it; null: until it is changed.</param>
/// <param name="Lab">The lab's slug, which <c>lab</c> of a statement must be; null: any.</param>
public sealed record EngagementTerms(
    Guid Engagement, Guid Vendor, Guid Node, IReadOnlyList<StatementKey> Keys, int Headcount, DateTimeOffset? Ends = null, string? Lab = null)
{
    /// <summary>Most statement keys.</summary>
    public const int MostKeys = 16;

    /// <summary>Largest headcount.</summary>
    public const int MostHeadcount = 100_000;
}

public enum StatementAlgorithm : byte
{
    /// <summary>ECDSA P-256 with SHA-256 (RFC 7518).</summary>
    Es256 = 1,

    /// <summary>Ed25519 (RFC 8037).</summary>
    EdDsa = 2,
}

/// <summary>A key that a vendor node signs its statements with.</summary>
/// <param name="Kid">As the statement's header names it: 1 to 100 printable ASCII characters.</param>
/// <param name="PublicKey">65 bytes: the uncompressed point of P-256 (0x04 ‖ x ‖ y). Or 32 bytes of Ed25519.</param>
/// <param name="From">Statements issued before count for nothing.</param>
/// <param name="Until">Nor do those that are issued, or shown, at or after this.</param>
public sealed record StatementKey(string Kid, StatementAlgorithm Algorithm, ReadOnlyMemory<byte> PublicKey, DateTimeOffset From, DateTimeOffset? Until = null);

public abstract record TermsOutcome
{
    private TermsOutcome() { }

    /// <summary>In force.</summary>
    public sealed record Set(long Receipt) : TermsOutcome;

    /// <summary>Something in them is out of its range.</summary>
    /// <param name="Field">Which.</param>
    public sealed record Invalid(string Field, string Sentence) : TermsOutcome;

    /// <summary>It takes a signature of an enrolled staff key of this person, and there is none that fits.</summary>
    public sealed record NotSigned : TermsOutcome;
}

/// <summary>Why a statement, a withdrawal or an enrolment counts for nothing.</summary>
public enum VouchFault : byte
{
    /// <summary>Not a compact JWS of its type, or longer than 8 KiB, or a claim is missing, double or not as agreed.</summary>
    Malformed = 1,

    /// <summary>There are no terms for this engagement, or they are another vendor's, node's or lab's.</summary>
    OtherEngagement = 2,

    /// <summary>The engagement has ended.</summary>
    Ended = 3,

    /// <summary>No key of the engagement has this kid and algorithm at this time.</summary>
    UnknownKey = 4,
    WrongSignature = 5,

    /// <summary>Issued in the future, run out, or good for more than a day.</summary>
    OutOfTime = 6,

    /// <summary>Not newer than what is known of this person: shown before, or overtaken.</summary>
    NotNewer = 7,

    /// <summary>As many people as the engagement allows are vouched for.</summary>
    Headcount = 8,

    /// <summary>The browser key is no P-256 point, is somebody's already, or is not the one that the statement names (<c>cnf.jkt</c>).</summary>
    OtherKey = 9,

    /// <summary>The person was withdrawn, and this is no newer statement.</summary>
    Withdrawn = 10,

    /// <summary>Nobody of this pseudonym is known at this engagement.</summary>
    UnknownPerson = 11,
}

public abstract record VouchOutcome
{
    private VouchOutcome() { }

    /// <summary>The person may open, signed, until then.</summary>
    /// <param name="Receipt">Sequence number.</param>
    /// <param name="Pseudonym">See <see cref="Subject.Pseudonym"/>.</param>
    /// <param name="Until">Expiry of the statement.</param>
    /// <param name="Key">The key that was enrolled with it; null where none was.</param>
    public sealed record Vouched(long Receipt, Guid Pseudonym, DateTimeOffset Until, Guid? Key) : VouchOutcome;

    /// <summary>From this receipt on the person opens nothing.</summary>
    public sealed record Withdrawn(long Receipt) : VouchOutcome;

    /// <summary>Nothing was changed.</summary>
    public sealed record Refused(VouchFault Fault) : VouchOutcome;
}

/// <summary>A browser key that somebody's opens are signed with.</summary>
/// <param name="Engagement">Null: of the lab's own staff.</param>
/// <param name="PublicKey">65 bytes: 0x04 ‖ x ‖ y.</param>
/// <param name="Thumbprint">RFC 7638, SHA-256, 32 bytes.</param>
public sealed record EnrolledKey(
    Guid Id, Guid Pseudonym, Guid? Engagement, ReadOnlyMemory<byte> PublicKey, ReadOnlyMemory<byte> Thumbprint, DateTimeOffset Since, DateTimeOffset? RevokedAt = null);

public abstract record StaffKeyOutcome
{
    private StaffKeyOutcome() { }

    /// <param name="Receipt">Sequence number.</param>
    public sealed record Enrolled(Guid Key, long Receipt) : StaffKeyOutcome;

    /// <summary>It takes a signature of an enrolled staff key, and there is none that fits.</summary>
    public sealed record NotSigned : StaffKeyOutcome;

    /// <summary>No P-256 point, somebody's key already, or a person of an engagement.</summary>
    public sealed record Invalid : StaffKeyOutcome;
}
